using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Schemas;
using PromptGen.Generators.Schemas.Dialects;

namespace PromptGen.Generators.Diagnostics;

/// <summary>What the structured output of a route's models makes of the contract: PG0304 and PG0305.</summary>
internal static class DialectJudge
{
    public static IEnumerable<Finding> Judge(PromptPlan plan)
    {
        if (plan.Declaration.Contract is not { CanEmit: true } contract)
        {
            return [];
        }

        var models = plan.Route.Models;
        var schemas = DialectSchema.Of(contract, DialectSet.Of(models)).ToList();
        return schemas
            .SelectMany(schema => schema.Problems.Select(problem => Inexpressible(contract, schema, problem, models.Where(model => model.SentDialect == schema.Dialect))))
            .Concat(Described(contract, schemas));
    }

    private static Finding Inexpressible(ContractModel contract, DialectSchema schema, DialectProblem problem, IEnumerable<ModelDeclaration> models)
    {
        var member = ContractMember.At(contract, problem.Pointer);
        return Finding.At(
            PlaceOf(member),
            "PG0304",
            member.Path,
            schema.Rules.Provider,
            Wording.List(models),
            problem.Reason,
            schema.Rules.HasLooseMode ? "the schema is sent without strict mode" : "the schema is sent in the text of the prompt");
    }

    /// <summary>One for each member: <c>minimum (Anthropic), maxLength (OpenAI, Anthropic)</c>.</summary>
    private static IEnumerable<Finding> Described(ContractModel contract, List<DialectSchema> schemas) => schemas
        .Where(static schema => schema.Problems.Count == 0)
        .SelectMany(schema => schema.Described.Select(constraint => (Member: ContractMember.At(contract, constraint.Pointer), constraint.Keyword, schema.Rules.Provider)))
        .GroupBy(static described => described.Member)
        .Select(static group => Finding.At(
            PlaceOf(group.Key),
            "PG0305",
            group.Key.Path,
            string.Join(", ", group
                .GroupBy(static described => described.Keyword, System.StringComparer.Ordinal)
                .Select(static keyword => $"{keyword.Key} ({string.Join(", ", keyword.Select(static described => described.Provider).Distinct())})"))));

    private static Place PlaceOf(ContractMember member) =>
        member is { TypeName: { } type, Name: { } name } ? new Place.Member(MetadataName(type), name) : new Place.ReturnType();

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
