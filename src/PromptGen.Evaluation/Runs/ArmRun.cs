using Microsoft.Extensions.AI;

namespace PromptGen.Evaluation;

/// <summary>The run of one arm: what earlier runs have measured, and the calls that are left.</summary>
internal sealed class ArmRun
{
    private readonly EvaluatedPrompt _prompt;
    private readonly EvaluationStore _store;
    private readonly QualityMetric _metric;
    private readonly string _data;
    private readonly int _repeats;
    private readonly List<EvaluationResult> _results;
    private readonly List<BrokenMeasurement> _broken = [];

    public ArmRun(EvaluatedPrompt prompt, EvaluationSet set, EvaluationArm arm, EvaluationStore store, EvaluationRunOptions options)
    {
        (_prompt, Arm, _store, _metric, _data, _repeats) = (prompt, arm, store, options.Metric ?? ByValueMetric.Instance, set.Version, options.Repeats);
        var known = store.Read(prompt, arm.Name, _metric.Key);
        var calls = set.Items.SelectMany(item => Enumerable.Range(1, options.Repeats).Select(repeat => new EvaluationCall(item, repeat))).ToArray();
        Calls = calls.Length;
        Kept = [.. calls.Where(call => known.ContainsKey(KeyOf(call))).Select(call => known[KeyOf(call)])];
        Left = [.. calls.Where(call => !known.ContainsKey(KeyOf(call)))];
        _results = [.. Kept];
    }

    public EvaluationArm Arm { get; }

    /// <summary>How many calls there are.</summary>
    public int Calls { get; }

    /// <summary>What earlier runs have measured.</summary>
    public IReadOnlyList<EvaluationResult> Kept { get; }

    /// <summary>The calls that they have not measured.</summary>
    public IReadOnlyList<EvaluationCall> Left { get; }

    /// <summary>All that is measured.</summary>
    public IReadOnlyList<EvaluationResult> Results => _results;

    /// <summary>The calls that the metric could not measure.</summary>
    public IReadOnlyList<BrokenMeasurement> Broken => _broken;

    /// <summary>Requests of an earlier run whose outcome is not known.</summary>
    public long Unknown { get; private set; }

    /// <summary>Why the first call without a score has none; null = all have one.</summary>
    public string? Problem { get; private set; }

    private string PipelineName => $"evaluation {_prompt.Name} {_prompt.Version}";

    /// <summary>Where the journal has the requests of a call.</summary>
    public JournalItem JournalItemOf(EvaluationCall call) => new(PipelineName, Arm.Name, call.Key);

    /// <summary>The most that calls can cost, with their measurements.</summary>
    public async Task<PromptCost> WorstCaseAsync(IReadOnlyList<EvaluationCall> calls, CancellationToken cancellationToken)
    {
        var pipeline = Arm.Runtime.StartPipeline(PipelineName, cancellationToken: cancellationToken);
        await using var end = pipeline.ConfigureAwait(false);
        var sum = await pipeline.WorstCaseAsync(calls, AskAsync, cancellationToken).ConfigureAwait(false);
        foreach (var item in _metric.Prompts.Any() || !_metric.IsMetered ? calls.Select(static call => call.Item) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sample = new MeasuredAnswer(item, EvaluationJson.TextOf(item.Sample)) { Messages = await MessagesAsync(item).ConfigureAwait(false) };
            sum += await _metric.WorstCaseAsync(sample, _prompt.LongestAnswer).ConfigureAwait(false);
        }

        return sum;
    }

    /// <summary>How many calls there are for some of the items.</summary>
    public int CallsOf(IReadOnlySet<string> items) => items.Count * _repeats;

    /// <summary>The calls for some of the items that earlier runs have not measured.</summary>
    public ArmPart PartOf(IReadOnlySet<string> items) => new(this, [.. Left.Where(call => items.Contains(call.Item.Id))]);

    /// <summary>Makes calls that are left.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="options">How.</param>
    /// <param name="money">What may be spent.</param>
    /// <param name="pace">Counts the calls.</param>
    /// <param name="cancellationToken">Keeps further calls from starting. Those under way are not cancelled: their answers would be paid and lost.</param>
    public async Task RunAsync(IReadOnlyList<EvaluationCall> calls, EvaluationRunOptions options, RunMoney money, RunPace pace, CancellationToken cancellationToken)
    {
        // A pipeline books the answers of its journal only when it reaches them. A limit over all calls would let the first ones spend what the others have cost already.
        var paid = money.Free is null ? [] : calls.Where(call => money.KnownOf(this, call) > 0).ToArray();
        foreach (var part in paid.Chunk(options.Concurrency))
        {
            await RunPaidAsync(part, options, money, pace, cancellationToken).ConfigureAwait(false);
        }

        await RunWithinAsync([.. calls.Except(paid)], options, money.Free, pace, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Makes calls that earlier runs have paid in part: side by side where there is plenty of money for all of them, else one after another.</summary>
    private async Task RunPaidAsync(EvaluationCall[] calls, EvaluationRunOptions options, RunMoney money, RunPace pace, CancellationToken cancellationToken)
    {
        var worst = await WorstCaseAsync(calls, CancellationToken.None).ConfigureAwait(false);
        foreach (var group in worst.IsComplete && 2 * worst.Usd <= money.Free ? [calls] : calls.Chunk(1))
        {
            var share = money.Free / group.Length;
            await Task.WhenAll(group.Select(call => RunWithinAsync([call], options, money.KnownOf(this, call) + share, pace, cancellationToken))).ConfigureAwait(false);
            await money.CountAsync(this, group, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task RunWithinAsync(IReadOnlyList<EvaluationCall> calls, EvaluationRunOptions options, decimal? maxUsd, RunPace pace, CancellationToken cancellationToken)
    {
        var pipeline = Arm.Runtime.StartPipeline(
            PipelineName, new() { MaxUsd = maxUsd, Concurrency = options.Concurrency, Journal = _store.Journal, Unknown = options.Unknown }, CancellationToken.None);
        await using var end = pipeline.ConfigureAwait(false);
        var items = await pipeline.MapAsync(
            Arm.Name,
            calls,
            (call, token) => cancellationToken.IsCancellationRequested ? Task.FromResult<EvaluationResult?>(null) : MeasureAsync(call, pace, token),
            static call => call.Key,
            CancellationToken.None).ConfigureAwait(false);
        lock (_results)
        {
            Problem ??= items.FirstOrDefault(static item => item.Error is not null)?.Error!.Message;
            Unknown += pipeline.Unknown;
        }
    }

    private static (string Item, string Digest, int Repeat) KeyOf(EvaluationCall call) => (call.Item.Id, call.Item.Digest, call.Repeat);

    private Task<object?> AskAsync(EvaluationCall call, CancellationToken cancellationToken) => Arm.AskAsync(call.Item, cancellationToken);

    /// <summary>What the first model of the route is sent.</summary>
    private async Task<IReadOnlyList<ChatMessage>> MessagesAsync(EvaluationItem item)
    {
        try
        {
            var explanation = await Arm.Runtime.ExplainAsync(() => Arm.AskAsync(item, CancellationToken.None)).ConfigureAwait(false);
            return explanation.Steps.SelectMany(static step => step.Models).FirstOrDefault(static model => model.Messages.Count > 0)?.Messages ?? [];
        }
        catch (InvalidOperationException)
        {
            return []; // An answer without a request: the prompt calls no model.
        }
    }

    /// <summary>Makes a call, measures its answer and keeps the result. What is no result is thrown, so that it is asked again when the run is repeated.</summary>
    private async Task<EvaluationResult?> MeasureAsync(EvaluationCall call, RunPace pace, CancellationToken cancellationToken)
    {
        // Pipelines of their own count what this call alone has done, and what its metric has.
        var own = Arm.Runtime.StartPipeline(PipelineName, cancellationToken: cancellationToken);
        await using var end = own.ConfigureAwait(false);
        var judging = Arm.Runtime.StartPipeline(PipelineName, cancellationToken: cancellationToken);
        await using var endOfJudging = judging.ConfigureAwait(false);
        var (start, isMeasured) = (TimeProvider.System.GetTimestamp(), false);
        try
        {
            var (answer, outcome) = await AnswerAsync(own, call, cancellationToken).ConfigureAwait(false);
            var elapsed = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            var measured = answer is null ? MetricOutcome.NoAnswer : await judging.RunAsync("metric", token => _metric.MeasureAsync(answer, token).AsTask(), cancellationToken).ConfigureAwait(false);
            if (measured.Score is not { } score)
            {
                Add(_broken, new(Arm.Name, call.Item.Id, call.Repeat, measured.Problem!));
                return null;
            }

            var attempts = own.Attempts;
            var accepted = attempts.LastOrDefault(attempt => attempt.Outcome == PromptErrorCode.None && IsOwn(attempt));
            var result = new EvaluationResult(Arm.Name, call.Item.Id, call.Repeat, score, outcome)
            {
                DataVersion = _data,
                ModelId = outcome == PromptErrorCode.None ? accepted?.ModelId : null,
                AnsweredModelId = outcome == PromptErrorCode.None ? accepted?.ResponseModelId : null,
                Cost = own.Cost,
                MetricCost = _metric.IsMetered ? judging.Cost : PromptCost.Unknown,
                Seconds = attempts.Any(static attempt => attempt.FromJournal) ? _store.SecondsOf(_prompt, Arm.Name, call) : elapsed,
                Requests = attempts.Count,
            };
            _store.Add(_prompt, _metric.Key, call.Item.Digest, result);
            Add(_results, result);
            isMeasured = true;
            return result;
        }
        finally
        {
            pace.Count(this, own.Cost + judging.Cost, isMeasured);
        }
    }

    private static void Add<T>(List<T> list, T value)
    {
        lock (list)
        {
            list.Add(value);
        }
    }

    /// <summary>The answer; null where the prompt rejected it, with the reason. A failure that says nothing about models is thrown.</summary>
    private async Task<(MeasuredAnswer? Answer, PromptErrorCode Outcome)> AnswerAsync(PipelineRun own, EvaluationCall call, CancellationToken cancellationToken)
    {
        object? answer;
        try
        {
            answer = await own.RunAsync("call", token => AskAsync(call, token), cancellationToken).ConfigureAwait(false);
        }
        catch (PromptException exception) when (AnswerFailure.Of(exception, own.Attempts.LastOrDefault(IsOwn)) is { } failure)
        {
            return (null, failure);
        }

        // A substitute answers where the model alone did not.
        var last = own.Attempts.LastOrDefault(IsOwn);
        if (Arm.ModelId is null || own.Attempts.Any(attempt => IsOwn(attempt) && attempt.Outcome == PromptErrorCode.None))
        {
            return (new MeasuredAnswer(call.Item, _prompt.TextOf(answer))
            {
                Value = answer,
                IsText = _prompt.AnswerType == typeof(string),
                Messages = _metric.ReadsMessages ? await MessagesAsync(call.Item).ConfigureAwait(false) : [],
            }, PromptErrorCode.None);
        }

        return last is null ? throw new PromptException(PromptErrorCode.RouteExhausted, $"No request was made to {Arm.ModelId}: the limit of the cost had no room for it, or the model was not available.")
            : AnswerFailure.IsOfAnswer(last.Outcome) ? (null, last.Outcome)
            : throw new PromptException(last.Outcome, $"{Arm.ModelId} gave no answer ({last.Outcome}), and a substitute answered.");
    }

    private bool IsOwn(PromptAttempt attempt) => attempt.Prompt.Length == 0 || attempt.Prompt == _prompt.Name;
}
