using Microsoft.Extensions.AI;
using PromptGen.Evaluation.Tests.Runs;

namespace PromptGen.Evaluation.Tests.Judges;

public sealed record Rating(string Reason, int Points);

/// <summary>The prompts that judge answers of <see cref="Questions"/>.</summary>
public sealed partial class Judges
{
    [RoutedPrompt(EvaluationModels.Strong, MaxOutputTokens = 20, Repairs = 0)]
    [PromptTemplate("Rate {{answer}} for {{expected}} at {{level}}")]
    public partial Task<Rating> RateAsync(string answer, string expected, int level, CancellationToken cancellationToken = default);

    [RoutedPrompt(EvaluationModels.Strong, MaxOutputTokens = 20, Repairs = 0)]
    [PromptTemplate("Which is better at {{level}}?{{#each candidates}} {{this.name}} {{this.red}} {{this.shade}}{{/each}}")]
    public partial Task<PromptResult<int>> CompareAsync(int level, IReadOnlyList<Colour> candidates, CancellationToken cancellationToken = default);

    [RoutedPrompt(EvaluationModels.Strong, MaxOutputTokens = 20, Repairs = 0)]
    [PromptTemplate("Better?{{#each candidates}} {{this}}{{/each}}")]
    public partial Task<string> NameAsync(IReadOnlyList<string> candidates, CancellationToken cancellationToken = default);

    [RoutedPrompt(EvaluationModels.Strong, MaxOutputTokens = 20, Repairs = 0)]
    [PromptTemplate("Is {{expected}} right?")]
    public partial Task<bool> GuessAsync(string expected, CancellationToken cancellationToken = default);

    [RoutedPrompt(EvaluationModels.Strong, MaxOutputTokens = 20)]
    public partial IChatClient Chat();
}
