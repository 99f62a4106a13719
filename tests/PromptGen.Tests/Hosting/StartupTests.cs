using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PromptGen.Contracts;
using PromptGen.Hosting;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Hosting;

public class StartupTests
{
    private static readonly PromptManifest Manifest = new(
        "Acme",
        Sample.Prompt,
        new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.General));

    [Fact]
    public async Task A_host_that_lacks_a_provider_does_not_start_and_says_who_needs_it_and_what_to_write()
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        host.Services.AddSingleton(Manifest);
        host.Services.AddPromptGen(static prompts => prompts.AddProvider("openai", static _ => new ScriptedChatClient()));
        using var app = host.Build();

        var error = await Assert.ThrowsAsync<PromptException>(() => app.StartAsync());

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal(
            "A provider that prompts need is not registered. Add AddAnthropic(apiKey) of PromptGen.Anthropic, or AddProvider(\"anthropic\", modelId => …) for haiku, sonnet: needed by Desk.Reply, Desk.Urgency. "
            + "AddClient(modelId, client) serves a single model, and the configuration key PromptGen:Models:{id}:Disabled takes one out of use.",
            error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_that_forgets_AddPromptGen_ends_with_a_sentence(bool withHost)
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        PromptRegistration.AddManifest(host.Services, Manifest);
        PromptRegistration.AddManifest(host.Services, Manifest);
        using var app = host.Build();

        var error = withHost
            ? await Assert.ThrowsAsync<PromptException>(() => app.StartAsync())
            : Assert.Throws<PromptException>(() => app.Services.GetRequiredService<PromptRuntime>());

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.StartsWith("The prompt classes are registered, but PromptGen is not: call services.AddPromptGen(", error.Message, StringComparison.Ordinal);
        Assert.Single(app.Services.GetServices<PromptManifest>());
    }

    [Fact]
    public async Task A_host_with_every_provider_starts()
    {
        var host = Host.CreateEmptyApplicationBuilder(null);
        host.Services.AddPromptGen(static prompts => prompts
            .AddProvider("openai", static _ => new ScriptedChatClient())
            .AddProvider("anthropic", static _ => new ScriptedChatClient()));
        host.Services.AddSingleton(Manifest);
        using var app = host.Build();

        await app.StartAsync();

        Assert.Same(app.Services.GetRequiredService<PromptRuntime>(), app.Services.GetRequiredService<PromptRuntime>());
        await app.StopAsync();
    }

    [Fact]
    public void Taking_the_runtime_from_a_container_without_a_host_checks_as_well()
    {
        using var services = new ServiceCollection()
            .AddSingleton(Manifest)
            .AddPromptGen(static _ => { })
            .BuildServiceProvider();

        var error = Assert.Throws<PromptException>(() => services.GetRequiredService<PromptRuntime>());

        Assert.StartsWith("2 providers that prompts need are not registered. Add AddAnthropic(apiKey)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Add AddOpenAI(apiKey) of PromptGen.OpenAI, or AddProvider(\"openai\", modelId => …) for mini: needed by Desk.Urgency.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_container_Require_checks()
    {
        using var runtime = PromptRuntime.Create(static builder => builder.AddClient("mini", new ScriptedChatClient()).AddClient("haiku", new ScriptedChatClient()));

        var error = Assert.Throws<PromptException>(() => runtime.Require(Sample.Prompt));

        Assert.Contains("for sonnet: needed by Desk.Urgency", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_configuration_disables_needs_no_provider()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PromptGen:Models:haiku:Disabled"] = "true",
            ["PromptGen:Models:sonnet:Provider"] = "openai",
        }).Build();
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(Manifest)
            .AddPromptGen(static prompts => prompts.AddProvider("openai", static _ => new ScriptedChatClient()))
            .BuildServiceProvider();

        Assert.NotNull(services.GetRequiredService<PromptRuntime>());
    }

    [Fact]
    public async Task Clock_classifiers_and_clients_come_from_the_container()
    {
        var clock = new ManualTimeProvider();
        using var model = new ScriptedChatClient();
        model.Fails(new ProviderException(PromptErrorCode.RateLimited, TimeSpan.FromSeconds(1))).Answers("""{"value":3}""");
        using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IFailureClassifier>(new ProviderClassifier())
            .AddSingleton(model)
            .AddPromptGen(static (services, prompts) => prompts.AddProvider("openai", _ => services.GetRequiredService<ScriptedChatClient>()))
            .BuildServiceProvider();
        using var call = services.GetRequiredService<PromptRuntime>().Start(Sample.Prompt, CancellationToken.None);

        var step = call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)).AsTask();
        clock.Advance(await clock.WaitForTimerAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));

        Assert.True(await step);
        Assert.Equal("mini Initial RateLimited, mini Retry None", call.Result.Attempts.Line());
    }

    [Fact]
    public void A_library_and_its_program_may_both_add_providers()
    {
        using var services = new ServiceCollection()
            .AddSingleton(Manifest)
            .AddPromptGen(static prompts => prompts.AddProvider("openai", static _ => new ScriptedChatClient()))
            .AddPromptGen(static prompts => prompts.AddProvider("anthropic", static _ => new ScriptedChatClient()))
            .BuildServiceProvider();

        Assert.NotNull(services.GetRequiredService<PromptRuntime>());
        Assert.Single(services.GetServices<PromptRuntime>());
    }
}
