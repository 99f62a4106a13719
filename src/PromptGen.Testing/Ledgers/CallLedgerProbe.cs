using System.Text.Json;

namespace PromptGen.Testing;

/// <summary>A ledger that is checked, with names and ids that no other check uses.</summary>
internal sealed class CallLedgerProbe(string guarantee, ICallLedger ledger)
{
    /// <summary>A moment in whole milliseconds, which every store can keep.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly string _own = Guid.NewGuid().ToString("N");

    public ICallLedger Ledger => ledger;

    /// <summary>The name of the prompt of this check.</summary>
    public string Prompt => "Check." + _own;

    /// <summary>All calls of this check.</summary>
    public CallFilter All => new() { Prompt = Prompt };

    public string Id(int number) => $"{_own}-{number:x8}";

    /// <summary>A call that a model answered at once.</summary>
    public CallRecord Call(int number, int seconds = 0) => new()
    {
        CallId = Id(number),
        Prompt = Prompt,
        Version = "00c0ffee",
        StartedAt = Start.AddSeconds(seconds),
        Duration = TimeSpan.FromMilliseconds(1_500),
        Outcome = PromptErrorCode.None,
        ModelId = "mini",
        Tier = Tier.Fast,
        EntryTier = Tier.Fast,
        Cost = new PromptCost(0.0025m, IsComplete: true),
        FullCost = new PromptCost(0.0025m, IsComplete: true),
        Attempts = [Attempt()],
    };

    public static CallAttempt Attempt() => new()
    {
        ModelId = "mini",
        Provider = "openai",
        Tier = Tier.Fast,
        Reason = PromptAttemptReason.Initial,
        Outcome = PromptErrorCode.None,
        InputTokens = 1_000,
        OutputTokens = 200,
        Cost = new PromptCost(0.0025m, IsComplete: true),
        Duration = TimeSpan.FromMilliseconds(1_400),
    };

    public Task WriteAsync(params CallRecord[] calls) => ledger.WriteAsync(calls);

    public async Task<List<CallRecord>> ReadAsync(CallFilter filter)
    {
        var calls = new List<CallRecord>();
        await foreach (var call in ledger.ReadAsync(filter).ConfigureAwait(false))
        {
            calls.Add(call);
        }

        return calls;
    }

    /// <summary>Reads calls and compares their numbers, in order.</summary>
    public async Task FindsAsync(CallFilter filter, params int[] numbers)
    {
        var found = await ReadAsync(filter).ConfigureAwait(false);
        Same(string.Join(", ", numbers.Select(Id)), string.Join(", ", found.Select(static call => call.CallId)));
    }

    /// <summary>Compares two values by all that they hold.</summary>
    public void Same<T>(T expected, T came)
    {
        var (a, b) = (JsonSerializer.Serialize(expected), JsonSerializer.Serialize(came));
        if (a != b)
        {
            throw new CallLedgerViolationException($"{guarantee}: expected {a}, but {b} came.");
        }
    }
}
