using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Streaming;
using PromptGen.Telemetry;

namespace PromptGen.Execution;

/// <summary>
/// Asks the models of a streamed call until a first item is accepted. Where a request fails before that, the call asks again, changes the model or escalates, and
/// discards what it has received.
/// Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal class StreamRun<T> : IExchange
{
    private readonly AcceptanceCheck<T> _acceptance;
    private readonly IRequestSource _source;
    private readonly bool _isLast;

    /// <param name="runtime">The runtime.</param>
    /// <param name="items">Makes items of updates.</param>
    /// <param name="acceptance">Checks each item.</param>
    /// <param name="source">Makes the requests.</param>
    protected StreamRun(PromptRuntime runtime, ItemReader<T> items, AcceptanceCheck<T> acceptance, IRequestSource source)
    {
        Items = items;
        Receiver = new StreamReceiver<T>(items, runtime.Resilience, runtime.TimeProvider);
        (_acceptance, _source) = (acceptance, source);
    }

    /// <param name="call">The call of which another model is asked.</param>
    /// <param name="isLast">Whether no other model can be asked instead of it.</param>
    public StreamRun(StreamRun<T> call, bool isLast)
        : this(call.Steps.Account.Runtime, call.Items.Another(), call._acceptance, call._source) =>
        (Steps, _isLast) = (call.Steps, isLast);

    /// <summary>The steps of the call.</summary>
    public StepRunner Steps { get; protected init; } = null!;

    /// <summary>Makes items of updates.</summary>
    public ItemReader<T> Items { get; protected set; }

    /// <summary>Receives the updates.</summary>
    public StreamReceiver<T> Receiver { get; protected set; }

    /// <summary>Whether no other model can be asked instead of the one that is being asked.</summary>
    protected virtual bool IsLast => _isLast;

    // Reading and checking may have to close the stream, which takes a wait.
    bool IExchange.ChecksAsync => true;

    bool IExchange.IsStream => true;

    bool IExchange.WasCutOff => !Receiver.Answer.IsWhole;

    ChatResponse? IExchange.Received => Receiver.Answer.Response;

    string? IExchange.ReceivedText => Items.Text;

    int IExchange.FirstTokenMicroseconds => Receiver.Answer.FirstTokenMicroseconds;

    string? IExchange.WhyNot(ModelInfo model) => _source.WhyNot(model);

    ModelRequest IExchange.Render(ModelEndpoint endpoint, RepairPrompt? repair)
    {
        Receiver.FirstTokenLimit = Steps.Account.Runtime.Resilience.FirstTokenTimeout ?? endpoint.Model.Timeout;
        return _source.Render(endpoint, Receiver.ContinuesBehind is { } count ? Items.ContinuationBehind(count) : null);
    }

    async ValueTask<Reception> IExchange.SendAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CancellationToken cancellationToken)
    {
        if (Steps.Account.Prompt.Deadline is not null && IsLast)
        {
            Receiver.FirstTokenLimit = Timeout.InfiniteTimeSpan;
        }

        var code = PromptErrorCode.ProtocolError;
        try
        {
            await Receiver.OpenAsync(client, request, telemetry, Steps.Clock, cancellationToken).ConfigureAwait(false);
            code = await Receiver.ReceiveAsync(Steps.Clock).ConfigureAwait(false);
            return new Reception(code, "", Receiver.Answer.Response);
        }
        finally
        {
            if (code != PromptErrorCode.None)
            {
                await Receiver.CloseAsync(Steps.Clock).ConfigureAwait(false);
            }
        }
    }

    AnswerVerdict IExchange.Read(in Reception reception, ModelEndpoint endpoint, CallAccount account) => AnswerVerdict.Of(PromptErrorCode.None);

    /// <summary>Judges the first item, or an answer that has none.</summary>
    async ValueTask<AnswerVerdict> IExchange.CheckAsync(AnswerVerdict read, CallAccount account)
    {
        var verdict = await JudgeAsync(account).ConfigureAwait(false);
        if (!verdict.IsOpen)
        {
            await Receiver.CloseAsync(Steps.Clock).ConfigureAwait(false);
        }

        return verdict;
    }

    /// <summary>What the item reader and the acceptance check say of the item that is ready, or of an answer that has none.</summary>
    protected async ValueTask<AnswerVerdict> JudgeAsync(CallAccount account)
    {
        var verdict = Verdict(Items.Code);
        if (!Receiver.HasItem)
        {
            return verdict;
        }

        verdict = _acceptance.IsAsync
            ? await _acceptance.CheckAsync(Items.Current, verdict, account).ConfigureAwait(false)
            : _acceptance.Check(Items.Current, verdict, account.CancellationToken);
        return verdict with { IsOpen = verdict.Code == PromptErrorCode.None };
    }

    protected AnswerVerdict Verdict(PromptErrorCode code) => Items.HasDiverged
        ? AnswerVerdict.Of(code) with { Reason = "The answer differs from what was delivered.", IsFinal = true }
        : new(code, Items.Violations, Items.Rungs, Exception: Items.Failure);
}
