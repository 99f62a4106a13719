using System.Diagnostics;
using PromptGen.Execution;
using PromptGen.Journaling;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Pipelines;

/// <summary>One run of a stage: runs its items, each under its own account, and counts them. Thread-safe.</summary>
internal sealed class StageRun : IDisposable
{
    private readonly PipelineAccount _pipeline;
    private readonly TimeLimit _pipelineLimit;
    private readonly StageLedger _ledger;
    private readonly PipelineOptions _options;
    private readonly string _journalName;
    private readonly long? _total;
    private readonly CancellationToken _caller;
    private readonly TimeLimit _limit;
    private readonly CancellationTokenRegistration _link;
    private readonly Activity? _span;
    private long _done;
    private long _failed;
    private PromptCost _cost = PromptCost.Zero;
    private PromptException? _refusal;

    /// <param name="pipeline">The account of the pipeline.</param>
    /// <param name="pipelineLimit">Ends with the pipeline.</param>
    /// <param name="ledger">The ledger of the stage.</param>
    /// <param name="options">The journal, and what receives the progress.</param>
    /// <param name="total">How many items there are; null = that is not known.</param>
    /// <param name="caller">Cancels the stage.</param>
    public StageRun(
        PipelineAccount pipeline, TimeLimit pipelineLimit, StageLedger ledger, PipelineOptions options, long? total, CancellationToken caller)
    {
        (_pipeline, _pipelineLimit, _ledger, _options, _total, _caller) = (pipeline, pipelineLimit, ledger, options, total, caller);
        _journalName = ledger.Open();
        _limit = TimeLimit.Start(pipeline.Runtime.TimeProvider, Timeout.InfiniteTimeSpan, pipelineLimit.Token);
        _link = caller.UnsafeRegister(static limit => ((TimeLimit)limit!).End(), _limit);
        _span = pipeline.Span is null ? null
            : Spans.StartAside("stage " + ledger.Name, [new("promptgen.pipeline", pipeline.Name), new("promptgen.stage", ledger.Name)], pipeline.Span);
    }

    /// <summary>Ends with the stage: at the deadline of the pipeline, with the caller's tokens, or with <see cref="Abandon"/>.</summary>
    public CancellationToken Token => _limit.Token;

    private bool IsCancelled =>
        _caller.IsCancellationRequested || _pipeline.CancellationToken.IsCancellationRequested || (Token.IsCancellationRequested && !_pipelineLimit.IsOver);

    /// <exception cref="OperationCanceledException">The caller cancelled, or the pipeline was disposed.</exception>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.OutcomeUnknown"/>: an unknown outcome ended the pipeline.</exception>
    public void ThrowIfCancelled()
    {
        if (_pipeline.Fault is { } fault)
        {
            throw fault;
        }

        if (IsCancelled)
        {
            var token = _caller.IsCancellationRequested ? _caller : _pipeline.CancellationToken.IsCancellationRequested ? _pipeline.CancellationToken : Token;
            throw new OperationCanceledException($"The stage '{_ledger.Name}' of pipeline {_pipeline.Name} was cancelled.", token);
        }
    }

    /// <summary>Runs one item, unless the money or the time of the pipeline is used up.</summary>
    /// <returns>The item. Where the stage was cancelled, <see cref="ThrowIfCancelled"/> says so.</returns>
    public async ValueTask<PipelineItem<T>> RunAsync<TSource, T>(string key, TSource source, Func<TSource, CancellationToken, Task<T>> run)
    {
        long? start = PipelineTelemetry.MeasuresItems ? _pipeline.Clock.Now : null;
        var item = Refusal() is { } refusal ? new PipelineItem<T>(key, refusal, PromptCost.Zero) : await StartAsync(key, source, run).ConfigureAwait(false);
        Count(item.Error is not null, item.Cost);
        if (start is { } started)
        {
            PipelineTelemetry.ItemEnded(_pipeline.Name, _ledger.Name, item.Error, _pipeline.Clock.Between(started, _pipeline.Clock.Now));
        }

        return item;
    }

    /// <summary>What an exception means for what was running: one that the deadline caused is a <see cref="PromptErrorCode.DeadlineExceeded"/>.</summary>
    public Exception Meaning(Exception exception) =>
        exception is OperationCanceledException && _pipelineLimit.IsOver && !IsCancelled ? DeadlineExceeded("was running then.", exception) : exception;

    /// <summary>Ends what still runs: its results are not read.</summary>
    public void Abandon() => _limit.End();

    public void Dispose()
    {
        _link.Unregister();
        _limit.Dispose();
        if (_span is not { IsStopped: false })
        {
            return;
        }

        lock (this)
        {
            _span.SetTag("promptgen.stage.items", _done);
            _span.SetTag("promptgen.stage.failed", _failed);
            _span.SetCost(_cost);
        }

        Spans.StopAside(_span);
    }

    private async Task<PipelineItem<T>> StartAsync<TSource, T>(string key, TSource source, Func<TSource, CancellationToken, Task<T>> run)
    {
        var account = new ItemAccount(_pipeline, _ledger, _span, Token);
        try
        {
            if (_options.Journal is { } journal && account.Explainer is null)
            {
                account.OwnJournal = await ItemJournal.OpenAsync(journal, new JournalItem(_pipeline.Name, _journalName, key), OnUnknown, Token).ConfigureAwait(false);
            }

            var running = InsideAsync(account, source, run);
            var value = running.IsCompleted ? await running.ConfigureAwait(false) : await running.OrAbandonAsync(Token).ConfigureAwait(false);
            return new PipelineItem<T>(key, value, account.Cost);
        }
        catch (Exception exception) when (exception is not ExplainedException)
        {
            if (account.OwnJournal is { } journal)
            {
                await journal.ReopenAsync().ConfigureAwait(false);
            }

            return new PipelineItem<T>(key, Meaning(exception), account.Cost);
        }
    }

    /// <returns>What ends the item because of a request with an unknown outcome; null = the request is sent again.</returns>
    private PromptException? OnUnknown()
    {
        _ledger.CountUnknown();
        PipelineTelemetry.OutcomeUnknown(_pipeline.Name, _ledger.Name);
        if (_options.Unknown == UnknownRequest.Retry)
        {
            return null;
        }

        var error = new PromptException(
            PromptErrorCode.OutcomeUnknown,
            $"An earlier run of pipeline {_pipeline.Name} sent a request of stage '{_ledger.Name}' and ended before its outcome was known. PipelineOptions.Unknown decides whether it is sent again.");
        _pipeline.Fault ??= _options.Unknown == UnknownRequest.Fail ? error : null;
        return error;
    }

    /// <summary>
    /// What the delegate calls joins until it ends, also where it is abandoned because it ignores its token: it must not spend outside the limits of the pipeline.
    /// </summary>
    private static async Task<T> InsideAsync<TSource, T>(ItemAccount account, TSource source, Func<TSource, CancellationToken, Task<T>> run)
    {
        using var ambient = AmbientCall.Enter(account, joinsLimits: true, account.FirstReason);
        if (account.Span is { } span)
        {
            Activity.Current = span;
        }

        return await run(source, account.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Why no further item may start; null = it may. One exception for all items: a run may have very many.</summary>
    private PromptException? Refusal() =>
        _refusal is not null ? _refusal
        : _pipeline.Clock.Remaining == TimeSpan.Zero ? _refusal = DeadlineExceeded("was not started.", null)
        : _pipeline.Money is { IsExhausted: true } ? _refusal = BudgetExceeded()
        : null;

    private PromptException DeadlineExceeded(string what, Exception? cause) => new(
        PromptErrorCode.DeadlineExceeded,
        $"The deadline of pipeline {_pipeline.Name}, {Seconds.Of(_pipeline.Clock.Deadline ?? TimeSpan.Zero)}, ran out. The item of stage '{_ledger.Name}' {what}",
        innerException: cause);

    private PromptException BudgetExceeded() => new(
        PromptErrorCode.BudgetExceeded,
        $"The budget of pipeline {_pipeline.Name} has no room for another call. The item of stage '{_ledger.Name}' was not started.");

    private void Count(bool failed, PromptCost cost)
    {
        _ledger.Count(failed);
        long done, failures;
        lock (this)
        {
            done = ++_done;
            failures = _failed += failed ? 1 : 0;
            _cost += cost;
        }

        try
        {
            _options.Progress?.Report(new PipelineProgress(_ledger.Name, done, failures, _total, _ledger.PipelineCost));
        }
        catch (Exception)
        {
            // Whoever displays the progress must not end the pipeline.
        }
    }
}
