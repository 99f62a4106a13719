using PromptGen;

namespace Acme.Support.Report;

/// <summary>What the cascade is compared with: every ticket goes to the strongest model at once, and its answer is taken as it is.</summary>
public sealed partial class StrongestOnly
{
    /// <summary>Finds queue and urgency of a ticket.</summary>
    [RoutedPrompt(Models.Opus, MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/triage.claude.prompt")]
    public partial Task<PromptResult<Triage>> TriageAsync(string product, [Untrusted] string ticket, CancellationToken cancellationToken = default);
}
