using System.Text.Json;

namespace PromptGen.Testing;

/// <summary>A request that a <see cref="ModelServer"/> received.</summary>
public sealed class ModelRequest
{
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ModelRequest()
    {
    }

    /// <summary>1 for the first request that the server received, 2 for the second, …</summary>
    public int Number { get; internal set; }

    /// <summary>Which protocol the request speaks.</summary>
    public required ModelProtocol Protocol { get; init; }

    /// <summary>The model asked for; empty where the body names none.</summary>
    public required string ModelId { get; init; }

    /// <summary>Whether the answer is to be streamed.</summary>
    public required bool IsStreaming { get; init; }

    /// <summary>The messages in order; Anthropic's <c>system</c> comes first, as a message of role <c>system</c>.</summary>
    public required IReadOnlyList<ModelMessage> Messages { get; init; }

    /// <summary>The JSON Schema that the answer is to keep; null where none was sent.</summary>
    public required JsonElement? Schema { get; init; }

    /// <summary>The tokens that the answer may take; null where the request does not limit them.</summary>
    public required int? MaxOutputTokens { get; init; }

    /// <summary>The whole body; of kind <see cref="JsonValueKind.Undefined"/> where it was not JSON.</summary>
    public required JsonElement Body { get; init; }

    /// <summary>The header fields, credentials included; names are compared without case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Cancelled once the client went away before it had the whole answer.</summary>
    public required CancellationToken Aborted { get; init; }

    /// <summary>The text of the last message of a role.</summary>
    /// <param name="role">The role, as in <see cref="ModelMessage.Role"/>.</param>
    /// <returns>The text; empty where no message has the role.</returns>
    public string TextOf(string role) => Messages.LastOrDefault(message => message.Role == role)?.Text ?? "";

    /// <summary>Completes once the client went away before it had the whole answer.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The wait.</returns>
    public Task WaitForAbortAsync(CancellationToken cancellationToken = default) => _aborted.Task.WaitAsync(cancellationToken);

    internal void MarkAborted() => _aborted.TrySetResult();
}
