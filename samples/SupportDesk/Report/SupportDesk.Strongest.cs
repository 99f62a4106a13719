using PromptGen;

namespace Acme.Support;

public sealed partial class SupportDesk
{
    /// <summary>What the cascade is compared with: the strongest model at once, under the same acceptance check.</summary>
    [RoutedPrompt(Models.Opus, MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/triage.claude.prompt")]
    [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8)]
    [Fallback(nameof(LeaveToPersonAsync))]
    public partial Task<PromptResult<Triage>> TriageWithStrongestAsync(string product, [Untrusted] string ticket, CancellationToken cancellationToken = default);
}
