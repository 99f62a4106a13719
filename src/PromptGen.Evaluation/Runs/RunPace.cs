namespace PromptGen.Evaluation;

/// <summary>Counts the calls of a run, and says what the rest will take. Thread-safe.</summary>
/// <param name="plans">The arms.</param>
/// <param name="options">What receives the progress.</param>
/// <param name="before">What was spent before, in USD.</param>
internal sealed class RunPace(IReadOnlyList<ArmRun> plans, EvaluationRunOptions options, decimal before)
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly int _total = plans.Sum(static plan => plan.Calls);
    private readonly int _kept = plans.Sum(static plan => plan.Kept.Count);
    private int _done;
    private int _notMeasured;
    private decimal _usd;

    /// <summary>A call has ended.</summary>
    public void Count(ArmRun plan, PromptCost cost, bool isMeasured)
    {
        EvaluationProgress progress;
        lock (options)
        {
            _done++;
            _notMeasured += isMeasured ? 0 : 1;
            _usd += cost.Usd;
            var left = _total - _kept - _done;
            progress = new(
                plan.Arm.Name, _kept + _done, _total, _notMeasured, before + _usd, before + _usd + (_usd / _done * left), TimeProvider.System.GetElapsedTime(_start) / _done * left);
        }

        try
        {
            options.Progress?.Report(progress);
        }
        catch (Exception)
        {
            // A display of the progress that fails must not end the run.
        }
    }
}
