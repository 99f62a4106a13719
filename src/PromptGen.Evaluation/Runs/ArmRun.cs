namespace PromptGen.Evaluation;

/// <summary>The run of one arm: what earlier runs have measured, and the calls that are left.</summary>
internal sealed class ArmRun
{
    private readonly EvaluatedPrompt _prompt;
    private readonly EvaluationStore _store;
    private readonly AnswerMetric? _metric;
    private readonly string _data;
    private readonly int _repeats;
    private readonly List<EvaluationResult> _results;

    public ArmRun(EvaluatedPrompt prompt, EvaluationSet set, EvaluationArm arm, EvaluationStore store, EvaluationRunOptions options)
    {
        (_prompt, Arm, _store, _metric, _data, _repeats) = (prompt, arm, store, options.Metric, set.Version, options.Repeats);
        var known = store.Read(prompt, arm.Name, MetricName);
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

    /// <summary>Requests of an earlier run whose outcome is not known.</summary>
    public long Unknown { get; private set; }

    /// <summary>Why the first call without a score has none; null = all have one.</summary>
    public string? Problem { get; private set; }

    private string PipelineName => $"evaluation {_prompt.Name} {_prompt.Version}";

    private string MetricName => _metric?.Name ?? "by value";

    /// <summary>Where the journal has the requests of a call.</summary>
    public JournalItem JournalItemOf(EvaluationCall call) => new(PipelineName, Arm.Name, call.Key);

    /// <summary>The most that calls can cost.</summary>
    public async Task<PromptCost> WorstCaseAsync(IReadOnlyList<EvaluationCall> calls, CancellationToken cancellationToken)
    {
        var pipeline = Arm.Runtime.StartPipeline(PipelineName, cancellationToken: cancellationToken);
        await using var end = pipeline.ConfigureAwait(false);
        return await pipeline.WorstCaseAsync(calls, AskAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many calls there are for some of the items.</summary>
    public int CallsOf(IReadOnlySet<string> items) => items.Count * _repeats;

    /// <summary>The calls for some of the items that earlier runs have not measured.</summary>
    public ArmPart PartOf(IReadOnlySet<string> items) => new(this, [.. Left.Where(call => items.Contains(call.Item.Id))]);

    /// <summary>Makes calls that are left.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="options">How.</param>
    /// <param name="maxUsd">The most that the pipeline may book; null = no limit.</param>
    /// <param name="pace">Counts the calls.</param>
    /// <param name="cancellationToken">Keeps further calls from starting. Those under way are not cancelled: their answers would be paid and lost.</param>
    public async Task RunAsync(IReadOnlyList<EvaluationCall> calls, EvaluationRunOptions options, decimal? maxUsd, RunPace pace, CancellationToken cancellationToken)
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
        cancellationToken.ThrowIfCancellationRequested();
        Problem ??= items.FirstOrDefault(static item => item.Error is not null)?.Error!.Message;
        Unknown += pipeline.Unknown;
    }

    private static (string Item, string Digest, int Repeat) KeyOf(EvaluationCall call) => (call.Item.Id, call.Item.Digest, call.Repeat);

    private Task<string> AskAsync(EvaluationCall call, CancellationToken cancellationToken) => _prompt.CallAsync(Arm.Client, call.Item, Arm.IsModelNamed ? Arm.ModelId : null, cancellationToken);

    /// <summary>Makes a call and keeps its result. What is no result is thrown, so that it is asked again when the run is repeated.</summary>
    private async Task<EvaluationResult?> MeasureAsync(EvaluationCall call, RunPace pace, CancellationToken cancellationToken)
    {
        // A pipeline of its own counts what this call alone has done.
        var own = Arm.Runtime.StartPipeline(PipelineName, cancellationToken: cancellationToken);
        await using var end = own.ConfigureAwait(false);
        var (start, isMeasured) = (TimeProvider.System.GetTimestamp(), false);
        try
        {
            var (score, outcome) = await JudgeAsync(own, call, cancellationToken).ConfigureAwait(false);
            var attempts = own.Attempts;
            var accepted = attempts.LastOrDefault(attempt => attempt.Outcome == PromptErrorCode.None && IsOwn(attempt));
            var result = new EvaluationResult(Arm.Name, call.Item.Id, call.Repeat, score, outcome)
            {
                DataVersion = _data,
                ModelId = outcome == PromptErrorCode.None ? accepted?.ModelId : null,
                AnsweredModelId = outcome == PromptErrorCode.None ? accepted?.ResponseModelId : null,
                Cost = own.Cost,
                Seconds = attempts.Any(static attempt => attempt.FromJournal) ? null : TimeProvider.System.GetElapsedTime(start).TotalSeconds,
                Requests = attempts.Count,
            };
            _store.Add(_prompt, MetricName, call.Item.Digest, result);
            lock (_results)
            {
                _results.Add(result);
            }

            isMeasured = true;
            return result;
        }
        finally
        {
            pace.Count(this, own.Cost, isMeasured);
        }
    }

    /// <summary>How right the answer is. An answer that the prompt rejects scores 0; a failure that says nothing about models is thrown.</summary>
    private async Task<(double Score, PromptErrorCode Outcome)> JudgeAsync(PipelineRun own, EvaluationCall call, CancellationToken cancellationToken)
    {
        string answer;
        try
        {
            answer = await own.RunAsync("call", token => AskAsync(call, token), cancellationToken).ConfigureAwait(false);
        }
        catch (PromptException exception) when (AnswerFailure.Of(exception, own.Attempts.LastOrDefault(IsOwn)) is { } failure)
        {
            return (0, failure);
        }

        // A substitute answers where the model alone did not.
        var last = own.Attempts.LastOrDefault(IsOwn);
        if (Arm.ModelId is null || own.Attempts.Any(attempt => IsOwn(attempt) && attempt.Outcome == PromptErrorCode.None))
        {
            return (call.Item.Score(answer, _prompt.AnswerType == typeof(string), _metric), PromptErrorCode.None);
        }

        return last is null ? throw new PromptException(PromptErrorCode.RouteExhausted, $"No request was made to {Arm.ModelId}: the limit of the cost had no room for it, or the model was not available.")
            : AnswerFailure.IsOfAnswer(last.Outcome) ? (0, last.Outcome)
            : throw new PromptException(last.Outcome, $"{Arm.ModelId} gave no answer ({last.Outcome}), and a substitute answered.");
    }

    private bool IsOwn(PromptAttempt attempt) => attempt.Prompt.Length == 0 || attempt.Prompt == _prompt.Name;
}
