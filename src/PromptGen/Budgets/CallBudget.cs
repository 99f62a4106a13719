using PromptGen.Timing;

namespace PromptGen.Budgets;

/// <summary>
/// The money of one call: reserved before each attempt, settled after it, in the call's own budget, in that of what it is part of, and in all named ones that
/// cover its prompt. Thread-safe.
/// </summary>
internal sealed class CallBudget
{
    private readonly string _prompt;
    private readonly decimal _maxUsd;
    private readonly BudgetPurse? _purse;
    private readonly CallBudget? _parent;
    private readonly bool _isShared;

    /// <summary>What is spent or reserved.</summary>
    private decimal _taken;

    /// <summary>The part of it that is not settled yet.</summary>
    private decimal _reserved;

    /// <summary>The smallest amount reserved so far, where the budget is shared; 0 = none was.</summary>
    private decimal _least;

    /// <summary>Which budget refused the latest attempt that was not made; null = none did.</summary>
    private CallBudget? _refusedBy;

    /// <summary>Ends with the next settlement; null = nothing waits for it.</summary>
    private TaskCompletionSource? _settlement;

    /// <param name="prompt">The name of the prompt or the pipeline.</param>
    /// <param name="maxUsd">The most that the call may cost; null = no limit of its own.</param>
    /// <param name="purse">The call's part in named budgets; null = there are none.</param>
    /// <param name="parent">The budget of what it is part of; null = there is none.</param>
    /// <param name="isShared">Whether calls side by side spend it, so that one waits for what the others have reserved.</param>
    public CallBudget(string prompt, decimal? maxUsd, BudgetPurse? purse, CallBudget? parent = null, bool isShared = false) =>
        (_prompt, _maxUsd, _purse, _parent, _isShared) = (prompt, maxUsd ?? decimal.MaxValue, purse, parent, isShared);

    /// <summary>Whether named budgets limit the call.</summary>
    public bool IsNamed => _purse is not null;

    /// <summary>Whether an attempt was not made because this budget, or one that it is part of, did not allow it.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>The name of the named budget that stopped the call; null = none did.</summary>
    public string? RefusedBy => _purse?.RefusedBy;

    /// <summary>Which budget other than its own stopped the call, and why; null = none did.</summary>
    public string? Refusal => _purse?.Refusal
        ?? (_refusedBy is { } other && other != this ? $"the budget of {other._prompt}, which made this call, has no room for the next attempt" : null);

    /// <summary>What is neither spent nor reserved, in this budget and those that it is part of, not below zero; null = nothing limits it.</summary>
    public decimal? Left
    {
        get
        {
            decimal left;
            lock (this)
            {
                left = _maxUsd == decimal.MaxValue ? decimal.MaxValue : Math.Max(0m, _maxUsd - _taken);
            }

            left = Math.Min(left, _parent?.Left ?? decimal.MaxValue);
            return left == decimal.MaxValue ? null : left;
        }
    }

    /// <summary>Whether an attempt was refused, and what is not spent is less than even the smallest amount reserved so far: no call can be made any more.</summary>
    public bool IsExhausted
    {
        get
        {
            lock (this)
            {
                var left = _maxUsd - (_taken - _reserved);
                if (_isShared && HasRefused && (left <= 0m || left < _least))
                {
                    return true;
                }
            }

            return _parent is { IsExhausted: true };
        }
    }

    /// <returns>The money of a call; null where nothing limits it.</returns>
    public static CallBudget? Open(string prompt, decimal? maxUsd, BudgetBook? book, CallBudget? parent, bool isShared = false)
    {
        var purse = book?.Open(prompt, parent?._purse) ?? parent?._purse?.Share();
        return maxUsd is null && purse is null && parent is null ? null : new CallBudget(prompt, maxUsd, purse, parent, isShared);
    }

    /// <param name="estimate">The most that the attempt is expected to cost; null = its model has no price, so that nothing can be checked.</param>
    /// <param name="isOptional">Whether the call goes on without the attempt: then <see cref="HasRefused"/> stays as it is.</param>
    /// <returns>False where the attempt could exceed a limit of the call; it must not be made. Else what is reserved has to be settled or released.</returns>
    public bool TryReserve(decimal? estimate, bool isOptional = false) => Reserve(estimate) is not { } by || Refuse(by, isOptional);

    /// <summary>As <see cref="TryReserve"/>; where only what other calls have reserved in a shared budget leaves no room, waits until they have settled.</summary>
    /// <param name="estimate">The most that the attempt is expected to cost; null = its model has no price, so that nothing can be checked.</param>
    /// <param name="isOptional">As for <see cref="TryReserve"/>; such an attempt does not wait.</param>
    /// <param name="clock">The time of the call, which limits the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait ended with the deadline or the token; nothing is reserved.</exception>
    public ValueTask<bool> ReserveAsync(decimal? estimate, bool isOptional, in CallClock clock, CancellationToken cancellationToken) =>
        Reserve(estimate) is not { } by ? new(true)
        : by._isShared && !isOptional ? new(AwaitRoomAsync(by, estimate ?? 0m, clock, cancellationToken))
        : new(Refuse(by, isOptional));

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
            _reserved += usd;
        }

        if (_parent?.Reserve(estimate) is { } refusing)
        {
            lock (this)
            {
                _taken -= usd;
                _reserved -= usd;
            }

            return refusing;
        }

        if (_isShared && usd > 0m)
        {
            lock (this)
            {
                _least = _least == 0m ? usd : Math.Min(_least, usd);
            }
        }

        return null;
    }

    private async Task<bool> AwaitRoomAsync(CallBudget by, decimal usd, CallClock clock, CancellationToken cancellationToken)
    {
        using var limit = clock.Limit(cancellationToken);
        CallBudget? refusing = by;
        while (refusing is not null)
        {
            if (PartOf(refusing).HoldsMoney || refusing.Settlement(usd) is not { } settlement)
            {
                return Refuse(refusing);
            }

            await settlement.WaitAsync(limit.Token).ConfigureAwait(false);
            refusing = Reserve(usd);
        }

        return true;
    }

    /// <summary>The item that the call is part of: it must not wait for what it has reserved itself.</summary>
    private CallBudget PartOf(CallBudget shared)
    {
        var part = this;
        while (part != shared && part._parent != shared && part._parent is { } parent)
        {
            part = parent;
        }

        return part;
    }

    private bool HoldsMoney
    {
        get
        {
            lock (this)
            {
                return _reserved > 0m;
            }
        }
    }

    /// <returns>A task that ends with the next settlement; null where that gives no room for the amount.</returns>
    private Task? Settlement(decimal usd)
    {
        lock (this)
        {
            return !_isShared || _taken - _reserved + usd > _maxUsd ? null
                : _taken + usd <= _maxUsd ? Task.CompletedTask
                : (_settlement ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>The attempt is not made.</summary>
    /// <returns>False.</returns>
    private bool Refuse(CallBudget by, bool isOptional = false)
    {
        for (var budget = isOptional ? null : this; budget is not null; budget = budget == by ? null : budget._parent)
        {
            (budget.HasRefused, budget._refusedBy) = (true, by);
        }

        return false;
    }

    private void Close(decimal reserved, decimal spent)
    {
        for (var budget = this; budget is not null; budget = budget._parent)
        {
            TaskCompletionSource? settlement;
            lock (budget)
            {
                budget._taken += spent - reserved;
                budget._reserved -= reserved;
                (settlement, budget._settlement) = (budget._settlement, null);
            }

            settlement?.TrySetResult();
        }
    }
}
