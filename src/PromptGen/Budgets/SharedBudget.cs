namespace PromptGen.Budgets;

/// <summary>
/// The money that several calls side by side spend, or the part of one of them: a call waits for what the others have reserved, since most of that comes back. Thread-safe.
/// </summary>
/// <inheritdoc cref="CallBudget(string, decimal?, BudgetPurse?, CallBudget?)"/>
internal sealed class SharedBudget(string prompt, decimal? maxUsd, BudgetPurse? purse, CallBudget? parent) : CallBudget(prompt, maxUsd, purse, parent)
{
    /// <summary>What is reserved and not settled yet.</summary>
    private decimal _reserved;

    /// <summary>The smallest amount reserved so far; 0 = none was.</summary>
    private decimal _least;

    /// <summary>Ends with the next settlement; null = nothing waits for it.</summary>
    private TaskCompletionSource? _settlement;

    /// <summary>Whether an amount is reserved and not settled yet.</summary>
    public bool HoldsMoney
    {
        get
        {
            lock (this)
            {
                return _reserved > 0m;
            }
        }
    }

    /// <summary>What is neither spent nor reserved, in this budget and in those that it is part of, not below zero.</summary>
    public decimal Left
    {
        get
        {
            decimal left;
            lock (this)
            {
                left = Math.Max(0m, Unspent(0m));
            }

            return Outer is { } outer ? Math.Min(left, outer.Left) : left;
        }
    }

    /// <summary>Whether an attempt was refused, and what is not spent is less than even the smallest amount reserved so far: no call can be made any more.</summary>
    public bool IsExhausted
    {
        get
        {
            lock (this)
            {
                var left = Unspent(_reserved);
                if (HasRefused && (left <= 0m || left < _least))
                {
                    return true;
                }
            }

            return Outer is { IsExhausted: true };
        }
    }

    /// <returns>The money that calls side by side spend; null where nothing limits it.</returns>
    public static SharedBudget? Open(string prompt, decimal? maxUsd, CallBudget? parent) =>
        maxUsd is null && parent is null ? null : new SharedBudget(prompt, maxUsd, PurseOf(parent), parent);

    /// <returns>A task that ends with the next settlement, or has ended where there is room now; null where no settlement gives room for the amount.</returns>
    public Task? Settlement(decimal usd)
    {
        lock (this)
        {
            return Unspent(_reserved) < usd ? null
                : Unspent(0m) >= usd ? Task.CompletedTask
                : (_settlement ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    protected override void Reserved(decimal usd)
    {
        _reserved += usd;
        _least = usd <= 0m ? _least : _least == 0m ? usd : Math.Min(_least, usd);
    }

    protected override TaskCompletionSource? Closed(decimal reserved)
    {
        _reserved -= reserved;
        var waiting = _settlement;
        _settlement = null;
        return waiting;
    }
}
