using Acme.Support;
using PromptGen;
using PromptGen.AotSmoke;

// The first answer breaks the contract, the repaired one is unsure, the stronger model is sure: one call walks the whole route.
var leaf = new CannedClient(
    """{"queue":"Sales","urgency":9,"summary":"?","confidence":2}""",
    """{"queue":"Billing","urgency":3,"summary":"Charged twice","confidence":0.4}""",
    """{"queue":"Billing","urgency":4,"summary":"Refund one of two charges","confidence":0.95}""");
using var prompts = PromptRuntime.Create(builder => builder
    .AddProvider("openai", _ => leaf)
    .AddProvider("anthropic", _ => leaf)
    .AddProvider("ollama", _ => leaf));

var result = await new SupportDesk(prompts).TriageAsync("Acme", "I was charged twice.");

Console.WriteLine($"{result.Value} by {result.ModelId}");
foreach (var attempt in result.Attempts)
{
    Console.WriteLine($"  {attempt} {attempt.Cost} {string.Join("; ", attempt.Violations)}");
}

var isRight = result is { Value.Queue: Queue.Billing, Value.Urgency: 4, Tier: Tier.General, Attempts.Count: 3 }
    && result.Attempts[0].Violations.Count == 3
    && result.Attempts[1].Reason == PromptAttemptReason.Repair;
Console.WriteLine(isRight ? "as expected" : "NOT as expected");
return isRight ? 0 : 1;
