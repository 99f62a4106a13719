extern alias sample;

using PromptGen.Testing;
using sample::Acme.Support;
using sample::Acme.Support.Tickets;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>What leaves the sample once a provider has a key.</summary>
public class SupportDeskProvidersTests
{
    [Fact]
    public async Task A_provider_with_a_key_is_real_and_the_others_stay_simulated()
    {
        await using var provider = await StartProviderAsync();
        var (code, text) = await RunAsync(provider, []);

        Assert.Equal(0, code);
        Assert.Contains("REAL: openai.", text, StringComparison.Ordinal);
        Assert.Contains("SIMULATED: anthropic, ollama.", text, StringComparison.Ordinal);
        Assert.Contains("The last column is estimated", text, StringComparison.Ordinal);
        Assert.All(provider.Requests, request => Assert.Equal("Bearer a-key", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Tickets_with_personal_data_and_what_people_decided_never_leave()
    {
        await using var provider = await StartProviderAsync();
        await RunAsync(provider, []);
        var sent = provider.Requests.Select(request => request.TextOf("user")).ToList();
        var tickets = TicketFile.Load();

        Assert.All(tickets, ticket => Assert.Equal(!ticket.ContainsPersonalData, sent.Exists(text => text.Contains(ticket.Text, StringComparison.Ordinal))));
        Assert.All(tickets, ticket => Assert.DoesNotContain(sent, text => text.Contains(ticket.Id, StringComparison.Ordinal) || text.Contains(ticket.Customer, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_address_that_is_none_is_explained()
    {
        await using var output = new StringWriter();
        var code = await SupportDeskApp.RunAsync([], output, variable => variable == "OLLAMA_BASE_URL" ? "localhost" : null, CancellationToken.None);

        Assert.Equal(1, code);
        Assert.Contains("OLLAMA_BASE_URL is not an http address.", output.ToString(), StringComparison.Ordinal);
    }

    private static Task<ModelServer> StartProviderAsync() =>
        ModelServer.StartAsync(_ => ModelReply.Json(new { queue = "Other", urgency = 2, summary = "Somebody writes.", confidence = 0.9 }));

    private static async Task<(int Code, string Text)> RunAsync(ModelServer openAI, string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var code = await SupportDeskApp.RunAsync(
            arguments,
            output,
            variable => variable switch
            {
                "OPENAI_API_KEY" => "a-key",
                "OPENAI_BASE_URL" => openAI.OpenAIEndpoint.ToString(),
                _ => null,
            },
            CancellationToken.None);

        return (code, output.ToString());
    }
}
