using PromptGen.Timing;

namespace PromptGen.Budgets;

/// <summary>
/// The money of one call: reserved before each attempt, settled after it, in the call's own budget, in that of what it is part of, and in all named ones that
/// cover its prompt. Thread-safe.
/// </summary>
internal class CallBudget
{
    private readonly string _prompt;
    private readonly decimal _maxUsd;
    private readonly BudgetPurse? _purse;

    /// <summary>What is spent or reserved.</summary>
    private decimal _taken;

    /// <summary>Which budget refused the latest attempt that was not made; null = none did.</summary>
    private CallBudget? _refusedBy;

    /// <param name="prompt">The name of the prompt.</param>
    /// <param name="maxUsd">The most that the call may cost; null = no limit of its own.</param>
    /// <param name="purse">The call's part in named budgets; null = there are none.</param>
    /// <param name="parent">The budget of what it is part of; null = there is none.</param>
    public CallBudget(string prompt, decimal? maxUsd, BudgetPurse? purse, CallBudget? parent = null) =>
        (_prompt, _maxUsd, _purse, Parent) = (prompt, maxUsd ?? decimal.MaxValue, purse, parent);

    /// <summary>The money of a part of a call, in the same budgets.</summary>
    /// <param name="call">The budget of the call.</param>
    protected CallBudget(CallBudget call) => (_prompt, _maxUsd, _purse, Parent) = (call._prompt, decimal.MaxValue, call._purse, call);

    /// <summary>Whether named budgets limit the call.</summary>
    public bool IsNamed => _purse is not null;

    /// <summary>Whether an attempt was not made because this budget, or one that it is part of, did not allow it.</summary>
    public bool HasRefused => _refusedBy is not null;

    /// <summary>The name of the named budget that stopped the call; null = none did.</summary>
    public string? RefusedBy => _purse?.RefusedBy;

    /// <summary>Which budget other than its own stopped the call, and why; null = none did.</summary>
    public string? Refusal => _purse?.Refusal
        ?? (_refusedBy is { } other && other != this ? $"the budget of {other._prompt}, which made this call, has no room for the next attempt" : null);

    /// <returns>The money of a call; null where nothing limits it.</returns>
    public static CallBudget? Open(string prompt, decimal? maxUsd, BudgetBook? book, CallBudget? parent)
    {
        var purse = book?.Open(prompt, parent?._purse) ?? PurseOf(parent);
        return maxUsd is null && purse is null && parent is null ? null : new CallBudget(prompt, maxUsd, purse, parent);
    }

    /// <param name="estimate">The most that the attempt is expected to cost; null = its model has no price, so that nothing can be checked.</param>
    /// <param name="isOptional">Whether the call goes on without the attempt: then <see cref="HasRefused"/> stays as it is.</param>
    /// <returns>False where the attempt could exceed a limit of the call; it must not be made. Else what is reserved has to be settled or released.</returns>
    public bool TryReserve(decimal? estimate, bool isOptional = false) => Reserve(estimate) is not { } by || (!isOptional && Refuse(by));

    /// <summary>As <see cref="TryReserve"/>; where only what other calls have reserved in a shared budget leaves no room, waits until they have settled.</summary>
    /// <param name="estimate">The most that the attempt is expected to cost; null = its model has no price, so that nothing can be checked.</param>
    /// <param name="isOptional">Whether the call goes on without the attempt: then it does not wait.</param>
    /// <param name="clock">The time of the call, which limits the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait ended with the deadline or the token; nothing is reserved.</exception>
    public ValueTask<bool> ReserveAsync(decimal? estimate, bool isOptional, in CallClock clock, CancellationToken cancellationToken) =>
        Reserve(estimate) is not { } by ? new(true)
        : isOptional ? new(false)
        : by is SharedBudget ? new(AwaitRoomAsync(by, estimate ?? 0m, clock, cancellationToken))
        : new(Refuse(by));

    /// <summary>Reserves in the named budgets what <see cref="TryReserve"/> reserved in the call's own.</summary>
    /// <param name="usd">What was reserved.</param>
    /// <param name="isOptional">As for <see cref="TryReserve"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Why the attempt must not be made; with <see cref="PromptErrorCode.None"/> the reservation to settle, where there is money to reserve.</returns>
    public async ValueTask<(PromptErrorCode Code, BudgetReservation? Reservation)> ReserveNamedAsync(decimal usd, bool isOptional, CancellationToken cancellationToken)
    {
        var reserved = await _purse!.ReserveAsync(usd, isOptional, cancellationToken).ConfigureAwait(false);
        if (reserved.Code == PromptErrorCode.BudgetExceeded && !isOptional)
        {
            _refusedBy = this;
            for (var outer = OfRefusal; outer is not null; outer = outer.OfRefusal)
            {
                if (outer._purse?.Holds(_purse.RefusedBy) == true)
                {
                    outer._refusedBy = this;
                }
            }
        }

        return reserved;
    }

    /// <summary>Replaces a reservation by what was spent. Where that is not known the reservation stays: it may have been.</summary>
    public void Settle(decimal reserved, BudgetReservation? named, PromptCost cost)
    {
        var spent = cost.IsComplete ? cost.Usd : Math.Max(cost.Usd, reserved);
        Close(reserved, spent);

        // The named budgets of the parent are among those of the call.
        _purse?.Settle(named, spent);
    }

    /// <summary>Counts what an earlier run of a pipeline spent. The named budgets were charged then.</summary>
    /// <param name="estimate">The most that the attempt was expected to cost.</param>
    /// <param name="cost">What it cost. Where that is not known, the estimate counts.</param>
    public void Book(decimal estimate, PromptCost cost) => Close(0m, cost.IsComplete ? cost.Usd : Math.Max(cost.Usd, estimate));

    /// <summary>Gives a reservation back: its attempt was not made.</summary>
    public void Release(decimal reserved) => Close(reserved, 0m);

    /// <summary>The budget of what the call is part of; null = there is none.</summary>
    protected CallBudget? Parent { get; }

    /// <summary>Whether what it is part of goes on without the attempts that are refused here: <see cref="HasRefused"/> of that stays as it is.</summary>
    protected virtual bool IsOptional => false;

    /// <summary>The nearest shared budget that it is part of; null = there is none.</summary>
    protected SharedBudget? Outer => Parent as SharedBudget ?? Parent?.Outer;

    /// <summary>What is not spent. Under the lock of this budget.</summary>
    /// <param name="reserved">What is reserved and not settled.</param>
    protected decimal Unspent(decimal reserved) => _maxUsd - (_taken - reserved);

    /// <returns>The part of a call in the named budgets of what it is part of; null where there is none.</returns>
    protected static BudgetPurse? PurseOf(CallBudget? parent) => parent?._purse?.Share();

    /// <summary>An amount was reserved. Under the lock of this budget.</summary>
    protected virtual void Reserved(decimal usd)
    {
    }

    /// <summary>An amount is not reserved any more. Under the lock of this budget.</summary>
    /// <returns>What waits for that; null = nothing does.</returns>
    protected virtual TaskCompletionSource? Closed(decimal reserved) => null;

    /// <summary>The next budget that a refusal here is one of; null = there is none.</summary>
    private CallBudget? OfRefusal => IsOptional ? null : Parent;

    /// <returns>The budget that has no room; null = the amount is reserved.</returns>
    private CallBudget? Reserve(decimal? estimate)
    {
        var usd = estimate ?? 0m;
        lock (this)
        {
            if (estimate is not null && _taken + usd > _maxUsd)
            {
                return this;
            }

            _taken += usd;
            Reserved(usd);
        }

        var refusing = Parent?.Reserve(estimate);
        if (refusing is not null)
        {
            CloseOwn(usd, 0m);
        }

        return refusing;
    }

    private async Task<bool> AwaitRoomAsync(CallBudget by, decimal usd, CallClock clock, CancellationToken cancellationToken)
    {
        using var limit = clock.Limit(cancellationToken);
        var refusing = by;
        while (refusing is not null)
        {
            if (refusing is not SharedBudget shared || PartOf(shared) is { HoldsMoney: true } || shared.Settlement(usd) is not { } settlement)
            {
                return Refuse(refusing);
            }

            await settlement.WaitAsync(limit.Token).ConfigureAwait(false);
            refusing = Reserve(usd);
        }

        return true;
    }

    /// <summary>The item that the call is part of: it must not wait for what it has reserved itself.</summary>
    private SharedBudget? PartOf(SharedBudget shared)
    {
        var part = this;
        while (part.Parent != shared && part.Parent is { } parent)
        {
            part = parent;
        }

        return part as SharedBudget;
    }

    /// <summary>The attempt is not made.</summary>
    /// <returns>False.</returns>
    private bool Refuse(CallBudget by)
    {
        for (var budget = this; budget is not null; budget = budget == by ? null : budget.OfRefusal)
        {
            budget._refusedBy = by;
        }

        return false;
    }

    private void Close(decimal reserved, decimal spent)
    {
        for (var budget = this; budget is not null; budget = budget.Parent)
        {
            budget.CloseOwn(reserved, spent);
        }
    }

    private void CloseOwn(decimal reserved, decimal spent)
    {
        TaskCompletionSource? waiting;
        lock (this)
        {
            _taken += spent - reserved;
            waiting = Closed(reserved);
        }

        waiting?.TrySetResult();
    }
}
