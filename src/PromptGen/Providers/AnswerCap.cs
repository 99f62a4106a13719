using Microsoft.Extensions.AI;

namespace PromptGen.Providers;

/// <summary>
/// How many bytes an answer may have on the wire. It follows from the request's output limit, so that a provider that never stops, or an
/// answer sent in one piece, takes little memory. Provider packages apply it to the bodies that they read; the runtime applies it to the
/// text of every client's answer.
/// </summary>
public readonly record struct AnswerCap
{
    /// <summary>The cap of an answer whose request has no output limit, and the most that follows from one: 64 MiB.</summary>
    public const long Most = 64L * 1024 * 1024;

    /// <summary>What frames an answer (identifiers, usage, the first events), and room for answers with very low limits: 8 MiB.</summary>
    private const long Frame = 8 * 1024 * 1024;

    /// <summary>An event with one token has about 300 bytes; the rest is room for long tokens, escapes and probabilities.</summary>
    private const long PerToken = 2 * 1024;

    /// <summary>An SDK allocates up to 16 bytes for each byte that it parses as a whole: buffers that double, JSON, text. A sixth keeps that below three times the cap.</summary>
    private const long PartsPerAnswer = 6;

    private const string Key = Own + "max_answer_bytes";

    /// <summary>What the names of members begin with that are for the runtime's own use.</summary>
    internal const string Own = "promptgen.";

    private AnswerCap(long bytes) => Bytes = bytes;

    /// <summary>The most bytes of a streamed body: 8 MiB and 2 KiB per token of the request's output limit, at most <see cref="Most"/>, unless <see cref="ResilienceOptions.MaxAnswerBytes"/> is set.</summary>
    public long Bytes { get; }

    /// <summary>The most bytes of what is parsed as a whole, one event of a stream or a body that is not streamed: a sixth of <see cref="Bytes"/>.</summary>
    public long PartBytes => Bytes / PartsPerAnswer;

    /// <summary>The cap of the answer to a request.</summary>
    /// <param name="options">The request's options.</param>
    /// <param name="outputLimit">The output limit that the client sends where the options have none, in tokens. Default: null, it sends none.</param>
    /// <returns>The cap.</returns>
    public static AnswerCap Of(ChatOptions? options, int? outputLimit = null) => new(
        options?.AdditionalProperties?.TryGetValue(Key, out var set) is true && set is long bytes ? bytes
        : (options?.MaxOutputTokens ?? outputLimit) is { } tokens ? Math.Min(Most, Frame + (Math.Max(0L, tokens) * PerToken))
        : Most);

    /// <summary>Whether a member of <see cref="ChatOptions.AdditionalProperties"/> is for the runtime's own use, so that a client must not send it.</summary>
    /// <param name="name">The member's name.</param>
    /// <returns>True where it must not be sent.</returns>
    public static bool IsOwn(string name) => name is not null && name.StartsWith(Own, StringComparison.Ordinal);

    /// <summary>Replaces the cap of the answer to a request.</summary>
    internal static void Set(ChatOptions options, long bytes) => (options.AdditionalProperties ??= [])[Key] = bytes;
}
