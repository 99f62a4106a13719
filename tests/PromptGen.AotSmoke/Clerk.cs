using Microsoft.Extensions.AI;

namespace PromptGen.AotSmoke;

/// <summary>One prompt of each kind that the sample lacks.</summary>
public sealed partial class Clerk
{
    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("List the articles in this order: {{order}}")]
    public partial IAsyncEnumerable<Article> ReadAsync(string order, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("Which article is this? {{text}}")]
    public partial IAsyncEnumerable<PromptSnapshot<Article>> WatchAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    public partial IChatClient Chat();
}

public sealed record Article(string Name, int Count);
