using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Schemas.Dialects;
using PromptGen.Generators.Schemas.Files;

namespace PromptGen.Generators.Diagnostics;

/// <summary>What the structured output of a route's models makes of the contract: PG0304 and PG0305.</summary>
internal static class DialectJudge
{
    public static IEnumerable<Finding> Judge(PromptPlan plan)
    {
        var dialects = DialectSet.Of(plan.Route.Models);
        if (plan.Schema is { } file)
        {
            return Judge(plan, plan.Declaration.Schema?.Texts is { } texts ? SchemaSource.Of(texts).In(dialects) : [], pointer => new ContractMember($"{file.File}#{pointer}", null, null));
        }

        return plan.Declaration.Contract is { CanEmit: true } contract
            ? Judge(plan, DialectSchema.Of(contract, dialects), pointer => ContractMember.At(contract, pointer))
            : [];
    }

    private static IEnumerable<Finding> Judge(PromptPlan plan, IEnumerable<DialectSchema> inDialects, Func<string, ContractMember> memberAt)
    {
        var schemas = inDialects.ToList();
        return schemas
            .SelectMany(schema => schema.Problems.Select(problem => Inexpressible(plan, schema, memberAt(problem.Pointer), problem.Reason)))
            .Concat(Described(plan, schemas, memberAt));
    }

    private static Finding Inexpressible(PromptPlan plan, DialectSchema schema, ContractMember member, string reason) => Finding.At(
        PlaceOf(plan, member),
        "PG0304",
        member.Path,
        schema.Rules.Provider,
        ModelWording.List(plan.Route.Models.Where(model => model.SentDialect == schema.Dialect)),
        reason,
        schema.Rules.HasLooseMode ? "the schema is sent without strict mode" : "the schema is sent in the text of the prompt");

    /// <summary>One for each member: <c>Anthropic doesn't enforce minimum, OpenAI and Anthropic don't enforce maxLength</c>.</summary>
    private static IEnumerable<Finding> Described(PromptPlan plan, List<DialectSchema> schemas, Func<string, ContractMember> memberAt) => schemas
        .Where(static schema => schema.Problems.Count == 0)
        .SelectMany(schema => schema.Described.Select(constraint => (Member: memberAt(constraint.Pointer), constraint.Keyword, schema.Rules.Provider)))
        .GroupBy(static described => described.Member)
        .Select(group => Finding.At(
            PlaceOf(plan, group.Key),
            "PG0305",
            group.Key.Path,
            string.Join(", ", group
                .GroupBy(static described => described.Keyword, static described => described.Provider, StringComparer.Ordinal)
                .GroupBy(static keyword => Enforcers([.. keyword.Distinct()]), static keyword => keyword.Key)
                .Select(static keywords => $"{keywords.Key} enforce {Wording.And([.. keywords])}")),
            group.Select(static described => described.Keyword).Distinct().Count() == 1 ? "it goes into the description and is" : "they go into the description and are"));

    private static string Enforcers(string[] providers) => Wording.And(providers) + (providers.Length == 1 ? " doesn't" : " don't");

    private static Place PlaceOf(PromptPlan plan, ContractMember member) =>
        member is { TypeName: { } type, Name: { } name } ? new Place.Member(MetadataName(type), name)
        : plan.Schema is not null ? new Place.Attribute("OutputSchema", 0, "#0")
        : new Place.ReturnType();

    /// <summary><c>global::Acme.Page&lt;int&gt;</c> as <c>Acme.Page`1</c>.</summary>
    private static string MetadataName(string typeName)
    {
        var name = typeName.Replace("global::", "").Replace("@", "");
        var open = name.IndexOf('<');
        if (open < 0)
        {
            return name;
        }

        var depth = 0;
        var arguments = 1;
        foreach (var c in name.Substring(open))
        {
            depth += c is '<' or '(' ? 1 : c is '>' or ')' ? -1 : 0;
            arguments += c == ',' && depth == 1 ? 1 : 0;
        }

        return name.Substring(0, open) + "`" + Wording.Number(arguments);
    }
}
