using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptGen.Hosting;
using PromptGen.Testing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Hosting;

/// <summary>Configuration that has no effect is reported when the runtime is made.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class UnusedConfigurationTests
{
    private static readonly (string Key, string Value)[] Unused =
    [
        ("PromptGen:Modles:mini:Disabled", "true"),
        ("PromptGen:Models:minni:InputPrice", "1"),
        ("PromptGen:Providers:opnai:RequestsPerMinute", "60"),
        ("PromptGen:Canaries:Desk.Urgency:mini", "5"),
        ("PromptGen:Budgets:team:MaxUsd", "1"),
        ("PromptGen:Budgets:team:Period", "day"),
        ("PromptGen:Budgets:team:Prompts", "Desk.*,Dsk.Urgency"),
    ];

    [Fact]
    public void One_warning_names_all_of_it_and_what_was_meant()
    {
        using var probe = new TelemetryProbe();

        using var services = Services(probe, false, Unused);
        services.GetRequiredService<PromptRuntime>();

        var line = Assert.Single(probe.Logs);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("PromptGen:Modles is no section of PromptGen; did you mean 'Models'?", line.Text, StringComparison.Ordinal);
        Assert.Contains("PromptGen:Models:minni is the model of no prompt; did you mean 'mini'?", line.Text, StringComparison.Ordinal);
        Assert.Contains("the pattern 'Dsk.Urgency' of budget 'team' matches no prompt; did you mean 'Desk.Urgency'?", line.Text, StringComparison.Ordinal);
        Assert.Contains("PromptGen:Providers:opnai is the provider of no model; did you mean 'openai'?", line.Text, StringComparison.Ordinal);
        Assert.Contains("PromptGen:Canaries:Desk.Urgency:mini is the canary of no prompt", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("'Desk.*'", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_configuration_ends_the_start()
    {
        using var probe = new TelemetryProbe();
        using var services = Services(probe, true, Unused);

        var error = Assert.Throws<PromptException>(() => services.GetRequiredService<PromptRuntime>());

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Contains("did you mean 'Models'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Configuration_that_is_used_is_not_reported(bool isStrict)
    {
        using var probe = new TelemetryProbe();
        using var services = Services(probe, isStrict, ("PromptGen:Models:MINI:InputPrice", "1"), ("PromptGen:Providers:OpenAI:TokensPerMinute", "1"), ("PromptGen:Budgets:team:MaxUsd", "1"), ("PromptGen:Budgets:team:Period", "day"));

        services.GetRequiredService<PromptRuntime>();

        Assert.Empty(probe.Logs);
    }

    [Fact]
    public void A_program_that_registers_no_prompts_has_all_models_and_patterns_still_to_come()
    {
        using var probe = new TelemetryProbe();
        using var services = Services(probe, true, withPrompts: false, ("PromptGen:Models:later:InputPrice", "1"));

        Assert.NotNull(services.GetRequiredService<PromptRuntime>());
        Assert.Empty(probe.Logs);
    }

    [Fact]
    public void A_property_that_does_not_exist_ends_the_start_and_says_what_was_meant()
    {
        using var probe = new TelemetryProbe();
        using var models = Services(probe, false, ("PromptGen:Models:mini:InptPrice", "1"));
        using var budgets = Services(probe, false, ("PromptGen:Budgets:team:MaxUds", "1"));

        Assert.Contains("; did you mean 'InputPrice'?; there are Disabled", Assert.Throws<PromptException>(() => models.GetRequiredService<PromptRuntime>()).Message, StringComparison.Ordinal);
        Assert.Contains("; did you mean 'MaxUsd'?", Assert.Throws<PromptException>(() => budgets.GetRequiredService<PromptRuntime>()).Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(TelemetryProbe probe, bool isStrict, params (string Key, string Value)[] settings) => Services(probe, isStrict, true, settings);

    private static ServiceProvider Services(TelemetryProbe probe, bool isStrict, bool withPrompts, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton<ILoggerFactory>(probe);
        if (withPrompts)
        {
            services.AddSingleton(new PromptManifest("Acme", Sample.Prompt));
        }

        return services
            .AddPromptGen(prompts =>
            {
                prompts.StrictConfiguration = isStrict;
                prompts.AddProvider("openai", static _ => new ScriptedChatClient()).AddProvider("anthropic", static _ => new ScriptedChatClient());
            })
            .BuildServiceProvider();
    }
}
