using PromptGen.Routing;

namespace PromptGen.Execution;

// Where a call enters its route: by a rule, by the value of a method, by the caller's options, or by a canary.
internal sealed partial class StepRunner
{
    private bool? _isCandidate;

    /// <summary>What decided where the call entered its route; null = nothing did.</summary>
    public string? RoutedBy { get; private set; }

    /// <summary>Enters a route whose entry no clause decides.</summary>
    public PromptStep? Enter() => _account.Prompt.Route is [var first, ..] ? Enter(new RouteEntry(first)) : null;

    /// <returns>The step at which the call enters its route; null where it may not go on.</returns>
    public PromptStep? Enter(in RouteEntry entry)
    {
        GiveId(entry.Options);
        RoutedBy = entry.RoutedBy;
        _gate.Limit(entry.Ceiling);
        var start = Choose(entry.Options) ?? entry.Start;
        if (RoutedBy is not null)
        {
            _account.Telemetry?.Routed(RoutedBy, start.Tier);
        }

        return _hardStop != PromptErrorCode.None ? null
            : _account.Prompt is { Canary: { } canary, Route: [var first, ..] } && start == first && entry.Options?.Model is null ? Draw(canary, entry)
            : start;
    }

    /// <summary>The arm that a call has where it enters at the first step; null = the prompt has no canary, or the caller names the model.</summary>
    public string? ArmAtFirstStep(in RouteEntry? entry) =>
        _account.Prompt.Canary is not { } canary || entry?.Options?.Model is not null ? null
        : IsCandidate(canary, entry ?? new RouteEntry(_account.Prompt.Route[0])) ? PromptCanary.Candidate
        : PromptCanary.Control;

    /// <summary>Writes the id of the call to the reference in the caller's options, if there is one.</summary>
    public void GiveId(PromptOptions? options)
    {
        if (options?.Call is { } reference)
        {
            _account.GiveId(reference);
        }
    }

    /// <summary>Enters the route by the value of a method, which may be a prompt. Where that fails or has no case, the call enters otherwise.</summary>
    public async ValueTask<RouteEntry> RouteByAsync<TState, T>(
        RouteEntry entry, TState state, Func<TState, CancellationToken, ValueTask<T>> source, RouteCases<T> cases, PromptStep otherwise)
    {
        (entry, _hardStop) = await RouterCall.AskAsync(_account, entry, state, source, cases, otherwise).ConfigureAwait(false);
        return _hardStop == PromptErrorCode.Cancelled ? throw Cancelled() : entry;
    }

    /// <summary>The score of a learned router that reads embeddings; null where there is no embedding.</summary>
    public async ValueTask<double?> ScoreAsync(LearnedRouter router, IReadOnlyList<string?> texts)
    {
        (var score, _hardStop) = await EmbeddedScore.AskAsync(_account, router, texts).ConfigureAwait(false);
        return _hardStop == PromptErrorCode.Cancelled ? throw Cancelled() : score;
    }

    /// <returns>The step of the model that the caller's options name; null where they name none.</returns>
    private PromptStep? Choose(PromptOptions? options)
    {
        if (options?.Tags is { } tags)
        {
            _account.Telemetry?.Tagged(tags);
        }

        if (options?.Model is not { } modelId)
        {
            return null;
        }

        var (step, broken) = ChosenModel.Find(modelId, _account, _gate.Ceiling);
        if (broken is not null)
        {
            throw Report(broken);
        }

        return step;
    }

    /// <summary>Decides whether a call that enters at the first step is the candidate's.</summary>
    private PromptStep Draw(PromptCanary canary, in RouteEntry entry)
    {
        var isCandidate = IsCandidate(canary, entry);
        _account.Join(isCandidate ? PromptCanary.Candidate : PromptCanary.Control);
        return isCandidate ? canary.Step : entry.Start;
    }

    /// <summary>Drawn once per call.</summary>
    private bool IsCandidate(PromptCanary canary, in RouteEntry entry) =>
        _isCandidate ??= (entry.PointOf(canary) ?? _account.Runtime.Resilience.Randomizer() * 100) < _account.Runtime.Canaries.Of(canary);
}
