using Acme;
using Microsoft.Extensions.DependencyInjection;
using PromptGen;
using PromptGen.Testing;

// Both providers over real HTTP; without an answer in the queue, the cheaper model breaks the contract twice and the stronger one keeps it.
await using var server = await ModelServer.StartAsync(request => ModelReply.Text(
    request.ModelId == Models.Luna && !request.TextOf("user").Contains("Ticket number") ? """{"queue":"Sales","urgency":9}""" : """{"queue":"Billing","urgency":4}"""));

var services = new ServiceCollection();
services.AddPromptGen(prompts => prompts
    .AddOpenAI("no-key", server.OpenAIEndpoint)
    .AddAnthropic("no-key", server.AnthropicEndpoint));
services.AddPromptClients();
await using var provider = services.BuildServiceProvider();
var desk = provider.GetRequiredService<SupportDesk>();
var clerk = provider.GetRequiredService<Clerk>();

var failed = 0;
void Show<T>(string what, PromptResult<T> result, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}: {result.Value} by {result.ModelId} for {result.Cost}");
    foreach (var attempt in result.Attempts)
    {
        Console.WriteLine($"         {attempt} {string.Join("; ", attempt.Violations)}{string.Join("; ", attempt.Rungs)}");
    }

    failed += holds ? 0 : 1;
}

var triage = await desk.TriageAsync("Acme", "I was charged twice");
Show("repaired, escalated to the other provider", triage, triage is { Value: { Queue: Queue.Billing, Urgency: 4 }, ModelId: Models.Sonnet, Attempts.Count: 3 });

server.Enqueue(ModelReply.Text("""{"value":[{"queue":"Billing","urgency":4},{"queue":"Account","urgency":1}]}"""));
var streamed = await desk.SplitAsync("I was charged twice and forgot my password").ToListAsync();
Console.WriteLine($"{(streamed.Count == 2 ? "ok    " : "FAILED")} streamed: {string.Join(", ", streamed)}");
failed += streamed.Count == 2 ? 0 : 1;

const string Invoice = """{"number":"INV-2031","due":"2026-12-01","lines":[{"item":"Paper","quantity":2}]}""";
server.Enqueue(ModelReply.Text(Invoice.Replace("2}", "0}")), ModelReply.Text(Invoice));
var json = await clerk.ReadAsync("…");
Show("checked against a schema file and the one it refers to", json, json.Value.GetProperty("lines")[0].GetProperty("quantity").GetInt32() == 2
    && json.Attempts[0].Violations is [{ Pointer: "/lines/0/quantity" }]);

server.Enqueue(ModelReply.Text($"Here you are:\n```json\n{Invoice.Replace("}]", "},]")}\n```"));
var invoice = await clerk.ReadInvoiceAsync("…");
Show("a schema file's type, out of a fence and in spite of a trailing comma", invoice, invoice is
    { Value: { Number: "INV-2031", Due: { Month: 12 }, Lines: [{ Item: "Paper", Quantity: 2 }] }, Attempts: [{ Rungs.Count: >= 2 }] });

server.Enqueue(ModelReply.Text("""{"value":{"amount":19.90}}"""), ModelReply.Text("""{"queue":"Account"}"""));
var refund = await clerk.DecideAsync("…");
Show("one case of a union", refund, refund.Value is Decision.Refund { Amount: 19.90m });
var forward = await clerk.DecideAsync("…");
Show("the other case, without the wrapper of a root that is no object", forward, forward is { Value: Decision.Forward { Queue: Queue.Account }, Attempts: [{ Rungs: ["Unwrapped"] }] });

server.Enqueue(ModelReply.Text("""{"from":"2026-12-24","until":"2026-12-20"}"""), ModelReply.Text("""{"from":"2026-12-20","until":"2026-12-24"}"""));
var stay = await clerk.BookAsync("…");
Show("sent back by a check of its own", stay, stay.Value.Until.Day == 24 && stay.Attempts[0].Violations is [{ Expected: var rule }] && rule.Contains("until has to be after from"));

// A journal in a file: the second run of the pipeline asks for nothing again.
var folder = Directory.CreateTempSubdirectory("promptgen-consumer-");
for (var run = 1; run <= 2; run++)
{
    await using var journal = new SqlitePromptJournal(Path.Combine(folder.FullName, "tickets.db"));
    await using var pipeline = provider.GetRequiredService<PromptRuntime>().StartPipeline("tickets", new PipelineOptions { Journal = journal });
    var before = server.Requests.Count;
    var items = await pipeline.MapAsync("triage", Enumerable.Range(1, 20), (number, token) => desk.TriageAsync("Acme", $"Ticket number {number}", token));
    var holds = items.All(static item => item.Value.Value.Urgency == 4) && server.Requests.Count - before == (run == 1 ? 20 : 0) && pipeline.Attempts.All(attempt => attempt.FromJournal == (run == 2));
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} run {run} with a journal: {items.Count} items for {pipeline.Cost}, {server.Requests.Count - before} requests");
    failed += holds ? 0 : 1;
}

folder.Delete(recursive: true);

Console.WriteLine(failed == 0 ? "as expected" : $"{failed} NOT as expected");
return failed;
