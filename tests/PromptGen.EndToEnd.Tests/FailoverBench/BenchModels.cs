namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>
/// The models of the benchmark; in no tier that another test's route names. Configuration sets the ids and time-outs for each cell. The window
/// of the primary is declared as smaller than the fallback's: without that, S12 ends safely and is not passed.
/// </summary>
[ModelCatalog]
public static class BenchModels
{
    [Model("openai", Tier.Deep, InputPrice = 1, OutputPrice = 2, ContextWindow = 8_192, MaxOutputTokens = 4_096)]
    public const string Primary = "fb-primary";

    [Model("openai", Tier.Deep, InputPrice = 2, OutputPrice = 4, ContextWindow = 128_000, MaxOutputTokens = 4_096)]
    public const string Fallback = "fb-fallback";

    [Model("openai", Tier.Deep, InputPrice = 2, OutputPrice = 4, ContextWindow = 128_000, MaxOutputTokens = 4_096)]
    public const string Healthy = "fb-ok";
}
