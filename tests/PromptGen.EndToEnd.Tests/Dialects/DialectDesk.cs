// What the structured output of these models can't say is what the tests are about.
#pragma warning disable PG0304

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PromptGen.EndToEnd.Tests.Dialects;

/// <summary>One model for each dialect that the other tests' catalog has none of; in no tier that a route names.</summary>
[ModelCatalog]
public static class DialectModels
{
    [Model("openai", Tier.Deep, Dialect = SchemaDialect.AzureOpenAI)]
    public const string Azure = "azure-model";

    [Model("openai", Tier.Deep, Dialect = SchemaDialect.Gemini)]
    public const string Gemini = "gemini-model";

    [Model("openai", Tier.Deep, Dialect = SchemaDialect.Standard)]
    public const string Plain = "plain-model";
}

public enum Currency
{
    Eur,
    Usd,
}

public sealed record Line(
    [property: MaxLength(20), Description("What was sold")] string Text,
    [property: Range(0, 1_000)] int Count = 1,
    Currency? Currency = null);

public sealed record Invoice([property: RegularExpression("[A-Z]{2}-[0-9]+")] string Number, [property: MaxLength(3)] List<Line> Lines, Uri? Source = null);

public sealed record Tally(string Name, Dictionary<string, int> Counts);

/// <summary>The same two questions to a model of each dialect.</summary>
public sealed partial class DialectDesk
{
    [RoutedPrompt(Calls.Catalog.Mini, Repairs = 0)]
    [PromptTemplate("{{text}}")]
    public partial Task<Invoice> ReadByOpenAIAsync(string text);

    [RoutedPrompt(DialectModels.Azure, Repairs = 0)]
    [PromptTemplate("{{text}}")]
    public partial Task<Invoice> ReadByAzureAsync(string text);

    [RoutedPrompt(Calls.Catalog.Sonnet, Repairs = 0)]
    [PromptTemplate("{{text}}")]
    public partial Task<Invoice> ReadByAnthropicAsync(string text);

    [RoutedPrompt(DialectModels.Gemini, Repairs = 0)]
    [PromptTemplate("{{text}}")]
    public partial Task<Invoice> ReadByGeminiAsync(string text);

    [RoutedPrompt(DialectModels.Plain, Repairs = 0)]
    [PromptTemplate("{{text}}")]
    public partial Task<Invoice> ReadPlainlyAsync(string text);

    [RoutedPrompt(Calls.Catalog.Mini, Repairs = 0)]
    [PromptTemplate("{{text}}")]
    public partial Task<Tally> CountByOpenAIAsync(string text);

    [RoutedPrompt(Calls.Catalog.Sonnet, Repairs = 0)]
    [PromptTemplate("{{text}}")]
    public partial Task<Tally> CountByAnthropicAsync(string text);
}
