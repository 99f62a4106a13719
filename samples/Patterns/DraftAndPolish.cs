using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PromptGen;

namespace Acme.Patterns;

/// <summary>News for customers.</summary>
public sealed record Announcement(
    [property: StringLength(80), Description("The title")] string Title,
    [property: StringLength(600), Description("One short paragraph")] string Text);

/// <summary>A cheap model writes a draft. Where a check rejects it, the strongest model gets the draft and the reason, and does not start anew.</summary>
public sealed partial class DraftAndPolish
{
    /// <summary>Announces facts, one per line.</summary>
    [RoutedPrompt(Models.Luna, Models.Sol, MaxOutputTokens = 300, Repairs = 0)]
    [PromptTemplate(File = "Prompts/announce.prompt")]
    [PromptTemplate(File = "Prompts/polish.prompt", ForTier = Tier.Deep)]
    [AcceptIf(nameof(MissingIn))]
    public partial Task<PromptResult<Announcement>> WriteAsync([Untrusted] string facts, CancellationToken cancellationToken = default);

    /// <summary>Which facts the text leaves out: those of which it lacks a word with a digit; null = none.</summary>
    internal static string? MissingIn(Announcement answer, string facts)
    {
        var missing = facts.Split('\n').Where(fact => !fact.Split(' ').Where(word => word.Any(char.IsDigit)).All(answer.Text.Contains)).ToList();

        return missing.Count == 0 ? null : $"These facts are missing:\n{string.Join('\n', missing)}";
    }
}
