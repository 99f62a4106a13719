using Acme.Support;
using Microsoft.Extensions.AI;

namespace PromptGen.AotSmoke;

/// <summary>Learned routers, compiled in: one that reads words, one that reads embeddings.</summary>
public sealed partial class Learner
{
    [RoutedPrompt(Models.Luna, Models.Opus)]
    [PromptTemplate("{{question}}")]
    [RouteLearned("../../samples/Patterns/Routers/questions.router")]
    public partial Task<PromptResult<string>> AnswerAsync(string question, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Luna, Models.Opus)]
    [PromptTemplate("{{question}}")]
    [RouteLearned("Routers/concepts.router")]
    public partial Task<PromptResult<string>> ReplyAsync(string question, CancellationToken cancellationToken = default);

    /// <summary>Whether calls enter where the routers say.</summary>
    public static async Task<bool> AreRightAsync()
    {
        var leaf = new CannedClient("one", "two", "three", "four");
        using var concepts = new Concepts();
        await using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => leaf).AddProvider("anthropic", _ => leaf).AddEmbeddings("concepts", concepts));
        var learner = new Learner(prompts);
        PromptResult<string>[] results =
        [
            await learner.AnswerAsync("How do I change my password?"),
            await learner.AnswerAsync("Explain step by step why two machines that edit the same file offline keep both versions, and which one wins."),
            await learner.ReplyAsync("easy"),
            await learner.ReplyAsync("hard"),
        ];

        Console.WriteLine(string.Join("; ", results.Select(static result => $"{result.RoutedBy}: {result.ModelId}")));
        return results.All(static result => result.RoutedBy?.Contains(".router", StringComparison.Ordinal) == true)
            && results.Select(static result => result.ModelId).SequenceEqual([Models.Luna, Models.Opus, Models.Luna, Models.Opus]);
    }

    private sealed class Concepts : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(static text => new Embedding<float>(text == "easy" ? new float[] { 1, 0 } : [0, 1]))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
