using Microsoft.Extensions.AI;

namespace PromptGen.Providers;

/// <summary>
/// How the runtime asks a client for the log-probabilities of an answer's tokens, and how the client hands them over. Microsoft.Extensions.AI has no name for them, so a
/// client that does not know this convention sends none, and their values are unknown.
/// </summary>
public static class LogProbabilities
{
    private const string Key = AnswerCap.Own + "log_probabilities";

    /// <summary>Whether a request asks for log-probabilities. A client that can ask its provider for them does so then, and calls <see cref="Set"/>.</summary>
    /// <param name="options">The request's options.</param>
    /// <returns>True where it asks for them.</returns>
    public static bool AreAsked(ChatOptions? options) => options?.AdditionalProperties?.TryGetValue(Key, out var asked) is true && asked is true;

    /// <summary>Has a request ask for log-probabilities. The runtime does so for prompts with <see cref="AcceptLikelyAttribute"/> and models with <see cref="ModelFeatures.LogProbabilities"/>.</summary>
    /// <param name="options">The request's options.</param>
    public static void Ask(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[Key] = true;
    }

    /// <summary>Hands over the tokens of an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="tokens">
    /// All tokens of the answer's text, in order: their bytes one after another are the text in UTF-8. One more token may follow, the mark that ends the answer. Where the
    /// bytes are not those of the text, every probability of the answer is unknown.
    /// </param>
    public static void Set(ChatResponse response, IReadOnlyList<TokenLogProbability> tokens)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(tokens);
        (response.AdditionalProperties ??= [])[Key] = tokens;
    }

    /// <summary>The tokens of an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <returns>The tokens; null where its client handed none over.</returns>
    public static IReadOnlyList<TokenLogProbability>? Of(ChatResponse? response) =>
        response?.AdditionalProperties?.TryGetValue(Key, out var tokens) is true ? tokens as IReadOnlyList<TokenLogProbability> : null;
}
