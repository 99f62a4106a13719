using System.Diagnostics;
using PromptGen.Budgets;
using PromptGen.Journaling;
using PromptGen.Ledgers;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// What calls join that are made inside something: its ledger, money, time and trace. That is another call, or an item of a pipeline. What is itself made inside something
/// has that as its parent: it joins ledger and trace, and budget and deadline where these hold for it. Thread-safe.
/// </summary>
internal abstract class Account
{
    /// <summary>The most calls inside one another: prompts that call each other would otherwise do so until the stack overflows.</summary>
    public const int MostLevels = 16;

    /// <param name="runtime">The runtime.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="maxUsd">The most that may be spent; null = no limit of its own.</param>
    /// <param name="deadline">The longest time; null = no limit of its own.</param>
    /// <param name="isShared">Whether calls side by side spend the money, so that one waits for what the others have reserved.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: prompts call each other without end.</exception>
    protected Account(PromptRuntime runtime, string name, decimal? maxUsd, TimeSpan? deadline, bool isShared, CancellationToken cancellationToken)
    {
        (Runtime, CancellationToken) = (runtime, cancellationToken);
        CallBudget? budget = null;
        var ambient = AmbientCall.Current;
        Explainer = ambient?.Explainer;
        if (ambient?.Account is { } parent)
        {
            (Parent, Level) = (parent, (byte)(parent.Level + 1));
            IsInsideCall = parent.IsCall || parent.IsInsideCall;
            SelfHostedOnly = parent.SelfHostedOnly;
            FirstReason = ambient.Reason;
            if (ambient.JoinsLimits)
            {
                budget = parent.Budget;
                deadline = parent.Clock.Remaining is { } left && !(deadline < left) ? left : deadline;
            }

            if (Level > MostLevels)
            {
                throw TooDeep(name);
            }
        }

        Clock = new CallClock(runtime.TimeProvider, deadline);
        Budget = isShared ? SharedBudget.Open(name, maxUsd, budget) : CallBudget.Open(name, maxUsd, runtime.Budgets, budget);
    }

    /// <summary>The same account under another token, or with a part of the money.</summary>
    protected Account(Account account, CallBudget? budget, CancellationToken cancellationToken)
    {
        (Runtime, Parent, Clock, Explainer, Level) = (account.Runtime, account.Parent, account.Clock, account.Explainer, account.Level);
        (SelfHostedOnly, IsInsideCall, FirstReason) = (account.SelfHostedOnly, account.IsInsideCall, account.FirstReason);
        (Budget, CancellationToken) = (budget, cancellationToken);
    }

    public PromptRuntime Runtime { get; }

    /// <summary>The caller's token.</summary>
    public CancellationToken CancellationToken { get; }

    public CallClock Clock { get; }

    /// <summary>The money; null = nothing limits it.</summary>
    public CallBudget? Budget { get; }

    /// <summary>Explains calls in place of making their requests; null = they are made.</summary>
    public CallExplainer? Explainer { get; }

    /// <summary>Whether only self-hosted models may see what is sent: the prompt's own rule, or that of a call that it is part of.</summary>
    public bool SelfHostedOnly { get; protected init; }

    /// <summary>How deep inside other accounts it is, 1 = inside none.</summary>
    public byte Level { get; } = 1;

    /// <summary>The pipeline that it is part of; null = none.</summary>
    public virtual string? Pipeline => Parent?.Pipeline;

    /// <summary>The stage of that pipeline; null = none.</summary>
    public virtual string? Stage => Parent?.Stage;

    /// <summary>What a ledger records of the innermost call; null = nothing.</summary>
    public virtual CallRecording? Recording => Parent?.Recording;

    /// <summary>Why the first attempt is made.</summary>
    public PromptAttemptReason FirstReason { get; }

    /// <summary>Whether it is part of a call.</summary>
    public bool IsInsideCall { get; }

    /// <summary>The journal of the item that it is part of; null = there is none.</summary>
    public virtual ItemJournal? Journal => Parent?.Journal;

    /// <summary>The outermost call that it is part of, by its ledger.</summary>
    public ILedger OutermostCall => Parent is { IsCall: true } parent ? parent.OutermostCall : Entries;

    /// <summary>Where the attempts of calls inside are entered, too.</summary>
    public abstract ILedger Entries { get; }

    /// <summary>The span that those of calls inside belong to; null = nothing listens.</summary>
    public abstract Activity? Span { get; }

    /// <summary>Which limit has run out while a call inside was under way; <see cref="PromptErrorCode.None"/> = none has.</summary>
    public PromptErrorCode RanOut =>
        CancellationToken.IsCancellationRequested ? PromptErrorCode.Cancelled
        : Clock.Remaining == TimeSpan.Zero ? PromptErrorCode.DeadlineExceeded
        : Budget is { HasRefused: true } ? PromptErrorCode.BudgetExceeded
        : PromptErrorCode.None;

    /// <summary>What it is part of; null = nothing.</summary>
    protected Account? Parent { get; }

    /// <summary>While it is opened: the span of what started it and has ended; default = there is none.</summary>
    protected ActivityContext Cause => Parent is null && AmbientCall.Current is { } ended ? ended.Trace : default;

    /// <summary>Whether it makes requests of its own.</summary>
    protected abstract bool IsCall { get; }

    private static PromptException TooDeep(string name) => new(
        PromptErrorCode.Configuration,
        $"{name} is called inside {MostLevels} other calls. Prompts that name each other in [Fallback] or [AcceptIf] never end: let one of them name a method that is not a prompt.");
}
