using System.ClientModel;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenAI;
using PromptGen.Hosting;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Hosting;

/// <summary>Providers as programs wire them: SDK clients, options, HTTP clients and keyed services of the container, and their health.</summary>
public sealed class ProviderWiringTests : IAsyncLifetime
{
    private ModelServer _server = null!;

    public static TheoryData<string> Wirings => ["client", "credential", "options", "registered", "keyed client", "HTTP client", "keyed chat client"];

    public async ValueTask InitializeAsync() => _server = await ModelServer.StartAsync(static _ => ModelReply.Text("""{"value":3}"""));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Wirings))]
    public async Task Each_way_reaches_the_provider(string wiring)
    {
        var services = new ServiceCollection();
        var sdk = new OpenAIClient(new ApiKeyCredential("sdk"), new OpenAIClientOptions { Endpoint = _server.OpenAIEndpoint });
        var key = wiring switch
        {
            "credential" => "credential",
            "options" or "HTTP client" => "options",
            _ => "sdk",
        };
        services.Configure<OpenAIProviderOptions>("openai", options => (options.Endpoint, options.ApiKey) = (_server.OpenAIEndpoint, wiring is "options" or "HTTP client" ? "options" : null));
        services.AddHttpClient("llm", static client => client.DefaultRequestHeaders.Add("X-Team", "billing"));
        if (wiring == "registered")
        {
            services.AddSingleton(sdk);
        }

        services.AddKeyedSingleton("mine", sdk);
        services.AddKeyedSingleton<IChatClient>("mini", sdk.GetChatClient("mini").AsPromptClient());
        services.AddPromptGen(prompts => _ = wiring switch
        {
            "client" => prompts.AddOpenAI(sdk),
            "credential" => prompts.AddOpenAI(new ApiKeyCredential("credential"), new OpenAIClientOptions { Endpoint = _server.OpenAIEndpoint }),
            "keyed client" => prompts.AddOpenAI(static options => options.ClientKey = "mine"),
            "HTTP client" => prompts.AddOpenAI(static options => options.HttpClientName = "llm"),
            "keyed chat client" => prompts.AddKeyedClient("mini"),
            _ => prompts.AddOpenAI(),
        });
        await using var provider = services.BuildServiceProvider();
        using var call = provider.GetRequiredService<PromptRuntime>().Start(Sample.Prompt, CancellationToken.None);

        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));

        var request = Assert.Single(_server.Requests);
        Assert.Equal("Bearer " + key, request.Headers["Authorization"]);
        Assert.Equal(wiring == "HTTP client" ? "billing" : null, request.Headers.GetValueOrDefault("X-Team"));
    }

    [Fact]
    public async Task Anthropic_goes_through_the_HTTP_client_of_the_container_and_follows_no_redirect()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("llm", static client => client.DefaultRequestHeaders.Add("X-Team", "billing"));
        services.AddPromptGen(prompts =>
        {
            prompts.Resilience.MaxRetries = 0;
            prompts.AddAnthropic(new ClientOptions { ApiKey = "key", BaseUrl = _server.AnthropicEndpoint.ToString() }, "llm", "openai");
        });
        await using var provider = services.BuildServiceProvider();
        _server.Enqueue(ModelReply.Redirect(new Uri(_server.AnthropicEndpoint, "v1/messages")));
        using var call = provider.GetRequiredService<PromptRuntime>().Start(Sample.Prompt, CancellationToken.None);

        Assert.False(await call.TryAsync(new PromptGen.Routing.PromptStep(Tier.Fast, [Sample.Mini]), new UrgencyTemplate(Sample.Ticket)));

        Assert.All(_server.Requests, static request => Assert.Equal("billing", request.Headers["X-Team"]));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void What_is_missing_is_reported()
    {
        var none = Assert.Throws<PromptException>(() => PromptRuntime.Create(static prompts => prompts.AddOpenAI()));
        var http = Assert.Throws<PromptException>(() => PromptRuntime.Create(static prompts => prompts.AddGemini("key", configure: static options => options.HttpClientName = "llm")));
        var keyed = Assert.Throws<PromptException>(() => PromptRuntime.Create(static prompts => prompts.AddKeyedClient("mini")));
        using var runtime = PromptRuntime.Create(static _ => { });
        var provider = Assert.Throws<PromptException>(() => runtime.Require(Sample.Prompt));

        Assert.Contains("Provider 'openai' cannot be reached: it has no key", none.Message, StringComparison.Ordinal);
        Assert.Contains("services.AddHttpClient(\"llm\")", http.Message, StringComparison.Ordinal);
        Assert.Contains("AddKeyedSingleton<IChatClient>", keyed.Message, StringComparison.Ordinal);
        Assert.Contains("Add AddOpenAI(apiKey) of PromptGen.OpenAI, or AddProvider(\"openai\", modelId => …) for mini", provider.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_reports_open_circuits_and_used_up_budgets()
    {
        var model = new ScriptedChatClient(static (_, _) => throw new ProviderException(PromptErrorCode.ServerError));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new PromptManifest("Acme", Sample.Define(route: new PromptGen.Routing.PromptStep(Tier.Fast, [Sample.Mini]))));
        services.AddSingleton<IFailureClassifier>(new ProviderClassifier());
        services.AddPromptGen(prompts =>
        {
            prompts.Resilience.MaxRetries = 0;
            prompts.AddProvider("openai", _ => model).AddProvider("anthropic", static _ => new ScriptedChatClient()).AddBudget("team", 0m, BudgetPeriod.Day, prompts: "Other.*");
        });
        services.AddHealthChecks().AddPromptGen(tags: ["ready"]);
        await using var provider = services.BuildServiceProvider();
        var health = provider.GetRequiredService<HealthCheckService>();

        var before = (await health.CheckHealthAsync()).Entries["promptgen"];
        for (var i = 0; i < 50; i++)
        {
            using var call = provider.GetRequiredService<PromptRuntime>().Start(Sample.Prompt, CancellationToken.None);
            await call.TryAsync(new PromptGen.Routing.PromptStep(Tier.Fast, [Sample.Mini]), new UrgencyTemplate(Sample.Ticket));
        }

        var after = (await health.CheckHealthAsync()).Entries["promptgen"];

        Assert.Equal((HealthStatus.Degraded, "budget 'team' is used up"), (before.Status, before.Description));
        Assert.Equal(HealthStatus.Unhealthy, after.Status);
        Assert.Contains("the circuit of mini is open; budget 'team' is used up", after.Description, StringComparison.Ordinal);
        Assert.Equal("open", after.Data["circuit:mini"]);
    }

    [Fact]
    public async Task A_runtime_that_cannot_be_made_is_unhealthy()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        PromptRegistration.AddManifest(services, new PromptManifest("Acme", Sample.Prompt));
        services.AddHealthChecks().AddPromptGen();
        await using var provider = services.BuildServiceProvider();

        var entry = (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["promptgen"];

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("AddPromptGen", entry.Description, StringComparison.Ordinal);
    }
}
