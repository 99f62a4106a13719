using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using PromptGen.Pipelines;
using PromptGen.Timing;

namespace PromptGen;

/// <summary>
/// A pipeline that is running: prompts called in its delegates share one budget, deadline, trace and ledger. Skip, branch and repeat with <c>if</c> and <c>foreach</c>.
/// Made by <see cref="PipelineExtensions.StartPipeline"/>. Thread-safe.
/// </summary>
/// <remarks>
/// A call whose money does not fit beside what other items have reserved waits until they have settled; it is refused where their settling cannot make enough room, or where
/// its own item has reserved money. What a delegate leaves running after it has ended is no part of the pipeline.
/// </remarks>
public sealed class PipelineRun : IAsyncDisposable
{
    private readonly PipelineAccount _account;
    private readonly PipelineOptions _options;
    private readonly TimeLimit _limit;
    private readonly List<StageLedger> _stages = [];
    private volatile bool _disposed;

    internal PipelineRun(PromptRuntime runtime, string name, PipelineOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        _account = new PipelineAccount(runtime, name, options, cancellationToken);
        _limit = _account.Clock.Limit(cancellationToken);
    }

    /// <summary>The name of the pipeline.</summary>
    public string Name => _account.Name;

    /// <summary>What each stage has done so far, in the order in which they first started. The numbers are those of all items, however many there were.</summary>
    public IReadOnlyList<PipelineStage> Stages
    {
        get
        {
            lock (_stages)
            {
                return [.. _stages.Select(static stage => stage.Totals)];
            }
        }
    }

    /// <summary>
    /// How many requests an earlier run sent whose outcome <see cref="PipelineOptions.Journal"/> does not have, as far as this run has reached them. They may have been paid, so
    /// <see cref="Cost"/> is not complete where there are any.
    /// </summary>
    public long Unknown => _account.Ledger.Unknown;

    /// <summary>What all calls have cost so far; with a <see cref="PipelineOptions.Journal"/> also in earlier runs, as far as this run has reached them.</summary>
    public PromptCost Cost => _account.Ledger.Cost;

    /// <summary>
    /// The ledger: the requests of all calls, in the order in which they were sent. Only the latest 10,000 are kept, so that a long run needs no more memory than a short
    /// one; <see cref="Cost"/> and <see cref="Stages"/> count all of them.
    /// </summary>
    public IReadOnlyList<PromptAttempt> Attempts => _account.Ledger.Attempts;

    /// <summary>Runs a stage of one item.</summary>
    /// <typeparam name="T">What the delegate returns.</typeparam>
    /// <param name="stage">The name of the stage.</param>
    /// <param name="run">Calls prompts. Its token ends with the deadline of the pipeline and the caller's tokens.</param>
    /// <param name="cancellationToken">Cancels the stage.</param>
    /// <returns>What the delegate returned.</returns>
    /// <exception cref="PromptException">
    /// With <see cref="PromptErrorCode.BudgetExceeded"/> or <see cref="PromptErrorCode.DeadlineExceeded"/>: a limit of the pipeline ended the delegate or kept it from starting.
    /// Whatever else the delegate throws is thrown as it is.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the pipeline was disposed.</exception>
    /// <exception cref="ObjectDisposedException">The pipeline was disposed before.</exception>
    public async Task<T> RunAsync<T>(string stage, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var scope = Open(stage, total: 1, cancellationToken);
        scope.ThrowIfCancelled();
        var item = await scope.RunAsync("", run, static (run, token) => run(token)).ConfigureAwait(false);
        scope.ThrowIfCancelled();
        if (item.Error is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return item.Value;
    }

    /// <summary>Runs a delegate for each item of a list, <see cref="PipelineOptions.Concurrency"/> at once, started in the order of the list.</summary>
    /// <typeparam name="TSource">The type of the items.</typeparam>
    /// <typeparam name="T">What the delegate returns.</typeparam>
    /// <param name="stage">The name of the stage.</param>
    /// <param name="items">The items. They are read one by one as they start.</param>
    /// <param name="run">Calls prompts, or does any other work. Its token ends with the deadline of the pipeline and the caller's tokens.</param>
    /// <param name="key">Names an item within its stage. Default: its position, from <c>0</c>.</param>
    /// <param name="cancellationToken">Cancels the stage.</param>
    /// <returns>
    /// The results in the order of the list. An item that fails does not end the others. Once the money of the pipeline is used up or its deadline has passed, the items left
    /// fail without being started.
    /// </returns>
    /// <exception cref="PromptException">
    /// With <see cref="PromptErrorCode.BudgetExceeded"/>: <see cref="PipelineOptions.RefuseOverBudget"/> is set and the worst case is more than what is left.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the pipeline was disposed.</exception>
    /// <exception cref="ObjectDisposedException">The pipeline was disposed before.</exception>
    public async Task<IReadOnlyList<PipelineItem<T>>> MapAsync<TSource, T>(
        string stage,
        IEnumerable<TSource> items,
        Func<TSource, CancellationToken, Task<T>> run,
        Func<TSource, string>? key = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(run);
        if (_options.RefuseOverBudget && _account.Money?.Left is { } left)
        {
            items = [.. items];
            await RefuseAsync(stage, items, run, left, cancellationToken).ConfigureAwait(false);
        }

        using var scope = Open(stage, items.TryGetNonEnumeratedCount(out var count) ? count : null, cancellationToken);
        using var pump = new StagePump<TSource, T>(scope, new ListSource<TSource>(items), run, key, _options, lookAhead: null);
        var results = new List<PipelineItem<T>>(count);
        await foreach (var result in pump.ReadAsync().ConfigureAwait(false))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>
    /// Runs a delegate for each item of a stream, <see cref="PipelineOptions.Concurrency"/> at once. Results are given in the order of the stream, and at most twice
    /// <see cref="PipelineOptions.Concurrency"/> items are read ahead of them, so that memory does not grow with their number.
    /// </summary>
    /// <typeparam name="TSource">The type of the items.</typeparam>
    /// <typeparam name="T">What the delegate returns.</typeparam>
    /// <param name="stage">The name of the stage.</param>
    /// <param name="items">The items. Read where the results are read.</param>
    /// <param name="run">Calls prompts, or does any other work. Its token ends with the deadline of the pipeline, the caller's tokens and the enumeration.</param>
    /// <param name="key">Names an item within its stage. Default: its position, from <c>0</c>.</param>
    /// <param name="cancellationToken">Cancels the stage.</param>
    /// <returns>
    /// The results in the order of the stream. An item that fails does not end the others. Once the money of the pipeline is used up, the items left fail without being started.
    /// </returns>
    /// <exception cref="PromptException">
    /// With <see cref="PromptErrorCode.DeadlineExceeded"/>, while enumerating: the deadline passed before the stream ended. The results of the items read before come first.
    /// </exception>
    /// <exception cref="OperationCanceledException">While enumerating: the caller cancelled, or the pipeline was disposed.</exception>
    /// <exception cref="ObjectDisposedException">While enumerating: the pipeline was disposed before.</exception>
    public IAsyncEnumerable<PipelineItem<T>> MapAsync<TSource, T>(
        string stage,
        IAsyncEnumerable<TSource> items,
        Func<TSource, CancellationToken, Task<T>> run,
        Func<TSource, string>? key = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(stage);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(run);
        return StreamAsync(stage, items, run, key, cancellationToken);
    }

    /// <summary>
    /// The most that a stage can cost, without a request: the sum of <see cref="PromptExplanation.WorstCaseUsd"/> over its items. Each delegate runs up to its first prompt, whose
    /// worst case counts; prompts that depend on its answer do not, so give them a stage of their own.
    /// </summary>
    /// <typeparam name="TSource">The type of the items.</typeparam>
    /// <typeparam name="T">What the delegate returns.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="run">As for <c>MapAsync</c>. It runs once more when the stage does: what it does before its first prompt must be repeatable. What it throws is ignored.</param>
    /// <param name="cancellationToken">Ends the estimate.</param>
    /// <returns>The sum; not complete where a price or an output limit is not known.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The pipeline was disposed.</exception>
    public Task<PromptCost> WorstCaseAsync<TSource, T>(
        IEnumerable<TSource> items, Func<TSource, CancellationToken, Task<T>> run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(run);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return WorstCases.SumAsync(items, run, cancellationToken);
    }

    /// <summary>Ends the pipeline. Stages that still run are cancelled.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _limit.End();
            _limit.Dispose();
            _account.End();
        }

        return default;
    }

    private async IAsyncEnumerable<PipelineItem<T>> StreamAsync<TSource, T>(
        string stage,
        IAsyncEnumerable<TSource> items,
        Func<TSource, CancellationToken, Task<T>> run,
        Func<TSource, string>? key,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var scope = Open(stage, total: null, cancellationToken);
        using var pump = new StagePump<TSource, T>(scope, new StreamSource<TSource>(items, scope.Token), run, key, _options, lookAhead: 2 * _options.Concurrency);
        await foreach (var result in pump.ReadAsync().ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private async Task RefuseAsync<TSource, T>(
        string stage, IEnumerable<TSource> items, Func<TSource, CancellationToken, Task<T>> run, decimal left, CancellationToken cancellationToken)
    {
        var worst = await WorstCaseAsync(items, run, cancellationToken).ConfigureAwait(false);
        if (worst.Usd > left)
        {
            throw new PromptException(
                PromptErrorCode.BudgetExceeded,
                $"The stage '{stage}' of pipeline {Name} can cost {worst}, and its budget has {new PromptCost(left, IsComplete: true)} left. Nothing was started.");
        }
    }

    private StageRun Open(string stage, long? total, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(stage);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new StageRun(_account, _limit, LedgerOf(stage), _options, total, cancellationToken);
    }

    private StageLedger LedgerOf(string stage)
    {
        lock (_stages)
        {
            var ledger = _stages.Find(known => known.Name == stage);
            if (ledger is null)
            {
                ledger = new StageLedger(stage, _account.Ledger);
                _stages.Add(ledger);
            }

            return ledger;
        }
    }
}
