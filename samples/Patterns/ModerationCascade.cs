using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PromptGen;

namespace Acme.Patterns;

/// <summary>What a comment is.</summary>
public enum Ruling
{
    /// <summary>It may stay.</summary>
    Allowed,

    /// <summary>Advertising.</summary>
    Spam,

    /// <summary>An insult.</summary>
    Harassment,

    /// <summary>An announcement of harm.</summary>
    Threat,
}

/// <summary>What a moderator decides.</summary>
public sealed record Moderation(
    [property: Description("What the comment is")] Ruling Ruling,
    [property: Range(0, 1), Description("How sure you are")] double Confidence);

/// <summary>A cheap model decides where it is sure. The others go to the strongest model, with the whole policy.</summary>
public sealed partial class ModerationCascade
{
    /// <summary>Moderates a comment. The template of the stronger tier is longer: it is paid for only where it is needed.</summary>
    [RoutedPrompt(Models.Luna, Models.Sol, MaxOutputTokens = 60)]
    [PromptTemplate(File = "Prompts/moderate.prompt")]
    [PromptTemplate(File = "Prompts/moderate-deep.prompt", ForTier = Tier.Deep)]
    [AcceptWhen(nameof(Moderation.Confidence), AtLeast = 0.8)]
    public partial Task<PromptResult<Moderation>> ModerateAsync([Untrusted] string comment, CancellationToken cancellationToken = default);
}
