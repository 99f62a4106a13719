using System.ComponentModel.DataAnnotations;
using Acme;
using Microsoft.Extensions.DependencyInjection;
using PromptGen;
using PromptGen.Testing;

// Both providers over real HTTP: the first answer breaks the contract twice, the stronger model's keeps it.
await using var server = await ModelServer.StartAsync(request => ModelReply.Text(
    request.ModelId == Models.Mini ? """{"queue":"Sales","urgency":9}""" : """{"queue":"Billing","urgency":4}"""));

var services = new ServiceCollection();
services.AddPromptGen(prompts => prompts
    .AddOpenAI("no-key", server.OpenAIEndpoint)
    .AddAnthropic("no-key", server.AnthropicEndpoint));
services.AddPromptClients();

await using var provider = services.BuildServiceProvider();
var result = await provider.GetRequiredService<SupportDesk>().TriageAsync("Acme", "I was charged twice");

Console.WriteLine($"{result.Value} by {result.ModelId} for {result.Cost}");
foreach (var attempt in result.Attempts)
{
    Console.WriteLine($"  {attempt}");
}

// A streamed list, over the same wire.
server.Enqueue(ModelReply.Text("""{"value":[{"queue":"Billing","urgency":4},{"queue":"Account","urgency":1}]}"""));
var streamed = new List<Triage>();
await foreach (var triage in provider.GetRequiredService<SupportDesk>().SplitAsync("I was charged twice and forgot my password"))
{
    Console.WriteLine(triage);
    streamed.Add(triage);
}

return streamed.Count == 2 && result is { Value: { Queue: Queue.Billing, Urgency: 4 }, ModelId: Models.Sonnet, Attempts.Count: 3 } ? 0 : 1;

namespace Acme
{
    [ModelCatalog]
    public static class Models
    {
        [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
        public const string Mini = "gpt-4o-mini-2024-07-18";

        [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
        public const string Sonnet = "claude-3-5-sonnet-20241022";
    }

    public enum Queue
    {
        Billing,
        Account,
        Technical,
    }

    public sealed record Triage(Queue Queue, [property: Range(1, 5)] int Urgency);

    public sealed partial class SupportDesk
    {
        // The file is found without being listed in the project: the package adds **/*.prompt.
        [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
        [PromptTemplate(File = "Prompts/triage.prompt")]
        [Budget(0.05), Deadline(30)]
        public partial Task<PromptResult<Triage>> TriageAsync(string product, string ticket, CancellationToken cancellationToken = default);

        [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
        [PromptTemplate("One triage for each problem in this ticket: {{ticket}}")]
        public partial IAsyncEnumerable<Triage> SplitAsync(string ticket, CancellationToken cancellationToken = default);
    }
}
