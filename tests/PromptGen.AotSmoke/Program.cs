using Acme.Support;
using Microsoft.Extensions.AI;
using PromptGen;
using PromptGen.AotSmoke;

// The first answer breaks the contract, the repaired one is unsure, the stronger model is sure: one call walks the whole route.
var leaf = new CannedClient(
    """{"queue":"Sales","urgency":9,"summary":"?","confidence":2}""",
    """{"queue":"Billing","urgency":3,"summary":"Charged twice","confidence":0.4}""",
    """{"queue":"Billing","urgency":4,"summary":"Refund one of two charges","confidence":0.95}""",
    """{"value":[{"name":"lamp","count":2},{"name":"bulb","count":6}]}""",
    """{"name":"lamp","count":2}""",
    "Hello!");
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

// Streams and a chat through the same route.
var clerk = new Clerk(prompts);
var articles = new List<Article>();
await foreach (var article in clerk.ReadAsync("two lamps, six bulbs"))
{
    articles.Add(article);
}

Article? watched = null;
await foreach (var snapshot in clerk.WatchAsync("two lamps"))
{
    watched = snapshot.Value;
}

var chat = await clerk.Chat().GetResponseAsync("Hi");
Console.WriteLine($"{string.Join(", ", articles)}; {watched}; {chat.Text}");

var areContractsRead = await Contracts.AreReadAsync();

var areStrategiesRight = await Strategist.AreRightAsync();

var areRoutersRight = await Learner.AreRightAsync();

var isRight = areContractsRead
    && areStrategiesRight
    && areRoutersRight
    && result is { Value.Queue: Queue.Billing, Value.Urgency: 4, Tier: Tier.General, Attempts.Count: 3 }
    && result.Attempts[0].Violations.Count == 3
    && result.Attempts[1].Reason == PromptAttemptReason.Repair
    && articles is [{ Name: "lamp" }, { Name: "bulb", Count: 6 }]
    && watched is { Name: "lamp", Count: 2 }
    && chat.Text == "Hello!";
Console.WriteLine(isRight ? "as expected" : "NOT as expected");
return isRight ? 0 : 1;
