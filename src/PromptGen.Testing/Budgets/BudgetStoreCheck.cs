using PromptGen.Budgets;

namespace PromptGen.Testing;

/// <summary>One guarantee of <see cref="IBudgetStore"/>, and a check of it. Part of <see cref="BudgetStoreConformance"/>.</summary>
public sealed class BudgetStoreCheck
{
    private readonly Func<BudgetStoreProbe, Task> _check;

    internal BudgetStoreCheck(string name, bool turnsTheClock, Func<BudgetStoreProbe, Task> check)
    {
        Name = name;
        TurnsTheClock = turnsTheClock;
        _check = check;
    }

    /// <summary>The guarantee in one sentence; usable as the name of a test.</summary>
    public string Name { get; }

    /// <summary>Whether the check needs a store that uses the clock passed to it. Leave it out for a store with a clock of its own, such as a server's.</summary>
    public bool TurnsTheClock { get; }

    /// <summary>Checks a store. Each run uses new keys, so stores may be shared and persistent.</summary>
    /// <param name="create">Creates the store, or returns an existing one. The clock does not advance unless <see cref="TurnsTheClock"/>.</param>
    /// <returns>A task that completes if the store passed the check.</returns>
    /// <exception cref="BudgetStoreViolationException">It did not; the message says what was expected and what came.</exception>
    public async Task RunAsync(Func<TimeProvider, IBudgetStore> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        var clock = new ManualTimeProvider();
        await _check(new BudgetStoreProbe(Name, create(clock), clock)).ConfigureAwait(false);
    }

    /// <summary>The guarantee.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
