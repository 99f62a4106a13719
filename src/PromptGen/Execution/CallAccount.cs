using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// The account of one call: its ledger, money, time and telemetry. A call made inside another one has that as its parent: it joins ledger and trace, and budget
/// and deadline where these hold for it. Thread-safe.
/// </summary>
internal class CallAccount
{
    /// <summary>The most calls inside one another: prompts that call each other would otherwise do so until the stack overflows.</summary>
    public const int MostLevels = 16;

    private readonly ModelEndpoints _endpoints;
    private readonly CallAccount? _parent;
    private readonly int _level = 1;

    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: prompts call each other without end.</exception>
    public CallAccount(PromptRuntime runtime, PromptDefinition prompt, CancellationToken cancellationToken)
    {
        (Runtime, Prompt, CancellationToken) = (runtime, prompt, cancellationToken);
        _endpoints = runtime.Endpoints;
        SelfHostedOnly = prompt.SelfHostedOnly;
        var deadline = prompt.Deadline;
        CallBudget? budget = null;
        var ambient = AmbientCall.Current;
        Explainer = ambient?.Explainer;
        if (ambient?.Account is { } parent)
        {
            (_parent, _level) = (parent, parent._level + 1);
            SelfHostedOnly |= parent.SelfHostedOnly;
            FirstReason = ambient.Reason;
            if (ambient.JoinsLimits)
            {
                budget = parent.Budget;
                deadline = parent.Clock.Remaining is { } left && !(deadline < left) ? left : deadline;
            }

            if (_level > MostLevels)
            {
                throw TooDeep();
            }
        }

        Clock = new CallClock(runtime.TimeProvider, deadline);
        Budget = CallBudget.Open(prompt.Name, prompt.MaxUsd, runtime.Budgets, budget);
        Ledger = new Ledger(_parent?.Ledger);
        Telemetry = runtime.Telemetry.IsListenedTo && Explainer is null
            ? new(runtime.Telemetry, prompt.Profile, deadline, _parent?.Telemetry, _parent is null && ambient is not null ? ambient.Trace : default)
            : null;
    }

    /// <summary>The same call under another token, for requests that are ended before the call is.</summary>
    protected CallAccount(CallAccount call, CancellationToken cancellationToken)
    {
        (Runtime, Prompt, Clock, Ledger, Budget, Telemetry) = (call.Runtime, call.Prompt, call.Clock, call.Ledger, call.Budget, call.Telemetry);
        (_endpoints, _parent, _level, SelfHostedOnly, FirstReason, Arm) = (call._endpoints, call._parent, call._level, call.SelfHostedOnly, call.FirstReason, call.Arm);
        CancellationToken = cancellationToken;
        Previous = call.Previous;
    }

    public PromptRuntime Runtime { get; }

    public PromptDefinition Prompt { get; }

    /// <summary>The caller's token.</summary>
    public CancellationToken CancellationToken { get; }

    public CallClock Clock { get; }

    public Ledger Ledger { get; }

    /// <summary>The money; null = nothing limits it.</summary>
    public CallBudget? Budget { get; }

    /// <summary>Reports what happens; null = nothing listens.</summary>
    public CallTelemetry? Telemetry { get; }

    /// <summary>Whether only self-hosted models may see what this call sends: the prompt's own rule, or that of a call that it is part of.</summary>
    public bool SelfHostedOnly { get; }

    /// <summary>Explains the call in place of making its requests; null = they are made.</summary>
    public CallExplainer? Explainer { get; }

    /// <summary>Whether the call is part of another one.</summary>
    public bool IsChild => _parent is not null;

    /// <summary>Why the first attempt is made.</summary>
    public PromptAttemptReason FirstReason { get; }

    /// <summary>The arm of the prompt's canary that the call has; null = it takes no part.</summary>
    public string? Arm { get; protected set; }

    /// <summary>Whether the call goes on without the requests that a budget refuses here.</summary>
    public virtual bool IsOptional => false;

    /// <summary>The last answer of an earlier step, which was rejected; null = none was, or no template names it. Set between steps only.</summary>
    public RejectedAnswer? Previous { get; set; }

    /// <summary>Which limit of this call has run out while a call inside it was under way; <see cref="PromptErrorCode.None"/> = none has.</summary>
    public PromptErrorCode RanOut =>
        CancellationToken.IsCancellationRequested ? PromptErrorCode.Cancelled
        : Clock.Remaining == TimeSpan.Zero ? PromptErrorCode.DeadlineExceeded
        : Budget is { HasRefused: true } ? PromptErrorCode.BudgetExceeded
        : PromptErrorCode.None;

    /// <summary>The call has an arm of the prompt's canary from here on.</summary>
    public void Join(string arm)
    {
        Arm = arm;
        Telemetry?.Joined(arm);
    }

    /// <summary>Takes an accepted answer as that of the call.</summary>
    /// <returns>False where the call has one already.</returns>
    public virtual bool TryAccept() => true;

    /// <summary>The same ledger, money and time for requests that end with another token.</summary>
    public CallAccount Under(CancellationToken cancellationToken) => new(this, cancellationToken);

    /// <summary>A model as configuration and catalog have it now.</summary>
    public ModelEndpoint Find(ModelInfo declared) => _endpoints.Find(declared);

    /// <summary>The model whose prices hold for an answer.</summary>
    public ModelInfo PricedAs(string? responseModelId, ModelInfo asked) => _endpoints.PricedAs(responseModelId, asked, Prompt);

    private PromptException TooDeep() => new(
        PromptErrorCode.Configuration,
        $"{Prompt.Name} is called inside {MostLevels} other calls. Prompts that name each other in [Fallback] or [AcceptIf] never end: let one of them name a method that is not a prompt.");
}
