using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>Where a call enters its route, and the ceiling that holds whatever fails.</summary>
public sealed class RouterTests : CallTests
{
    private const string Easy = """{"value":"Easy"}""";
    private const string Hard = """{"value":"Hard"}""";

    private RoutedDesk Routed => new(Prompts);

    [Theory]
    [InlineData("I was charged twice", Mini, null)]
    [InlineData("You will hear from my Lawyer", Sonnet, "one of 2 phrases")]
    [InlineData("My lawyers say so", Mini, null)]
    [InlineData("There was a data loss", Sonnet, "one of 2 phrases")]
    [InlineData("It says:\n```\nboom\n```", Haiku, "code")]
    [InlineData("Why was I charged twice?", Mini, "IsQuestion")]
    public async Task The_first_rule_that_holds_decides(string ticket, string model, string? routedBy)
    {
        Server.Enqueue(Reply(Good));

        var result = await Routed.ByRuleAsync(ticket);

        Assert.Equal((model, routedBy), (result.ModelId, result.RoutedBy));
        AssertLedger(result.Attempts, $"{model} Initial None");
    }

    [Fact]
    public async Task A_long_text_enters_above_and_a_named_model_leads_to_the_ladder()
    {
        Server.Enqueue(Reply(Good), Reply(Broken), Reply(Broken), Reply(Good));

        var tall = await Routed.ByRuleAsync(new string('a', 200));
        var code = await Routed.ByRuleAsync("var x = f(1);\nreturn x;");

        Assert.Equal((Sonnet, "at least 50 tokens"), (tall.ModelId, tall.RoutedBy));
        Assert.Equal([$"{Haiku} Initial SchemaMismatch", $"{Haiku} Repair SchemaMismatch", $"{Sonnet} Escalation None"], Ledger(code.Attempts));
    }

    [Fact]
    public async Task The_ceiling_of_a_rule_holds_where_the_answer_is_rejected()
    {
        Server.Enqueue(Reply(Broken), Reply(Broken));

        var error = await Assert.ThrowsAsync<PromptException>(() => Routed.ByRuleAsync("Why?"));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        AssertLedger(error.Attempts, $"{Mini} Initial SchemaMismatch", $"{Mini} Repair SchemaMismatch");
    }

    [Theory]
    [InlineData(Plan.Free, Mini, "plan = Free")]
    [InlineData(Plan.Pro, Mini, "plan = Pro")]
    [InlineData(Plan.Enterprise, Sonnet, "plan = Enterprise")]
    [InlineData((Plan)7, Mini, "otherwise")]
    public async Task A_value_decides_by_its_case(Plan plan, string model, string routedBy)
    {
        Server.Enqueue(Reply(Good));

        var result = await Routed.ByPlanAsync("I was charged twice", plan);

        Assert.Equal((model, routedBy), (result.ModelId, result.RoutedBy));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(200)]
    public async Task No_fault_lifts_a_call_above_its_ceiling(int status)
    {
        // Mini and Haiku fail or answer badly; Sonnet, which is above the ceiling, is in Fallbacks and in the next step.
        Server.Enqueue([.. Enumerable.Repeat(status == 200 ? Reply(Broken) : ModelReply.Error(status), 12)]);

        var call = Routed.ByPlanAsync("I was charged twice", Plan.Free);
        await Time.AdvanceUntilAsync(call, TimeSpan.Zero, TimeSpan.FromSeconds(3)).WaitAsync(Hanging);

        var error = await Assert.ThrowsAsync<PromptException>(() => call);
        Assert.DoesNotContain(Sonnet, Asked());
        Assert.True(status == 200 || error.Message.Contains($"{Sonnet} (above the ceiling of the call)", StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public async Task A_rule_decides_before_a_value_whose_ceiling_holds_all_the_while()
    {
        Server.Enqueue(Reply(Good), Reply(Good), Reply(Good), Reply(Good));

        var free = await Routed.ByMemberAsync("My lawyer calls", new Customer("Ann", Plan.Free));
        var pro = await Routed.ByMemberAsync("My lawyer calls", new Customer("Ann", Plan.Pro));
        var enterprise = await Routed.ByMemberAsync("Hello", new Customer("Ann", Plan.Enterprise));
        var absent = await Routed.ByMemberAsync("Hello", null);

        Assert.Equal((Mini, "a phrase"), (free.ModelId, free.RoutedBy));
        Assert.Equal((Sonnet, "a phrase"), (pro.ModelId, pro.RoutedBy));
        Assert.Equal((Sonnet, "customer.Plan = Enterprise"), (enterprise.ModelId, enterprise.RoutedBy));
        Assert.Equal((Mini, "otherwise"), (absent.ModelId, absent.RoutedBy));
    }

    [Theory]
    [InlineData("short", Mini, "LevelOf = 1")]
    [InlineData("longer than twenty characters", Sonnet, "otherwise")]
    [InlineData("", Sonnet, "otherwise")]
    public async Task A_method_decides_also_below_the_first_step_and_its_failure_does_not_fail_the_call(string ticket, string model, string routedBy)
    {
        Server.Enqueue(Reply(Good));

        var result = await Routed.ByMethodAsync(ticket);

        Assert.Equal((model, routedBy), (result.ModelId, result.RoutedBy));
    }

    [Fact]
    public async Task An_entry_below_the_route_climbs_into_it()
    {
        Server.Enqueue(Reply(Broken), Reply(Broken), Reply(Good));

        var result = await Routed.ByMethodAsync("short");

        AssertLedger(result.Attempts, $"{Mini} Initial SchemaMismatch", $"{Mini} Repair SchemaMismatch", $"{Sonnet} Escalation None");
    }

    [Theory]
    [InlineData(Easy, Mini, "DifficultyAsync = Easy")]
    [InlineData(Hard, Sonnet, "DifficultyAsync = Hard")]
    [InlineData("no idea", Mini, "otherwise")]
    public async Task A_prompt_decides_and_is_in_the_ledger_with_its_cost(string verdict, string model, string routedBy)
    {
        Server.Enqueue(Reply(verdict), Reply(Good));

        var result = await Routed.ByPromptAsync("I was charged twice");

        Assert.Equal((model, routedBy), (result.ModelId, result.RoutedBy));
        AssertLedger(result.Attempts, $"{Haiku} Route {(routedBy == "otherwise" ? "InvalidJson" : "None")}", $"{model} Initial None");
        AssertCost(result, (4_000m + (model == Mini ? 2_000m : 20_000m)) / 1_000_000);
    }

    [Fact]
    public async Task A_prompt_is_not_asked_where_a_rule_decides()
    {
        Server.Enqueue(Reply(Good));

        var result = await Routed.ByPromptAsync("My lawyer calls");

        AssertLedger(result.Attempts, $"{Sonnet} Initial None");
        Assert.Equal("a phrase", result.RoutedBy);
    }

    [Fact]
    public async Task A_caller_who_cancels_while_the_router_is_asked_cancels_the_call()
    {
        using var source = new CancellationTokenSource();
        Server.Enqueue(ModelReply.Hang());

        var call = Routed.ByPromptAsync("I was charged twice", source.Token);
        var silent = await Server.WaitForRequestAsync(1);
        await source.CancelAsync();
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => call);

        await silent.WaitForAbortAsync().WaitAsync(Hanging);
        Assert.Equal(PromptErrorCode.Cancelled, Assert.IsType<PromptException>(error.InnerException).Code);
    }

    [Theory]
    [InlineData("short", Plan.Free, Mini)]
    [InlineData("long", Plan.Pro, Sonnet)]
    [InlineData("long", Plan.Free, Mini)]
    public async Task A_stream_enters_its_route_as_well(string ticket, Plan plan, string model)
    {
        Server.Enqueue(ModelReply.Text("Hello", 10, 10));

        var text = "";
        await foreach (var piece in Routed.StreamAsync(ticket == "long" ? new string('a', 200) : ticket, plan))
        {
            text += piece;
        }

        Assert.Equal("Hello", text);
        Assert.Equal([model], Asked());
    }
}
