using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Catalog;

public class ConfigurationTests
{
    [Fact]
    public async Task A_disabled_model_is_not_asked_and_the_next_one_is_the_first()
    {
        using var desk = Configured(("mini:Disabled", "true"));
        desk.Haiku.Answers("""{"value":3}""");

        var result = await desk.AskAsync();

        Assert.Equal("haiku Initial None", result.Attempts.Line());
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_replaced_id_is_the_one_asked_priced_and_reported_while_the_template_stays()
    {
        using var desk = Configured(("mini:Id", "mini-2"));
        desk.Model("mini-2").Answers("""{"value":3}""", 1_000, 0);

        var result = await desk.AskAsync();

        Assert.Equal("mini-2", result.ModelId);
        Assert.Equal(new PromptCost(0.001m, true), result.Cost);
        Assert.Equal("mini-2", desk.Model("mini-2").Requests[0].Options.ModelId);
        Assert.Contains("Model: mini\n", desk.Model("mini-2").Requests[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replaced_provider_serves_the_model()
    {
        using var other = new ScriptedChatClient(static _ => """{"value":3}""");
        using var desk = new Desk(builder => builder.AddProvider("azure", _ => other).UseConfiguration(Section(("mini:Provider", "azure"))));

        var result = await desk.AskAsync();

        Assert.Equal("azure", result.Attempts[0].Provider);
        Assert.Empty(desk.Mini.Requests);
    }

    [Theory]
    [InlineData("Dialect", "gemini", SchemaDialect.Gemini)]
    [InlineData("Provider", "azure", SchemaDialect.AzureOpenAI)]
    [InlineData("Id", "mini-2", SchemaDialect.Anthropic)]
    public void The_dialect_is_replaced_and_else_goes_with_the_provider(string property, string value, SchemaDialect dialect)
    {
        var declared = new ModelInfo("mini", "openai", Tier.Fast) { Dialect = SchemaDialect.Anthropic };

        Assert.Equal(dialect, CatalogOverrides.Read(Section(($"mini:{property}", value))).Apply(declared).Dialect);
    }

    [Fact]
    public async Task Prices_are_replaced_and_read_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            using var desk = Configured(("mini:InputPrice", "2.5"), ("mini:OutputPrice", "1e1"), ("mini:CachedInputPrice", "0"));
            desk.Mini.Answers("""{"value":3}""", 1_000, 100, cachedTokens: 200);

            Assert.Equal(0.003m, (await desk.AskAsync()).Cost.Usd);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Every_price_and_limit_of_the_catalog_is_replaced_and_else_stays()
    {
        var declared = new ModelInfo("mini", "openai", Tier.Fast)
        {
            CacheWritePrice = 1m,
            LongContextFrom = 2,
            LongContextInputPrice = 3m,
            LongContextOutputPrice = 4m,
            BatchPrice = 0.5m,
            RequestsPerMinute = 6,
            TokensPerMinute = 7,
        };
        var replaced = CatalogOverrides.Read(Section(
            ("mini:CacheWritePrice", "10"), ("mini:LongContextFrom", "20"), ("mini:LongContextInputPrice", "30"), ("mini:LongContextOutputPrice", "40"),
            ("mini:BatchPrice", "0.25"), ("mini:RequestsPerMinute", "60"), ("mini:TokensPerMinute", "70")));

        Assert.Equal((10m, 20, 30m, 40m, 0.25m, 60, 70), Facts(replaced.Apply(declared)));
        Assert.Equal((1m, 2, 3m, 4m, 0.5m, 6, 7), Facts(CatalogOverrides.Read(Section(("mini:TokenFactor", "2"))).Apply(declared)));

        static (decimal?, int?, decimal?, decimal?, decimal?, int?, int?) Facts(ModelInfo model) =>
            (model.CacheWritePrice, model.LongContextFrom, model.LongContextInputPrice, model.LongContextOutputPrice, model.BatchPrice, model.RequestsPerMinute, model.TokensPerMinute);
    }

    [Fact]
    public async Task A_temperature_is_sent_to_the_models_that_accept_one()
    {
        using var desk = Configured(("haiku:AcceptsTemperature", "false"));
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.Fast) { Temperature = 0.2f };
        desk.Mini.Fails(new ProviderException(PromptErrorCode.RateLimited, TimeSpan.FromSeconds(60)));
        desk.Haiku.Answers("no").Answers("no");
        desk.Sonnet.Answers("""{"value":3}""");

        Assert.Equal("sonnet", (await desk.AskAsync(prompt)).ModelId);
        Assert.Equal(0.2f, desk.Mini.Requests[0].Options.Temperature);
        Assert.All(desk.Haiku.Requests, static request => Assert.Null(request.Options.Temperature));
        Assert.Equal(0.2f, desk.Sonnet.Requests[0].Options.Temperature);
    }

    [Fact]
    public async Task A_replaced_time_out_ends_the_attempt()
    {
        using var desk = Configured(("mini:TimeoutSeconds", "0.5"));
        desk.Mini.Hangs();
        desk.Haiku.Answers("""{"value":3}""");

        var call = desk.AskAsync();
        await desk.Mini.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal("mini Initial AttemptTimeout, haiku Fallback None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task An_id_with_colons_is_found()
    {
        using var desk = Configured(("llama3.1:70b:Disabled", "true"));
        var prompt = Sample.Define(route: new PromptGen.Routing.PromptStep(Tier.SelfHosted, [Sample.Llama]));

        var error = await desk.FailAsync(prompt);

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Contains("llama3.1:70b (disabled by configuration)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mini:Disabled", "maybe")]
    [InlineData("mini:InputPrice", "cheap")]
    [InlineData("mini:InputPrice", "-1")]
    [InlineData("mini:OutputPrice", "1e30")]
    [InlineData("mini:CachedInputPrice", "1,5")]
    [InlineData("mini:TokenFactor", "0")]
    [InlineData("mini:TokenFactor", "11")]
    [InlineData("mini:CacheWritePrice", "-1")]
    [InlineData("mini:LongContextFrom", "0")]
    [InlineData("mini:LongContextFrom", "2e5")]
    [InlineData("mini:LongContextInputPrice", "1000001")]
    [InlineData("mini:LongContextOutputPrice", "")]
    [InlineData("mini:BatchPrice", "1.5")]
    [InlineData("mini:BatchPrice", "-0.5")]
    [InlineData("mini:RequestsPerMinute", "-1")]
    [InlineData("mini:TokensPerMinute", "99999999999")]
    [InlineData("mini:TimeoutSeconds", "0")]
    [InlineData("mini:TimeoutSeconds", "NaN")]
    [InlineData("mini:Id", " ")]
    [InlineData("mini:Provider", "")]
    [InlineData("mini:SelfHosted", "1")]
    [InlineData("mini:AcceptsTemperature", "0")]
    [InlineData("mini:Dialect", "")]
    [InlineData("mini:Dialect", "1")]
    [InlineData("mini:Dialect", "Mistral")]
    [InlineData("mini:InptPrice", "1")]
    [InlineData("mini", "off")]
    public void A_value_that_cannot_be_used_ends_the_start_and_names_its_key(string key, string value)
    {
        var error = Assert.Throws<PromptException>(() => Configured((key, value)));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Contains($"'PromptGen:Models:{key}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai:RequestsPerMinute", "0", "must be a whole number above 0, not '0'")]
    [InlineData("openai:TokensPerMinute", "1e6", "must be a whole number above 0, not '1e6'")]
    [InlineData("openai:TokenPerMinute", "1", "names no property of a provider; did you mean 'TokensPerMinute'?")]
    [InlineData("openai", "60", "stands for a provider and has properties below it, not a value")]
    [InlineData("openai:RequestsPerMinute:x", "1", "must have a value, not keys below it")]
    public void A_limit_of_a_provider_that_cannot_be_used_ends_the_start_and_names_its_key(string key, string value, string problem)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new($"PromptGen:Providers:{key}", value)]).Build().GetSection("PromptGen");

        var error = Assert.Throws<PromptException>(() => new Desk(builder => builder.UseConfiguration(section)));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Contains($"'PromptGen:Providers:{key.Replace(":x", "", StringComparison.Ordinal)}' {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_counts_for_the_calls_that_start_after_it()
    {
        var source = new ReloadableSource(("PromptGen:Models:mini:InputPrice", "1"));
        using var desk = new Desk(builder => builder.UseConfiguration(source.Build()));
        var release = new TaskCompletionSource<ChatResponse>();
        desk.Mini.Then((_, _) => release.Task).Answers("""{"value":3}""", 1_000, 0);

        var before = desk.AskAsync();
        source.Set("PromptGen:Models:mini:InputPrice", "2");
        var after = await desk.AskAsync();
        release.SetResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value":3}""")) { Usage = new() { InputTokenCount = 1_000, OutputTokenCount = 0 } });

        Assert.Equal(0.001m, (await before).Cost.Usd);
        Assert.Equal(0.002m, after.Cost.Usd);
    }

    [Fact]
    public async Task A_reload_that_cannot_be_used_is_reported_and_the_former_configuration_stays()
    {
        using var log = new TestLog();
        var source = new ReloadableSource(("PromptGen:Models:mini:InputPrice", "2"));
        using var desk = new Desk(builder => builder.UseConfiguration(source.Build()).UseLoggerFactory(log));
        desk.Mini.Answers("""{"value":3}""", 1_000, 0).Answers("""{"value":3}""", 1_000, 0);

        source.Set("PromptGen:Models:mini:InputPrice", "much");
        Assert.Contains("'PromptGen:Models:mini:InputPrice'", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.Equal(0.002m, (await desk.AskAsync()).Cost.Usd);

        source.Set("PromptGen:Models:mini:InputPrice", "3");
        Assert.Equal(0.003m, (await desk.AskAsync()).Cost.Usd);
    }

    [Fact]
    public async Task A_reload_that_names_a_provider_that_is_not_registered_is_refused_too()
    {
        var source = new ReloadableSource(("PromptGen:Models:mini:Provider", "openai"));
        using var desk = new Desk(builder => builder.UseConfiguration(source.Build()));
        desk.Runtime.Require(Sample.Prompt);
        desk.Mini.Answers("""{"value":3}""");

        source.Set("PromptGen:Models:mini:Provider", "nobody");

        Assert.Equal("mini", (await desk.AskAsync()).ModelId);
    }

    [Fact]
    public async Task A_reload_keeps_the_health_of_the_models()
    {
        var source = new ReloadableSource(("PromptGen:Models:mini:InputPrice", "2"));
        using var desk = new Desk(builder => builder.UseConfiguration(source.Build()));
        desk.Mini.Fails(new ProviderException(PromptErrorCode.RateLimited, TimeSpan.FromSeconds(60)));
        desk.Haiku.Answers("""{"value":3}""").Answers("""{"value":3}""");
        await desk.AskAsync();

        source.Set("PromptGen:Models:mini:InputPrice", "3");

        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    private static Desk Configured(params (string Key, string Value)[] settings) => new(builder => builder.UseConfiguration(Section(settings)));

    private static IConfigurationSection Section(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create("PromptGen:Models:" + setting.Key, (string?)setting.Value)))
        .Build()
        .GetSection("PromptGen");

    private sealed class ReloadableSource(params (string Key, string Value)[] settings) : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationSection Build()
        {
            foreach (var (key, value) in settings)
            {
                Data[key] = value;
            }

            return new ConfigurationBuilder().Add(this).Build().GetSection("PromptGen");
        }

        public override void Set(string key, string? value)
        {
            Data[key] = value;
            OnReload();
        }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
    }
}
