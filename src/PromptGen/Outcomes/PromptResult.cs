namespace PromptGen;

/// <summary>An accepted answer with its ledger and cost.</summary>
/// <typeparam name="T">The output type of the prompt.</typeparam>
public sealed class PromptResult<T>
{
    private string? _callId;

    /// <summary><see cref="double.NaN"/> = no vote was won: half as large as a number that may be missing, so that the id takes no more room.</summary>
    private readonly double _agreement = double.NaN;

    /// <summary>The answer.</summary>
    public required T Value { get; init; }

    /// <summary>The id of the model that answered; empty where the <see cref="FallbackAttribute"/> method did.</summary>
    public required string ModelId { get; init; }

    /// <summary>The tier of the model that answered; where the <see cref="FallbackAttribute"/> method did, that of the last step.</summary>
    public required Tier Tier { get; init; }

    /// <summary>The ledger: every request made for the call, in the order in which they were sent, those of judges and other prompts that it called among them.</summary>
    public required IReadOnlyList<PromptAttempt> Attempts { get; init; }

    /// <summary>What all attempts cost together.</summary>
    public required PromptCost Cost { get; init; }

    /// <summary>
    /// What decided where the call entered its route, as the declaration says it, for example <c>plan = Free</c>, or <c>options</c>; null where it entered at the first step. It never holds
    /// text of an argument.
    /// </summary>
    public string? RoutedBy { get; init; }

    /// <summary>
    /// The arm of the prompt's <see cref="CanaryAttribute"/>: <c>canary</c> where the candidate answered or its answer was rejected, <c>control</c> where the step's own models
    /// were asked, also because the candidate was unavailable; null where the prompt has no canary, or the call did not enter at the first step.
    /// </summary>
    public string? Arm { get; init; }

    /// <summary>
    /// What the members of the prompt's <see cref="EnsembleAttribute"/> voted: those that were asked, in declared order, every model once before one is asked again. Also where
    /// the votes decided nothing and the route answered. Empty where the prompt has none, or a clause led the call past it.
    /// </summary>
    public IReadOnlyList<PromptVote> Votes { get; init; } = [];

    /// <summary>
    /// The weight of the votes for the winner, of the weight of all votes: above 0, at most 1. It says how far the members agree, which is no probability: models that are wrong
    /// are often wrong in the same way. Null where no vote was won.
    /// </summary>
    public double? Agreement
    {
        get => double.IsNaN(_agreement) ? null : _agreement;
        init => _agreement = value ?? double.NaN;
    }

    /// <summary>
    /// How often answers with this <see cref="Agreement"/> were right, from 0 to 1, by the file of <see cref="EnsembleAttribute.Calibration"/>. Null where there is no such file, or
    /// no vote was won.
    /// </summary>
    public double? AgreementProbability { get; init; }

    /// <summary>
    /// Whether the answer was kept from an earlier call, or is that of a call that was under way with the same arguments; see <see cref="CachedAttribute"/>. It then has cost nothing but
    /// what deciding the entry into the route has.
    /// </summary>
    public bool FromCache { get; init; }

    /// <summary>What the call has cost whose answer this is, where <see cref="FromCache"/> is true; else zero.</summary>
    public PromptCost Saved { get; init; } = PromptCost.Zero;

    /// <summary>
    /// The id of the call: with it a ledger finds the call, and takes a <see cref="CallVerdict"/> about its answer. Unique across processes; holds nothing of the call.
    /// </summary>
    public string CallId
    {
        get => CallIds.Of(ref _callId);
        init => _callId = value;
    }

    /// <summary>From the start of the call to its end, waits included.</summary>
    public required TimeSpan Duration { get; init; }
}
