using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>What one call asks for: a model within the ceiling, and tags.</summary>
public sealed class OptionsTests : CallTests
{
    private OptionsDesk Options => new(Prompts);

    [Theory]
    [InlineData("I was charged twice", null, Mini, null)]
    [InlineData("I was charged twice", Mini, Mini, "options")]
    [InlineData("I was charged twice", Haiku, Haiku, "options")]
    [InlineData("I was charged twice", Sonnet, Sonnet, "options")]
    [InlineData("My lawyer calls", Haiku, Haiku, "options")]
    [InlineData("Why was I charged twice?", Haiku, Haiku, "options")]
    [InlineData("My lawyer calls", null, Sonnet, "a phrase")]
    public async Task A_call_enters_at_the_model_that_it_names(string ticket, string? named, string asked, string? routedBy)
    {
        Server.Enqueue(Reply(Good));

        var result = await Options.AskAsync(ticket, new PromptOptions { Model = named });

        Assert.Equal((asked, routedBy), (result.ModelId, result.RoutedBy));
        AssertLedger(result.Attempts, $"{asked} Initial None");
        Assert.StartsWith(asked == Haiku ? "Haiku: " + ticket : ticket, Server.Requests[0].TextOf("user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_answer_leads_from_there_to_the_next_stronger_step()
    {
        Server.Enqueue(Reply(Broken), Reply(Broken), Reply(Good));

        var result = await Options.AskAsync("I was charged twice", new PromptOptions { Model = Haiku });

        AssertLedger(result.Attempts, $"{Haiku} Initial SchemaMismatch", $"{Haiku} Repair SchemaMismatch", $"{Sonnet} Escalation None");
    }

    [Theory]
    [InlineData("Why was I charged twice?", Sonnet, "above the ceiling of the call, Fast")]
    [InlineData("I was charged twice", "gpt-17", "a model that its catalog does not have")]
    public async Task A_model_that_must_not_be_asked_ends_the_call_without_a_request(string ticket, string named, string why)
    {
        var error = await Assert.ThrowsAsync<PromptException>(() => Options.AskAsync(ticket, new PromptOptions { Model = named }));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("gpt-17", error.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task A_model_above_the_route_is_above_its_ceiling()
    {
        var error = await Assert.ThrowsAsync<PromptException>(() => Options.FastAsync(new PromptOptions { Model = Sonnet }, "I was charged twice"));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Contains($"{Sonnet}, of a tier that its route does not reach, General", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_for_self_hosted_models_reaches_no_other_one()
    {
        var error = await Assert.ThrowsAsync<PromptException>(() => Options.LocalAsync("I was charged twice", new PromptOptions { Model = Mini }));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Contains($"{Mini}, which is not self-hosted", error.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);

        Server.Enqueue(Reply(Good));
        var result = await Options.FastAsync(new PromptOptions { Model = Calls.Catalog.Llava }, "I was charged twice");
        Assert.Equal(Calls.Catalog.Llava, result.ModelId);
    }

    [Fact]
    public async Task A_router_that_is_a_prompt_is_not_asked_where_the_call_names_a_model()
    {
        Server.Enqueue(Reply(Good));

        var result = await Options.ByPromptAsync("I was charged twice", new PromptOptions { Model = Haiku });

        Assert.Equal("options", result.RoutedBy);
        AssertLedger(result.Attempts, $"{Haiku} Initial None");
    }

    [Fact]
    public async Task A_stream_enters_there_as_well()
    {
        Server.Enqueue(ModelReply.Text("Hello", 10, 10));

        var text = "";
        await foreach (var piece in Options.StreamAsync("I was charged twice", new PromptOptions { Model = Sonnet }))
        {
            text += piece;
        }

        Assert.Equal("Hello", text);
        Assert.Equal([Sonnet], Asked());
        await Assert.ThrowsAsync<PromptException>(async () =>
        {
            await foreach (var _ in Options.StreamAsync("I was charged twice", new PromptOptions { Model = "none" }))
            {
            }
        });
    }

    [Fact]
    public async Task Checks_and_substitutes_take_the_options_or_leave_them()
    {
        Server.Enqueue(Reply(Good), Reply(Good), Reply(Broken));
        var tagged = new PromptOptions { Tags = new Dictionary<string, string> { ["tenant"] = "acme", ["feature"] = "triage" } };

        var plain = await Options.CheckedAsync("I was charged twice");
        var rejected = await Options.CheckedAsync("I was charged twice", tagged);
        var queued = await Options.QueuedAsync("I was charged twice", tagged);

        Assert.Equal(Mini, plain.ModelId);
        Assert.Equal((PromptErrorCode.NotAccepted, 2), (rejected.Attempts[0].Outcome, rejected.Value.Urgency));
        Assert.Equal(("", 1), (queued.ModelId, queued.Value.Urgency));
    }

    [Fact]
    public async Task The_span_of_the_call_has_its_tags()
    {
        using var probe = new TelemetryProbe();
        Server.Enqueue(Reply(Good));

        await Options.AskAsync("I was charged twice", new PromptOptions
        {
            Model = Haiku,
            Tags = new Dictionary<string, string> { ["test"] = nameof(The_span_of_the_call_has_its_tags), ["long"] = new('x', 1_000) },
        });

        var span = probe.Call;
        Assert.Equal("options", span.GetTagItem("promptgen.routed_by"));
        Assert.Equal(nameof(The_span_of_the_call_has_its_tags), span.GetTagItem("promptgen.tag.test"));
        Assert.Equal(new string('x', PromptOptions.MaxTagValueLength), span.GetTagItem("promptgen.tag.long"));
    }
}
