using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using PromptGen.Contracts;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Tests.Contracts;

namespace PromptGen.Tests.Execution;

/// <summary>Streamed prompts written by hand, as the generator would write them, on the models of <see cref="Sample"/>.</summary>
internal static class StreamSample
{
    public static readonly UrgencyContract Element = new();

    public static PromptDefinition<string> Text(TimeSpan? deadline = null, params PromptStep[] route) =>
        new("Desk.Reply", "00c0ffee", TextContract.Instance, Route(route)) { Repairs = 0, Deadline = deadline };

    public static PromptDefinition<IReadOnlyList<int>> Elements(TimeSpan? deadline = null, params PromptStep[] route) =>
        new("Desk.Urgencies", "00c0ffee", new UrgenciesContract(), Route(route)) { Repairs = 0, Deadline = deadline };

    public static PromptDefinition<Note> Note() => new("Desk.Note", "00c0ffee", NoteContract.Instance, Route([])) { Repairs = 0 };

    private static PromptStep? Route(PromptStep[] route) => route.Length > 0 ? Sample.Chain(route) : Sample.Fast;
}

internal sealed class UrgenciesContract : PromptContract<IReadOnlyList<int>>
{
    public override string Name => "Urgencies";

    public override ReadOnlySpan<byte> SchemaUtf8 =>
        """{"type":"object","properties":{"value":{"type":"array","items":{"type":"integer"}}},"required":["value"],"additionalProperties":false}"""u8;

    public override bool IsWrapped => true;

    // What is streamed is read element by element.
    public override IReadOnlyList<int> ReadValue(ref ContractReader reader) => reader.Mismatch<IReadOnlyList<int>>("a stream");
}

internal static class StreamDesk
{
    public static IAsyncEnumerable<string> ReplyAsync(this Desk desk, PromptDefinition<string>? prompt = null, CancellationToken cancellationToken = default) =>
        ItemsAsync(desk.Runtime.Stream(prompt ?? StreamSample.Text(), cancellationToken), prompt ?? StreamSample.Text());

    public static IAsyncEnumerable<int> UrgenciesAsync(
        this Desk desk,
        PromptDefinition<IReadOnlyList<int>>? prompt = null,
        Func<int, string?>? reject = null,
        CancellationToken cancellationToken = default)
    {
        prompt ??= StreamSample.Elements();
        return ItemsAsync(
            reject is null
                ? desk.Runtime.Stream(prompt, StreamSample.Element, cancellationToken)
                : desk.Runtime.Stream(prompt, StreamSample.Element, reject, cancellationToken),
            prompt);
    }

    /// <summary>What a generated method does.</summary>
    public static async IAsyncEnumerable<T> ItemsAsync<T>(PromptStream<T> stream, PromptDefinition prompt)
    {
        await using var call = stream;
        var template = new UrgencyTemplate(Sample.Ticket);
        foreach (var step in prompt.Route)
        {
            if (await call.TryAsync(step, template))
            {
                while (await call.MoveNextAsync())
                {
                    yield return call.Current;
                }

                yield break;
            }
        }

        throw call.Exhausted();
    }

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items, List<T>? list = null)
    {
        list ??= [];
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}

/// <summary>A stream whose updates come when the test sends them. It knows whether the client's enumerator was disposed.</summary>
internal sealed class ManualStream
{
    private readonly Channel<ChatResponseUpdate> _updates = Channel.CreateUnbounded<ChatResponseUpdate>();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Disposed => _disposed.Task;

    public bool HeedsToken { get; init; } = true;

    public static ChatResponseUpdate Usage(long input, long output) =>
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = input, OutputTokenCount = output })]);

    public ManualStream Send(params string[] pieces)
    {
        foreach (var piece in pieces)
        {
            Send(new ChatResponseUpdate(ChatRole.Assistant, piece));
        }

        return this;
    }

    public ManualStream Send(ChatResponseUpdate update)
    {
        Assert.True(_updates.Writer.TryWrite(update));
        return this;
    }

    public ManualStream Finish(ChatFinishReason? reason = null) =>
        Send(new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = reason ?? ChatFinishReason.Stop }).End();

    public ManualStream End(Exception? exception = null)
    {
        _updates.Writer.Complete(exception);
        return this;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in _updates.Reader.ReadAllAsync(HeedsToken ? cancellationToken : CancellationToken.None))
            {
                yield return update;
            }
        }
        finally
        {
            _disposed.TrySetResult();
        }
    }
}

internal static class ManualStreams
{
    /// <summary>Adds a stream to a model's script and hands it out.</summary>
    public static ManualStream Stream(this PromptGen.Testing.ScriptedChatClient model, bool heedsToken = true)
    {
        var stream = new ManualStream { HeedsToken = heedsToken };
        model.Streams((_, cancellationToken) => stream.ReadAsync(cancellationToken));
        return stream;
    }
}
