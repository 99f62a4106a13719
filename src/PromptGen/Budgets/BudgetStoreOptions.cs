namespace PromptGen;

/// <summary>How the runtime uses the store of its budgets.</summary>
public sealed class BudgetStoreOptions
{
    /// <summary>
    /// How long to wait for the store. After five failures in a row it is called once a second, so that a store
    /// that is down delays no call. 10 ms–1 minute; default: 250 ms.
    /// </summary>
    public TimeSpan Timeout { get; set => field = Bounds.Within(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)); } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// What happens while the store does not answer. False: calls that fall under a named budget end with
    /// <see cref="PromptErrorCode.BudgetExceeded"/> before a request is made. True: they are made, and
    /// what they cost is counted once the store is back; beyond 10,000 settlements it is not, which is logged. Default: false.
    /// </summary>
    public bool FailOpen { get; set; }

    /// <summary>
    /// After how long the store releases a reservation that was never settled, because the program has crashed. Longer than any attempt
    /// may take; a later settlement still counts. 10 s–1 day; default: 10 minutes.
    /// </summary>
    public TimeSpan ReservationLifetime { get; set => field = Bounds.Within(value, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)); } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long the disposal of the runtime waits for the store to confirm what was spent. Amounts that are not confirmed then are logged as
    /// an error. 0–5 minutes; default: 5 s.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; set => field = Bounds.Within(value, TimeSpan.Zero, TimeSpan.FromMinutes(5)); } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the store is called on the thread pool. Turned off by tests whose store never blocks.</summary>
    internal bool UseThreadPool { get; set; } = true;
}
