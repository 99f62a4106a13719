using PromptGen.EndToEnd.Tests.Calls;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Telemetry;

/// <summary>Prompts in which everything that must not be reported is a canary.</summary>
public sealed partial class Vault
{
    private const string Template = """
        {{role "system"}}
        CANARY-TEMPLATE
        {{role "user"}}
        {{text}}
        """;

    [RoutedPrompt(Models.Mini)]
    [PromptTemplate(Template)]
    [AcceptIf(nameof(Check))]
    public partial Task<PromptResult<Triage>> AskMiniAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Sonnet)]
    [PromptTemplate(Template)]
    [AcceptIf(nameof(Check))]
    public partial Task<PromptResult<Triage>> AskSonnetAsync(string text, CancellationToken cancellationToken = default);

    // A reason that is made at run time may hold data, unlike one that is written in the code.
    private static string? Check(Triage triage) => triage.Confidence < 0.8 ? $"CANARY-REASON {triage.Confidence}" : null;
}
