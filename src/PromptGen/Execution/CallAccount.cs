using System.Diagnostics;
using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Ledgers;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Telemetry;

namespace PromptGen.Execution;

/// <summary>The account of one call: its ledger, money, time and telemetry. Thread-safe.</summary>
internal class CallAccount : Account
{
    private readonly ModelEndpoints _endpoints;
    private CallRecording? _recording;

    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: prompts call each other without end.</exception>
    public CallAccount(PromptRuntime runtime, PromptDefinition prompt, CancellationToken cancellationToken)
        : base(runtime, prompt.Name, prompt.MaxUsd, prompt.Deadline, isShared: false, cancellationToken)
    {
        Prompt = prompt;
        _endpoints = runtime.Endpoints;
        SelfHostedOnly |= prompt.SelfHostedOnly;
        Ledger = new Ledger(Parent?.Entries);
        if (Explainer is null)
        {
            Telemetry = runtime.Telemetry.IsListenedTo ? new(runtime.Telemetry, prompt.Profile, Clock.Deadline, Parent?.Span, Cause) : null;
            _recording = runtime.CallLedger is { } ledger ? Record(ledger) : null;
        }
    }

    /// <summary>The same call under another token, for requests that are ended before the call is.</summary>
    protected CallAccount(CallAccount call, CallBudget? budget, CancellationToken cancellationToken)
        : base(call, budget, cancellationToken)
    {
        (Prompt, _endpoints, Ledger, Telemetry, _recording) = (call.Prompt, call._endpoints, call.Ledger, call.Telemetry, call._recording);
        (Arm, Previous, Steps) = (call.Arm, call.Previous, call.Steps);
    }

    public PromptDefinition Prompt { get; }

    public Ledger Ledger { get; }

    /// <summary>Reports what happens; null = nothing listens.</summary>
    public CallTelemetry? Telemetry { get; }

    public override CallRecording? Recording => _recording;

    public override ILedger Entries => Ledger;

    public override Activity? Span => Telemetry?.Span;

    /// <summary>The arm of the prompt's canary that the call has; null = it takes no part.</summary>
    public string? Arm { get; protected set; }

    /// <summary>Whether the call goes on without the requests that a budget refuses here.</summary>
    public virtual bool IsOptional => false;

    /// <summary>The last answer of an earlier step, which was rejected; null = none was, or no template names it. Set between steps only.</summary>
    public RejectedAnswer? Previous { get; set; }

    /// <summary>Knows the models that can be asked instead of one that has no room; null = all models of the step are asked.</summary>
    public StepRunner? Steps { get; set; }

    protected override bool IsCall => true;

    /// <summary>The caller wants to know the id of the call. Without a ledger the recording is only there for its id.</summary>
    public void GiveId(CallReference reference)
    {
        _recording ??= Record(null);
        reference.CallId = _recording.CallId;
    }

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
    public CallAccount Under(CancellationToken cancellationToken) => new(this, Budget, cancellationToken);

    /// <summary>A model as configuration and catalog have it now.</summary>
    public ModelEndpoint Find(ModelInfo declared) => _endpoints.Find(declared);

    /// <summary>The model whose prices hold for an answer.</summary>
    public ModelInfo PricedAs(string? responseModelId, ModelInfo asked) => _endpoints.PricedAs(responseModelId, asked, Prompt);

    private CallRecording Record(LedgerWriter? ledger) => new(ledger, Prompt, Parent?.Recording, Level, Runtime.TimeProvider.GetUtcNow())
    {
        Pipeline = Pipeline,
        Stage = Stage,
        TraceId = (Span ?? Activity.Current)?.TraceId ?? default,
        CapturesContent = ledger is { CapturesContent: true } && !SelfHostedOnly,
    };
}
