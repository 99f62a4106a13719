using PromptGen.Budgets;

namespace PromptGen.Testing;

/// <summary>One promise of <see cref="IBudgetStore"/>, and how to see whether a store keeps it. Part of <see cref="BudgetStoreConformance"/>.</summary>
public sealed class BudgetStoreCheck
{
    private readonly Func<BudgetStoreProbe, Task> _check;

    internal BudgetStoreCheck(string name, bool turnsTheClock, Func<BudgetStoreProbe, Task> check)
    {
        Name = name;
        TurnsTheClock = turnsTheClock;
        _check = check;
    }

    /// <summary>The promise in one sentence; fit as the name of a test.</summary>
    public string Name { get; }

    /// <summary>Whether the check needs a store that goes by the clock handed to it. Leave it out for one with a clock of its own, such as a server's.</summary>
    public bool TurnsTheClock { get; }

    /// <summary>Tries a store. Keys are new each time, so that stores may be shared and kept.</summary>
    /// <param name="create">Makes the store, or gives one that exists. The clock stands still unless <see cref="TurnsTheClock"/>.</param>
    /// <returns>A task that ends when the store kept the promise.</returns>
    /// <exception cref="BudgetStoreViolationException">It did not; the message says what was expected and what came.</exception>
    public async Task RunAsync(Func<TimeProvider, IBudgetStore> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        var clock = new ManualTimeProvider();
        await _check(new BudgetStoreProbe(Name, create(clock), clock)).ConfigureAwait(false);
    }

    /// <summary>The promise.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
