using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>A schema in the dialect of a provider.</summary>
/// <param name="Rules">The dialect.</param>
/// <param name="Original">The schema as it was.</param>
/// <param name="Rewritten">The schema in the dialect; of no use where there are problems.</param>
/// <param name="Described">The constraints that are written in descriptions: only the local reader enforces them.</param>
/// <param name="Problems">What the dialect can't express.</param>
internal sealed record DialectSchema(
    DialectRules Rules,
    JsonNode Original,
    JsonNode Rewritten,
    IReadOnlyList<DescribedConstraint> Described,
    IReadOnlyList<DialectProblem> Problems)
{
    public SchemaDialect Dialect => Rules.Dialect;

    /// <summary>
    /// What is sent, on one line: the rewritten schema; where the dialect can't express it the original one, for the provider to follow loosely,
    /// or nothing, where the provider would refuse it.
    /// </summary>
    public string SentJson => Problems.Count == 0 ? Rewritten.ToString() : Rules.HasLooseMode ? Original.ToString() : "";

    /// <summary>The schemas of a contract in the dialects that may differ from the standard one.</summary>
    public static IEnumerable<DialectSchema> Of(ContractModel contract, DialectSet dialects) =>
        dialects.IsEmpty || PlainContract.Is(contract, dialects) ? [] : Of(contract.SchemaJson, dialects, readsNullAsAbsent: true);

    /// <summary>The schema of a file in the dialects. Its reader holds to the file: a null that it forbids is no absent member.</summary>
    public static IEnumerable<DialectSchema> Of(string json, DialectSet dialects) => Of(json, dialects, readsNullAsAbsent: false);

    private static IEnumerable<DialectSchema> Of(string json, DialectSet dialects, bool readsNullAsAbsent) =>
        dialects.IsEmpty || JsonParser.Parse(json, out _) is not { } schema
            ? []
            : dialects.Dialects.Select(dialect => DialectRewriter.Rewrite(schema, DialectRules.Of(dialect), readsNullAsAbsent));
}

/// <summary>A constraint that a dialect takes as a description only.</summary>
/// <param name="Pointer">Where, as JSON pointer in the schema.</param>
/// <param name="Keyword">The keyword.</param>
internal readonly record struct DescribedConstraint(string Pointer, string Keyword);

/// <summary>Something that a dialect can't express.</summary>
/// <param name="Pointer">Where, as JSON pointer in the schema.</param>
/// <param name="Reason">Why, as half a sentence.</param>
internal readonly record struct DialectProblem(string Pointer, string Reason);
