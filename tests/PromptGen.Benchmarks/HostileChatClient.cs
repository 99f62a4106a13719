using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace PromptGen.Benchmarks;

/// <summary>What no client should do.</summary>
internal enum HostileFault
{
    /// <summary>A callback on the token throws, and the request never ends.</summary>
    ThrowingCallback,

    /// <summary>A stream sends updates without content, at once and without end.</summary>
    EmptyUpdates,

    /// <summary>The clean-up of a stream never ends: at its end, where the idle limit ends it, or when the caller leaves it.</summary>
    HangingDisposal,
}

/// <summary>Answers at once, and does what no client should once in a hundred requests for each fault.</summary>
internal sealed class HostileChatClient(string answer) : IChatClient
{
    private const int Every = 100;

    private readonly NoOpChatClient _buffered = new(answer);
    private readonly int[] _injected = new int[Enum.GetValues<HostileFault>().Length];
    private int _requests;

    public int Injected(HostileFault fault) => _injected[(int)fault];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Next() != HostileFault.ThrowingCallback)
        {
            return _buffered.GetResponseAsync(messages, options, cancellationToken);
        }

        Count(HostileFault.ThrowingCallback);
        cancellationToken.Register(Throw);
        return new TaskCompletionSource<ChatResponse>().Task;
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var fault = Next();
        if (fault is { } counted)
        {
            Count(counted);
        }

        return fault switch
        {
            HostileFault.ThrowingCallback => HangAsync(cancellationToken),
            HostileFault.EmptyUpdates => EmptyAsync(),
            HostileFault.HangingDisposal => AnswerAsync(hangs: true),
            _ => AnswerAsync(hangs: false),
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static void Throw() => throw new InvalidOperationException("A callback of a client.");

    private static async IAsyncEnumerable<ChatResponseUpdate> HangAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.Register(Throw);
        await new TaskCompletionSource().Task;
        yield break;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> EmptyAsync()
    {
        await Task.CompletedTask;
        while (true)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, []);
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(bool hangs)
    {
        try
        {
            await Task.CompletedTask;
            yield return new ChatResponseUpdate(ChatRole.Assistant, answer[..(answer.Length / 2)]);
            yield return new ChatResponseUpdate(ChatRole.Assistant, answer[(answer.Length / 2)..]);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 400, OutputTokenCount = 250 })]) { FinishReason = ChatFinishReason.Stop };
        }
        finally
        {
            if (hangs)
            {
                await new TaskCompletionSource().Task;
            }
        }
    }

    private HostileFault? Next() => (Interlocked.Increment(ref _requests) % Every) is var place && place < _injected.Length ? (HostileFault)place : null;

    private void Count(HostileFault fault) => Interlocked.Increment(ref _injected[(int)fault]);
}
