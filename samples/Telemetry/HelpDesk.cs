using System.ComponentModel.DataAnnotations;
using PromptGen;

namespace Acme.Telemetry;

public sealed record Urgency([property: Range(1, 5)] int Level, [property: Range(0, 1)] double Confidence);

public sealed partial class HelpDesk
{
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("""
        {{role "system"}}
        You rate how urgent a support ticket is.
        {{role "user"}}
        {{ticket}}
        """)]
    [AcceptWhen(nameof(Urgency.Confidence), AtLeast = 0.8)]
    [Deadline(20)]
    public partial Task<PromptResult<Urgency>> RateAsync(string ticket, CancellationToken cancellationToken = default);
}
