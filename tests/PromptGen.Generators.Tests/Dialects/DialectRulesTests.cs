using System.Text.Json;
using PromptGen.Generators.Schemas.Dialects;

namespace PromptGen.Generators.Tests.Dialects;

/// <summary>The rule table is what the collected limits of the providers say.</summary>
public sealed class DialectRulesTests
{
    private const string Limits = "json-schema/provider_limits.json";

    [SharedDataFact(Limits)]
    public void OpenAI()
    {
        var limits = Entry("openai_strict");
        var rules = DialectRules.OpenAI;

        Assert.Equal(Words(limits, "keywords_supported"), rules.Keywords.Order(StringComparer.Ordinal));
        Assert.Empty(rules.Keywords.Intersect([.. Words(limits, "keywords_unsupported"), .. Words(limits, "not_listed_treat_as_unsupported")]));
        Assert.Equal(Words(limits, "formats"), rules.KnownFormats!.Order(StringComparer.Ordinal));
        Assert.Equal(
            (true, true, 5_000, 10, 120_000, 1_000, 15_000),
            (rules.RequiresAll, rules.ClosesObjects, rules.MaxProperties, rules.MaxDepth, rules.MaxCharacters, rules.MaxEnumValues, rules.MaxLargeEnumCharacters));
        Assert.Equal(
            (limits.GetProperty("max_object_properties").GetInt32(), limits.GetProperty("max_nesting").GetInt32(), limits.GetProperty("max_total_string_chars").GetInt32(),
                limits.GetProperty("max_enum_values_total").GetInt32(), limits.GetProperty("enum_over_250_values_max_chars").GetInt32()),
            (rules.MaxProperties, rules.MaxDepth, rules.MaxCharacters, rules.MaxEnumValues, rules.MaxLargeEnumCharacters));
        Assert.Equal(limits.GetProperty("all_properties_required").GetBoolean(), rules.RequiresAll);
        Assert.Equal(limits.GetProperty("recursion").GetBoolean(), rules.Recursion == Recursion.Anywhere);
    }

    [SharedDataFact(Limits)]
    public void Azure_takes_what_OpenAI_takes_without_bounds()
    {
        // The list has no word on the exclusive bounds; where the others are refused they are not tried.
        var refused = Words(Entry("azure_openai"), "extra_unsupported").Append("exclusiveMinimum").Append("exclusiveMaximum");

        Assert.Equal(DialectRules.OpenAI.Keywords.Except(refused).Order(StringComparer.Ordinal), DialectRules.AzureOpenAI.Keywords.Order(StringComparer.Ordinal));
        Assert.Equal(DialectRules.OpenAI.MaxDepth, DialectRules.AzureOpenAI.MaxDepth);
    }

    [SharedDataFact(Limits)]
    public void Anthropic()
    {
        var limits = Entry("anthropic_structured");
        var rules = DialectRules.Anthropic;

        Assert.Equal(Words(limits, "keywords_supported"), rules.Keywords.Order(StringComparer.Ordinal));
        Assert.Empty(rules.Keywords.Intersect(Words(limits, "keywords_unsupported")));
        Assert.Equal(Words(limits, "formats"), rules.KnownFormats!.Order(StringComparer.Ordinal));
        Assert.Equal(limits.GetProperty("max_optional_params_per_request").GetInt32(), rules.MaxOptional);
        Assert.Equal(limits.GetProperty("max_union_params_per_request").GetInt32(), rules.MaxUnions);
        Assert.Equal(limits.GetProperty("all_properties_required").GetBoolean(), rules.RequiresAll);
        Assert.True(rules.ClosesObjects && rules.FoldsEnumCase && rules.HasPlainPatterns && rules.HasPlainEnums);
        Assert.Equal(Recursion.Nowhere, rules.Recursion);
        Assert.Equal(1, rules.MaxMinItems);
    }

    [SharedDataFact(Limits)]
    public void Gemini()
    {
        var limits = Entry("gemini_response_json_schema");

        Assert.Equal(Words(limits, "keywords_supported"), DialectRules.Gemini.Keywords.Order(StringComparer.Ordinal));
        Assert.Equal(Recursion.InOptionalMembers, DialectRules.Gemini.Recursion);
    }

    private static JsonElement Entry(string provider)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Find(Limits)));
        return document.RootElement.GetProperty(provider).Clone();
    }

    /// <summary>The keywords of a list, without remarks in brackets and without sentences.</summary>
    private static IEnumerable<string> Words(JsonElement entry, string name) => entry.GetProperty(name).EnumerateArray()
        .Select(static item => item.GetString()!.Split(" (")[0])
        .Where(static item => !item.Contains(' ', StringComparison.Ordinal) && !item.Contains('>', StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
