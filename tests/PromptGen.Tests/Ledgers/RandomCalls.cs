namespace PromptGen.Tests.Ledgers;

/// <summary>Calls at random, of every kind, over four days.</summary>
internal sealed class RandomCalls(int seed, DateTimeOffset start)
{
    private static readonly string[] s_prompts = ["Desk.Urgency", "Desk.Reply", "Desk.Judge"];
    private static readonly string?[] s_scopes = ["tenant-1", "tenant-2", null];
    private static readonly string[] s_pointers = ["", "/value", "/items/*/name"];
    private static readonly (string Id, Tier Tier)[] s_models = [("mini", Tier.Fast), ("haiku", Tier.Fast), ("sonnet", Tier.General), ("llama", Tier.SelfHosted)];
    private static readonly PromptErrorCode[] s_failures = [PromptErrorCode.SchemaMismatch, PromptErrorCode.InvalidJson, PromptErrorCode.NotAccepted, PromptErrorCode.RateLimited];

    private readonly Random _random = new(seed);

    public static CallRecord Answered(string id, DateTimeOffset startedAt) => new()
    {
        CallId = id,
        Prompt = s_prompts[0],
        Version = "00c0ffee",
        StartedAt = startedAt,
        Duration = TimeSpan.FromSeconds(1),
        Outcome = PromptErrorCode.None,
        ModelId = "mini",
        Tier = Tier.Fast,
        EntryTier = Tier.Fast,
        Cost = new PromptCost(0.001m, IsComplete: true),
        FullCost = new PromptCost(0.001m, IsComplete: true),
        Attempts = [Attempt(s_models[0], PromptErrorCode.None, PromptAttemptReason.Initial)],
    };

    public static List<CallVerdict> Verdicts(int seed, IReadOnlyList<CallRecord> calls)
    {
        var random = new Random(seed);
        return [.. calls.Where(_ => random.Next(4) == 0).SelectMany(call => new[] { "person", "test" }.Where(_ => random.Next(2) == 0).Select(source => new CallVerdict(call.CallId, source, random.Next(5) / 4.0)))];
    }

    public List<CallRecord> Take(int count) => [.. Enumerable.Range(0, count).Select(Next)];

    private static CallAttempt Attempt((string Id, Tier Tier) model, PromptErrorCode outcome, PromptAttemptReason reason) => new()
    {
        ModelId = model.Id,
        Provider = "openai",
        Tier = model.Tier,
        Reason = reason,
        Outcome = outcome,
        Cost = new PromptCost(0.001m, IsComplete: true),
        Duration = TimeSpan.FromSeconds(1),
    };

    private CallRecord Next(int number)
    {
        var call = Answered($"{number:x8}", start.AddMinutes(_random.Next(4 * 24 * 60))) with
        {
            Prompt = Any(s_prompts),
            Version = Any(["00c0ffee", "0badcafe"]),
            Scope = Any(s_scopes),
            Duration = TimeSpan.FromMicroseconds(_random.Next(10_000_000)),
            Agreement = _random.Next(5) == 0 ? _random.NextDouble() : null,
        };
        if (_random.Next(8) == 0)
        {
            return call with { FromCache = true, Attempts = [], Cost = PromptCost.Zero, FullCost = PromptCost.Zero, Saved = new PromptCost(0.002m, IsComplete: _random.Next(20) > 0) };
        }

        CallAttempt[] attempts = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Failed()), Attempt(Any(s_models), PromptErrorCode.None, Any(Enum.GetValues<PromptAttemptReason>()))];
        var model = attempts[^1];
        attempts[^1] = model with { Rungs = _random.Next(4) == 0 ? ["Fence"] : [] };
        var cost = new PromptCost(attempts.Sum(static attempt => attempt.Cost.Usd), _random.Next(20) > 0);
        attempts = [.. attempts.Select((attempt, i) => attempt with
        {
            InputTokens = (number + i) % 3 == 0 ? null : number,
            CachedInputTokens = (number + i) % 4 == 0 ? null : number / 2,
            OutputTokens = (number + i) % 5 == 0 ? null : number % 100,
            Cost = attempt.Cost with { IsComplete = (number + i) % 50 > 0 },
        })];
        call = call with { Attempts = attempts, Cost = cost, FullCost = cost + new PromptCost(_random.Next(3) * 0.0005m, IsComplete: true), ModelId = model.ModelId, Tier = model.Tier };
        return _random.Next(10) switch
        {
            0 => call with { Outcome = PromptErrorCode.RouteExhausted, ModelId = null, Tier = null, Attempts = attempts[..^1] },
            1 => call with { IsSubstituted = true, ModelId = null, Tier = null, Attempts = attempts[..^1] },
            _ => call,
        };
    }

    private CallAttempt Failed()
    {
        var outcome = Any(s_failures);
        return Attempt(Any(s_models), outcome, Any(Enum.GetValues<PromptAttemptReason>())) with
        {
            Violations = outcome == PromptErrorCode.SchemaMismatch ? [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Any(s_pointers))] : [],
        };
    }

    private T Any<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}
