using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>Generated registration in a real host.</summary>
public sealed class HostingTests
{
    private const string Good = """{"queue":"Billing","urgency":3,"confidence":0.9}""";

    [Fact]
    public async Task A_prompt_class_comes_out_of_the_container_and_answers()
    {
        await using var server = await ModelServer.StartAsync(_ => ModelReply.Text(Good));
        using var host = Host(builder => builder.AddOpenAI("test-key", server.OpenAIEndpoint).AddAnthropic("test-key", server.AnthropicEndpoint));
        await host.StartAsync();

        var desk = host.Services.GetRequiredService<Desk>();

        Assert.Equal(Queue.Billing, (await desk.TriageAsync("I was charged twice")).Value.Queue);
        Assert.Same(desk, host.Services.GetRequiredService<Desk>());
        await host.StopAsync();
    }

    [Fact]
    public async Task A_provider_that_is_not_registered_stops_the_start_with_one_error_that_names_every_prompt()
    {
        using var host = Host(builder => builder.AddOpenAI("test-key"));

        var error = await Assert.ThrowsAsync<PromptException>(() => host.StartAsync());

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.All(
            ["anthropic", "AddProvider", "Desk.TriageAsync", "Desk.AskSonnetAsync", "Desk.TriageOrAskAsync", "Desk.TriageSoonAsync"],
            word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("Desk.AskMiniAsync", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_replaces_an_id_disables_a_model_and_changes_a_price_without_recompiling()
    {
        await using var server = await ModelServer.StartAsync(_ => ModelReply.Text(Good, 100_000, 0));
        using var host = Host(
            builder => builder.AddOpenAI("test-key", server.OpenAIEndpoint).AddAnthropic("test-key", server.AnthropicEndpoint),
            ($"PromptGen:Models:{Catalog.Mini}:Id", "gpt-5-mini"),
            ($"PromptGen:Models:{Catalog.Mini}:InputPrice", "0.25"),
            ($"PromptGen:Models:{Catalog.Sonnet}:Disabled", "true"));
        var desk = host.Services.GetRequiredService<Desk>();

        var result = await desk.AskMiniAsync("I was charged twice");
        var error = await Assert.ThrowsAsync<PromptException>(() => desk.AskSonnetAsync("I was charged twice"));

        Assert.Equal("gpt-5-mini", result.ModelId);
        Assert.Equal(new PromptCost(0.025m, true), result.Cost);
        Assert.Equal("gpt-5-mini", Assert.Single(server.Requests).ModelId);
        Assert.Contains("disabled", error.Message, StringComparison.Ordinal);
    }

    private static IHost Host(Action<PromptRuntimeBuilder> prompts, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddPromptGen(prompts);
        builder.Services.AddPromptClients();
        return builder.Build();
    }
}
