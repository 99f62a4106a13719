using Microsoft.Extensions.AI;

namespace PromptGen.Providers;

/// <summary>
/// Answers that a provider stores, so that one whose response was lost can be fetched instead of being paid again. A client whose provider has them answers
/// <c>GetService(typeof(IStoredAnswers))</c>. Used for the requests of pipelines with a <see cref="PipelineOptions.Journal"/>. Thread-safe.
/// </summary>
public interface IStoredAnswers
{
    /// <summary>Changes the options of a request, so that the provider stores its answer.</summary>
    /// <param name="options">The options; of this request alone.</param>
    /// <param name="handle">What the answer is found by: 32 hexadecimal digits.</param>
    void Store(ChatOptions options, string handle);

    /// <summary>Fetches an answer, without a request to a model.</summary>
    /// <param name="handle">What it was stored under.</param>
    /// <param name="options">The options of the request that is answered by it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, with its usage; null where the provider has none. Whatever it throws counts as none.</returns>
    Task<ChatResponse?> FindAsync(string handle, ChatOptions options, CancellationToken cancellationToken);
}
