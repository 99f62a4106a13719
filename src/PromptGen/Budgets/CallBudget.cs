namespace PromptGen.Budgets;

/// <summary>
/// The money of one call: reserved before each attempt, settled after it, in the call's own budget, in that of the call it is part of, and in all named ones that
/// cover its prompt. Thread-safe.
/// </summary>
internal sealed class CallBudget
{
    private readonly string _prompt;
    private readonly decimal _maxUsd;
    private readonly BudgetPurse? _purse;
    private readonly CallBudget? _parent;

    /// <summary>What is spent or reserved.</summary>
    private decimal _taken;

    /// <param name="prompt">The name of the prompt.</param>
    /// <param name="maxUsd">The most that the call may cost; null = no limit of its own.</param>
    /// <param name="purse">The call's part in named budgets; null = there are none.</param>
    /// <param name="parent">The budget of the call that it is part of; null = there is none.</param>
    public CallBudget(string prompt, decimal? maxUsd, BudgetPurse? purse, CallBudget? parent = null) =>
        (_prompt, _maxUsd, _purse, _parent) = (prompt, maxUsd ?? decimal.MaxValue, purse, parent);

    /// <summary>Whether named budgets limit the call.</summary>
    public bool IsNamed => _purse is not null;

    /// <summary>Whether an attempt was not made because this budget, or one that it is part of, did not allow it.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>The name of the named budget that stopped the call; null = none did.</summary>
    public string? RefusedBy => _purse?.RefusedBy;

    /// <summary>Which budget other than its own stopped the call, and why; null = none did.</summary>
    public string? Refusal => _purse?.Refusal
        ?? (_parent is { HasRefused: true } ? $"the budget of {_parent._prompt}, which made this call, has no room for the next attempt" : null);

    /// <returns>The money of a call; null where nothing limits it.</returns>
    public static CallBudget? Open(string prompt, decimal? maxUsd, BudgetBook? book, CallBudget? parent)
    {
        var purse = book?.Open(prompt, parent?._purse) ?? parent?._purse?.Share();
        return maxUsd is null && purse is null && parent is null ? null : new CallBudget(prompt, maxUsd, purse, parent);
    }

    /// <param name="estimate">The most that the attempt is expected to cost; null = its model has no price, so that nothing can be checked.</param>
    /// <param name="isOptional">Whether the call goes on without the attempt: then <see cref="HasRefused"/> stays as it is.</param>
    /// <returns>False where the attempt could exceed a limit of the call; it must not be made. Else what is reserved has to be settled or released.</returns>
    public bool TryReserve(decimal? estimate, bool isOptional = false)
    {
        var usd = estimate ?? 0m;
        lock (this)
        {
            if (estimate is not null && _taken + usd > _maxUsd)
            {
                HasRefused |= !isOptional;
                return false;
            }

            _taken += usd;
        }

        if (_parent is null || _parent.TryReserve(estimate, isOptional))
        {
            return true;
        }

        HasRefused |= !isOptional;
        lock (this)
        {
            _taken -= usd;
        }

        return false;
    }

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
            HasRefused = true;
            for (var outer = _parent; outer is not null; outer = outer._parent)
            {
                outer.HasRefused |= outer._purse?.Holds(_purse.RefusedBy) == true;
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

    /// <summary>Gives a reservation back: its attempt was not made.</summary>
    public void Release(decimal reserved) => Close(reserved, 0m);

    private void Close(decimal reserved, decimal spent)
    {
        for (var budget = this; budget is not null; budget = budget._parent)
        {
            lock (budget)
            {
                budget._taken += spent - reserved;
            }
        }
    }
}
