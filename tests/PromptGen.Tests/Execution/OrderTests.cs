using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

/// <summary>In which order the models of a step are asked.</summary>
public sealed class OrderTests
{
    private const string Good = """{"value":3}""";

    private static readonly ModelInfo Unpriced = new("free", "ollama", Tier.Fast);
    private static readonly ModelInfo Nano = new("nano", "openai", Tier.Fast) { InputPrice = 0.1m, OutputPrice = 0.2m };

    [Theory]
    [InlineData(StepOrder.Catalog, "free")]
    [InlineData(StepOrder.Cheapest, "nano")]
    public async Task The_lowest_price_comes_first(StepOrder order, string asked)
    {
        using var desk = new Desk();
        desk.Model(asked).Answers(Good);

        Assert.Equal(asked, (await desk.AskAsync(Ordered(order, Unpriced, Sample.Haiku, Sample.Mini, Nano))).ModelId);
    }

    [Fact]
    public async Task Another_provider_follows_one_that_failed_and_a_model_without_a_price_comes_last()
    {
        using var desk = new Desk();
        foreach (var id in (string[])["nano", "haiku", "free", "mini"])
        {
            desk.Model(id).Fails(new ProviderException(PromptErrorCode.Auth));
        }

        var error = await desk.FailAsync(Ordered(StepOrder.Cheapest, Unpriced, Sample.Haiku, Sample.Mini, Nano));

        Assert.Equal("nano Initial Auth, haiku Fallback Auth, free Fallback Auth, mini Fallback Auth", error.Attempts.Line());
    }

    [Fact]
    public async Task Prices_of_the_configuration_count()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("PromptGen:Models:mini:InputPrice", (string?)"50")]).Build();
        using var desk = new Desk(builder => builder.UseConfiguration(settings.GetSection("PromptGen")));
        desk.Haiku.Answers(Good);

        Assert.Equal("haiku", (await desk.AskAsync(Ordered(StepOrder.Cheapest, Sample.Mini, Sample.Haiku))).ModelId);
    }

    [Fact]
    public async Task Each_model_is_measured_once_and_then_the_fastest_comes_first_until_the_measurement_is_old()
    {
        using var desk = new Desk();
        var prompt = Ordered(StepOrder.Fastest, Sample.Mini, Sample.Haiku);
        for (var i = 0; i < 10; i++)
        {
            Takes(desk, desk.Mini, 4);
            Takes(desk, desk.Haiku, 2);
        }

        var asked = new List<string>();
        for (var minute = 0; minute < 7; minute++)
        {
            asked.Add((await desk.AskAsync(prompt)).ModelId);
            desk.Clock.Advance(TimeSpan.FromSeconds(50));
        }

        Assert.Equal(["mini", "haiku", "haiku", "haiku", "haiku", "haiku", "mini"], asked);
    }

    [Fact]
    public async Task A_model_that_fails_is_not_measured_again_at_once()
    {
        using var desk = new Desk();
        var prompt = Ordered(StepOrder.Fastest, Sample.Mini, Sample.Haiku);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Answers(Good);
        desk.Haiku.Answers(Good);

        Assert.Equal("mini Initial Auth, haiku Fallback None", (await desk.AskAsync(prompt)).Attempts.Line());
        Assert.Equal("haiku Initial None", (await desk.AskAsync(prompt)).Attempts.Line());
    }

    [Theory]
    [InlineData(StepOrder.Balanced)]
    [InlineData(StepOrder.Fastest)]
    public async Task A_model_that_is_working_leaves_the_next_request_to_another_one(StepOrder order)
    {
        using var desk = new Desk();
        using var source = new CancellationTokenSource();
        var prompt = Ordered(order, Sample.Mini, Sample.Haiku);
        desk.Mini.Hangs();
        desk.Haiku.Answers(Good);

        var first = desk.AskAsync(prompt, cancellationToken: source.Token);
        await desk.Mini.WaitForRequestAsync(1);
        Assert.Equal("haiku", (await desk.AskAsync(prompt)).ModelId);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.All(prompt.Models, model => Assert.Equal(0, desk.Runtime.Endpoints.Find(model).Connection!.Load!.InFlight));
    }

    [Fact]
    public async Task Nothing_is_kept_where_the_order_is_that_of_the_catalog()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Good);

        await desk.AskAsync();

        Assert.Null(desk.Runtime.Endpoints.Find(Sample.Mini).Connection!.Load);
    }

    private static void Takes(Desk desk, ScriptedChatClient model, double seconds) => model.Then((_, _) =>
    {
        desk.Clock.Advance(TimeSpan.FromSeconds(seconds));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Good)));
    });

    private static PromptDefinition<int> Ordered(StepOrder order, params ModelInfo[] models) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), new PromptStep(Tier.Fast, models)) { Order = order };
}
