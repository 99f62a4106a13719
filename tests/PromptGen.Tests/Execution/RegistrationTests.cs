using PromptGen.Routing;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

public sealed class RegistrationTests
{
    [Fact]
    public void What_is_missing_is_refused_where_it_is_passed()
    {
        Assert.Throws<ArgumentNullException>("configure", () => PromptRuntime.Create(null!));
        using var runtime = PromptRuntime.Create(static builder =>
        {
            using var client = new ScriptedChatClient();
            Assert.Throws<ArgumentException>("provider", () => builder.AddProvider(" ", _ => client));
            Assert.Throws<ArgumentNullException>("factory", () => builder.AddProvider("openai", null!));
            Assert.Throws<ArgumentException>("modelId", () => builder.AddClient("", client));
            Assert.Throws<ArgumentNullException>("client", () => builder.AddClient("mini", null!));
            Assert.Throws<ArgumentNullException>("timeProvider", () => builder.UseTimeProvider(null!));
            Assert.Throws<ArgumentNullException>("section", () => builder.UseConfiguration(null!));
            Assert.Throws<ArgumentNullException>("store", () => builder.UseBudgetStore(null!));
            Assert.Throws<ArgumentNullException>("classifier", () => builder.AddFailureClassifier(null!));
            Assert.Throws<ArgumentNullException>("loggerFactory", () => builder.UseLoggerFactory(null!));
            Assert.ThrowsAny<ArgumentException>(() => builder.AddBudget("team", -1m, BudgetPeriod.Day));
        });
        Assert.Throws<ArgumentNullException>("prompts", () => runtime.Require(null!));
    }

    [Fact]
    public async Task A_client_for_one_model_goes_before_the_provider()
    {
        using var own = new ScriptedChatClient("""{"value":3}""");
        using var desk = new Desk(builder => builder.AddClient("mini", own));

        Assert.Equal(3, (await desk.AskAsync()).Value);

        Assert.Empty(desk.Mini.Requests);
        Assert.Single(own.Requests);
    }

    [Fact]
    public async Task A_call_that_outlives_its_runtime_opens_no_client()
    {
        var desk = new Desk();
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);
        desk.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)).AsTask());

        Assert.Empty(desk.Mini.Requests);
        Assert.Throws<ObjectDisposedException>(() => desk.Runtime.Start(Sample.Prompt, CancellationToken.None));
        Assert.Throws<ObjectDisposedException>(() => desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None));
    }

    [Fact]
    public void The_models_behind_one_are_the_rest_of_its_step_and_all_later_steps()
    {
        var (first, last) = (new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku], Sample.Llama), new PromptStep(Tier.General, [Sample.Mini]));
        var prompt = Sample.Define(route: [first, Sample.General, last]);

        Assert.Equal([Sample.Haiku, Sample.Llama, Sample.Sonnet, Sample.Mini], prompt.Route[0].ModelsBehind(0));
        Assert.Equal([Sample.Sonnet, Sample.Mini], prompt.Route[0].ModelsBehind(2));
        Assert.Equal([Sample.Mini], prompt.Route[1].ModelsBehind(0));
        Assert.Empty(prompt.Route[2].ModelsBehind(0));
    }

    [Fact]
    public void What_a_prompt_sends_every_time_is_made_once()
    {
        var prompt = Sample.Define();

        Assert.Same(prompt.SchemaText, prompt.SchemaText);
        Assert.Same(prompt.SchemaFormat(SchemaDialect.OpenAI), prompt.SchemaFormat(SchemaDialect.OpenAI));
        Assert.Same(prompt.Profile, prompt.Profile);
    }

    [Fact]
    public void An_error_without_attempts_has_an_empty_ledger() => Assert.Empty(new PromptException(PromptErrorCode.Configuration, "x").Attempts);

    [Fact]
    public void A_prompt_names_each_of_its_models_once_in_the_order_of_its_route()
    {
        var route = new[] { new PromptStep(Tier.Fast, [Sample.Haiku], Sample.Mini), new PromptStep(Tier.General, [Sample.Sonnet, Sample.Haiku]) };

        Assert.Equal([Sample.Haiku, Sample.Mini, Sample.Sonnet], Sample.Define(route: route).Models);
    }
}
