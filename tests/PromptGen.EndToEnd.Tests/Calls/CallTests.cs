using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>What all tests of single calls start from.</summary>
public abstract class CallTests : ServerTests
{
    protected const string Good = """{"queue":"Billing","urgency":3,"confidence":0.9}""";
    protected const string Broken = """{"queue":"Sales","urgency":9,"confidence":0.9}""";
    protected const string Unsure = """{"queue":"Billing","urgency":3,"confidence":0.5}""";

    private Desk? _desk;

    protected Desk Desk => _desk ??= new Desk(Prompts);

    /// <summary>A reply with usage that is easy to price.</summary>
    protected static ModelReply Reply(string json, int input = 1_000, int output = 500, int cached = 0) =>
        ModelReply.Text(json, input, output, cached);

    /// <summary>Who was asked, in order, as the server saw it.</summary>
    protected string[] Asked() => [.. Server.Requests.Select(request => request.ModelId)];

    /// <summary>The ledger in short: model, reason, outcome.</summary>
    protected static string[] Ledger(IEnumerable<PromptAttempt> attempts) =>
        [.. attempts.Select(attempt => $"{attempt.ModelId} {attempt.Reason} {attempt.Outcome}")];

    /// <summary>Asserts what holds for every call: as many attempts as requests, in the same order, and a sum that is the sum.</summary>
    protected void AssertLedger(IReadOnlyList<PromptAttempt> attempts, params string[] expected)
    {
        Assert.Equal(expected, Ledger(attempts));
        Assert.Equal(Asked(), attempts.Select(attempt => attempt.ModelId));
    }

    protected void AssertCost(PromptResult<Triage> result, decimal usd, bool isComplete = true)
    {
        Assert.Equal(new PromptCost(usd, isComplete), result.Cost);
        Assert.Equal(result.Cost.Usd, result.Attempts.Sum(attempt => attempt.Cost.Usd));
    }

    protected const string Mini = Catalog.Mini;
    protected const string Haiku = Catalog.Haiku;
    protected const string Sonnet = Catalog.Sonnet;
}
