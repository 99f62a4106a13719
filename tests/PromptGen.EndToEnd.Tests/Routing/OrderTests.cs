using Microsoft.Extensions.Configuration;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>In which order the models of a step are asked.</summary>
public sealed class OrderTests : CallTests
{
    private OrderedDesk Ordered => new(Prompts);

    [Theory]
    [InlineData("1", Mini)]
    [InlineData("50", Haiku)]
    public async Task The_cheapest_is_the_one_of_the_configuration(string price, string asked)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"PromptGen:Models:{Mini}:InputPrice", (string?)price)]).Build();
        using var prompts = PromptRuntime.Create(builder => builder
            .UseTimeProvider(Time)
            .UseConfiguration(settings.GetSection("PromptGen"))
            .AddOpenAI("test-key", Server.OpenAIEndpoint)
            .AddAnthropic("test-key", Server.AnthropicEndpoint));
        Server.Enqueue(Reply(Good));

        var result = await new OrderedDesk(prompts).CheapestAsync("I was charged twice");
        var explained = await prompts.ExplainAsync(() => new OrderedDesk(prompts).CheapestAsync("I was charged twice"));

        AssertLedger(result.Attempts, $"{asked} Initial None");
        Assert.Equal(asked, explained.Steps[0].Models[0].ModelId);
    }

    [Fact]
    public async Task Another_provider_follows_the_cheapest_one_that_failed()
    {
        Server.Enqueue(ModelReply.Error(401), Reply(Good));

        var result = await Ordered.CheapestAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial Auth", $"{Haiku} Fallback None");
    }

    [Fact]
    public async Task Each_model_is_measured_before_the_fastest_is_known()
    {
        Server.Enqueue(Reply(Good), Reply(Good), Reply(Good));

        await Ordered.FastestAsync("I was charged twice");
        await Ordered.FastestAsync("I was charged twice");
        await Ordered.FastestAsync("I was charged twice");

        Assert.Equal([Mini, Haiku, Mini], Asked());
    }

    [Fact]
    public async Task A_call_goes_to_the_model_with_the_fewest_requests_in_flight()
    {
        using var source = new CancellationTokenSource();
        Server.Enqueue(ModelReply.Hang(), Reply(Good), Reply(Good));

        var first = Ordered.BalancedAsync("I was charged twice", source.Token);
        await Server.WaitForRequestAsync(1);
        await Ordered.BalancedAsync("I was charged twice");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Ordered.BalancedAsync("I was charged twice");

        Assert.Equal([Mini, Haiku, Mini], Asked());
    }

    [Fact]
    public async Task A_stream_is_in_flight_until_its_reader_leaves_it()
    {
        Server.Enqueue(ModelReply.Text("Hello", 10, 10), Reply(Good), Reply(Good));

        await foreach (var _ in Ordered.StreamAsync("I was charged twice"))
        {
            await Ordered.BalancedAsync("I was charged twice");
            break;
        }

        await Ordered.BalancedAsync("I was charged twice");

        Assert.Equal([Mini, Haiku, Mini], Asked());
    }
}
