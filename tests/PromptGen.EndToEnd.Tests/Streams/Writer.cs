using PromptGen.EndToEnd.Tests.Calls;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Streams;

/// <summary>The streamed prompts that the end-to-end tests call: each kind on a route of two providers, and on each provider alone.</summary>
public sealed partial class Writer
{
    private const string Template = """
        {{role "system"}}
        You answer letters.
        {{role "user"}}
        {{letter}}
        """;

    [RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku])]
    [PromptTemplate(Template)]
    public partial IAsyncEnumerable<string> ReplyAsync(string letter, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Sonnet)]
    [PromptTemplate(Template)]
    public partial IAsyncEnumerable<string> ReplyBySonnetAsync(string letter, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Mini)]
    [PromptTemplate(Template)]
    [Deadline(20)]
    public partial IAsyncEnumerable<string> ReplySoonAsync(string letter, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8)]
    public partial IAsyncEnumerable<Triage> TriagesAsync(string letter, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Sonnet)]
    [PromptTemplate(Template)]
    public partial IAsyncEnumerable<Triage> TriagesBySonnetAsync(string letter, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Mini)]
    [PromptTemplate(Template)]
    public partial IAsyncEnumerable<PromptSnapshot<Triage>> GrowAsync(string letter, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Mini)]
    [PromptTemplate(Template)]
    [Fallback(nameof(ApologizeAsync))]
    public partial IAsyncEnumerable<string> ReplyOrApologizeAsync(string letter, CancellationToken cancellationToken = default);

    private static async IAsyncEnumerable<string> ApologizeAsync(string letter)
    {
        await Task.CompletedTask;
        yield return $"Nobody can answer your {letter.Length} characters now.";
    }
}
