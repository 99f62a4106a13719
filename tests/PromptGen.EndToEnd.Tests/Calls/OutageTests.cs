using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>What a provider that is down for a while costs, and what its callers notice.</summary>
public sealed class OutageTests
{
    private const string Good = """{"queue":"Billing","urgency":3,"confidence":0.9}""";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Row8_Two_hundred_calls_into_an_outage_make_at_most_a_fifth_more_requests_and_ten()
    {
        const int Calls = 200;
        await using var server = await ModelServer.StartAsync(static _ => ModelReply.Error(500));

        // The circuit stays closed here: that the budget alone keeps the requests down is the point.
        using var prompts = Runtime(server, static options => options.MinimumThroughput = int.MaxValue);
        var desk = new Desk(prompts);

        var errors = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ =>
            Assert.ThrowsAsync<PromptException>(() => desk.AskMiniAsync("I was charged twice"))));

        Assert.InRange(server.Requests.Count, Calls, (Calls * 1.2) + 10);
        Assert.Equal(server.Requests.Count, errors.Sum(static error => error.Attempts.Count));
    }

    [Fact]
    public async Task Row8_The_circuit_ends_an_outage_for_the_calls_that_come_later()
    {
        await using var server = await ModelServer.StartAsync(static request => request.ModelId == Catalog.Mini ? ModelReply.Error(500) : ModelReply.Text(Good));
        using var prompts = Runtime(server);
        var desk = new Desk(prompts);

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(Catalog.Haiku, (await desk.TriageAsync("I was charged twice")).ModelId);
        }

        Assert.Equal(5, server.Requests.Count(static request => request.ModelId == Catalog.Mini));
    }

    [Fact]
    public async Task A_model_that_keeps_breaking_the_contract_is_skipped_and_comes_back()
    {
        var breaks = true;
        await using var server = await ModelServer.StartAsync(request =>
            ModelReply.Text(request.ModelId == Catalog.Mini && Volatile.Read(ref breaks) ? """{"queue":"Sales"}""" : Good));
        using var prompts = Runtime(server);
        var desk = new Desk(prompts);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Catalog.Sonnet, (await desk.TriageAsync("I was charged twice")).ModelId);
        }

        var passedOver = await desk.TriageAsync("I was charged twice");
        Volatile.Write(ref breaks, false);
        _time.Advance(TimeSpan.FromMinutes(1));
        var back = await desk.TriageAsync("I was charged twice");

        Assert.Equal((Catalog.Haiku, 1), (passedOver.ModelId, passedOver.Attempts.Count));
        Assert.Equal((Catalog.Mini, 1), (back.ModelId, back.Attempts.Count));
    }

    /// <summary>Retries have no delay here, so that the clock advances only where a test advances it.</summary>
    private PromptRuntime Runtime(ModelServer server, Action<ResilienceOptions>? configure = null) => PromptRuntime.Create(builder =>
    {
        builder.UseTimeProvider(_time).AddOpenAI("test-key", server.OpenAIEndpoint).AddAnthropic("test-key", server.AnthropicEndpoint);
        builder.Resilience.RetryDelay = TimeSpan.Zero;
        configure?.Invoke(builder.Resilience);
    });
}
