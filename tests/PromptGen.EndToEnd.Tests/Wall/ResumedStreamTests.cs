using PromptGen.Budgets;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>
/// Rows 12–14, 16, 17, 21 and 62 for streams that resume: what breaks off after its first item is continued by another model. Every model here rejects a conversation
/// that ends with the assistant's message.
/// </summary>
public sealed class ResumedStreamTests : WallTests
{
    private const string Letter = "Dear Ada, your card was charged once only.";
    private const string Second = """{"queue":"Billing","urgency":2,"summary":"Refunded","confidence":0.95,"reference":"CD34","tags":[]}""";

    private ResumedWallDesk? _desk;

    [Theory]
    [ViaBoth("cut", "closed", "malformed", "error")]
    public async Task Row12_A_stream_that_breaks_off_is_continued_by_another_model(Via via, string fault)
    {
        foreach (var manner in new[] { "continues", "begins again", "repeats the last words" })
        {
            Answer(via, Fault(fault), delivered => manner switch
            {
                "continues" => Letter[delivered.Length..],
                "begins again" => Letter,
                _ => Letter[Letter.LastIndexOf("your", StringComparison.Ordinal)..],
            });

            var call = await Write(via);

            Assert.Null(call.Error);
            Assert.Equal(Letter, call.Text);
            Assert.Equal(2, call.Requests);
        }
    }

    [Theory]
    [ViaBoth]
    public async Task Row13_A_stream_that_stalls_is_continued_by_another_model(Via via)
    {
        Answer(via, ModelReply.Text(Letter) with { Fault = ModelFault.Stall, FaultAfter = 2 }, static _ => Letter);

        var call = Write(via);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)).WaitAsync(Hanging));

        Assert.Equal(Letter, (await call).Text);
        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [ViaBoth]
    public async Task Row16_A_whole_text_without_a_finish_reason_is_completed_by_the_same_text(Via via)
    {
        Answer(via, ModelReply.Text(Letter) with { Fault = ModelFault.NoFinishReason }, static _ => Letter);

        var call = await Write(via);

        Assert.Null(call.Error);
        Assert.Equal(Letter, call.Text);
    }

    [Theory]
    [ViaBoth]
    public async Task Row21_What_was_delivered_is_the_assistants_and_the_last_message_is_the_users(Via via)
    {
        Answer(via, Fault("cut"), static delivered => Letter[delivered.Length..]);

        await Write(via);

        var messages = Server.Requests[1].Messages;
        Assert.Equal(["system", "user", "assistant", "user"], messages.Select(static message => message.Role));
        Assert.StartsWith(messages[2].Text, Letter, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", messages[3].Text, StringComparison.Ordinal);
    }

    [Theory]
    [ViaBoth]
    public async Task Row12_An_answer_that_begins_again_and_differs_ends_the_stream_with_what_came(Via via)
    {
        Answer(via, Fault("cut"), static _ => "Dear Ada, our records CANARY show nothing.");

        var call = await Write(via);

        var error = Assert.IsType<PromptStreamException>(call.Error);
        Assert.Equal(PromptErrorCode.Truncated, error.Code);
        Assert.Equal(call.Text, error.PartialText);
        Assert.StartsWith(call.Text, Letter, StringComparison.Ordinal);
        Assert.Equal([$"{Primary(via)} Initial Truncated", $"{Backup(via)} Resume NotAccepted"], call.Ledger);
    }

    [Theory]
    [ViaBoth(401, 503)]
    public async Task Row12_Where_no_other_model_answers_the_stream_ends_with_what_came(Via via, int status)
    {
        Answer(via, Fault("cut"), static _ => Letter);
        var otherwise = Otherwise;
        Otherwise = request => request.ModelId == Primary(via) ? otherwise(request) : ModelReply.Error(status, message: ErrorText);

        var call = await Write(via);

        var error = Assert.IsType<PromptStreamException>(call.Error);
        Assert.Equal(PromptErrorCode.Truncated, error.Code);
        Assert.Equal(call.Text, error.PartialText);
        Assert.StartsWith($"{Primary(via)} Initial Truncated,{Backup(via)} Resume ", string.Join(',', call.Ledger), StringComparison.Ordinal);
        Assert.Single(Server.Requests, request => request.ModelId == Primary(via));
    }

    [Theory]
    [InlineData(Via.OpenAI, "length")]
    [InlineData(Via.OpenAI, "filter")]
    [InlineData(Via.Anthropic, "length")]
    public async Task Row12_An_end_that_the_model_set_is_not_continued(Via via, string end)
    {
        Answer(via, end == "length" ? ModelReply.Length(Letter) : ModelReply.ContentFilter(Letter), static _ => Letter);

        var call = await Write(via);

        Assert.IsType<PromptStreamException>(call.Error);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [ViaBoth]
    public async Task Row47_A_caller_who_cancels_during_the_continuation_ends_its_request(Via via)
    {
        using var cancellation = new CancellationTokenSource();
        Answer(via, Fault("cut"), static _ => Letter);
        var otherwise = Otherwise;
        Otherwise = request => request.ModelId == Primary(via) ? otherwise(request) : ModelReply.Hang();

        var call = Write(via, cancellation.Token);
        var second = await Server.WaitForRequestAsync(2).WaitAsync(Hanging);
        await cancellation.CancelAsync();

        Assert.Equal(PromptErrorCode.Cancelled, (await call).Code);
        Assert.IsType<PromptStreamException>((await call).Error!.InnerException);
        Assert.Equal([$"{Primary(via)} Initial Truncated", $"{Backup(via)} Resume Cancelled"], (await call).Ledger);
        await second.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [ViaBoth]
    public async Task Row57_Both_requests_are_paid(Via via)
    {
        var store = new InMemoryBudgetStore(Time);
        Configure = builder => builder.UseBudgetStore(store).AddBudget("wall", 1m, BudgetPeriod.Day);
        Answer(via, Fault("cut"), static _ => Letter);

        await Write(via);

        // 1,000 tokens in and 500 out at the price of the second, and of the first what Anthropic reports at the start, or the most that it can have cost.
        var continued = via == Via.OpenAI ? 0.004m : 0.002m;
        Assert.InRange((await store.GetBalanceAsync(new BudgetLimit("wall", 1m, BudgetPeriod.Day))).SpentUsd, continued + 0.00001m, continued + 0.003m);
    }

    [Theory]
    [ViaBoth("continues", "begins again")]
    public async Task Row12_A_list_that_breaks_off_is_continued_behind_its_elements(Via via, string manner)
    {
        var whole = $$"""{"value":[{{Good}},{{Second}}]}""";
        Answer(via, ModelReply.CutStream(whole, after: (Good.Length + 20) / 8), _ => manner == "continues" ? $$"""{"value":[{{Second}}]}""" : whole);

        var call = await SitOutAsync(ObserveStream(token =>
            via == Via.OpenAI ? Resumed.ListViaOpenAIAsync(Ticket, token) : Resumed.ListViaAnthropicAsync(Ticket, token)));

        Assert.Null(call.Error);
        Assert.Equal(["Charged twice", "Refunded"], call.Items!.Select(static item => ((Report)item).Summary));
        Assert.Equal($$"""{"value":[{{Good}}]}""", Server.Requests[1].Messages[^2].Text);
    }

    [Theory]
    [ViaBoth]
    public async Task Row62_A_stream_that_a_hedge_chose_and_that_breaks_off_is_continued_by_the_next_step(Via via)
    {
        Otherwise = request => request.ModelId == Primary(via) ? ModelReply.Hang()
            : request.ModelId == Backup(via) ? Fault("cut")
            : ModelReply.Text(Letter, 1_000, 500);

        var call = ObserveStream(token => via == Via.OpenAI ? Resumed.HedgedViaOpenAIAsync(Ticket, token) : Resumed.HedgedViaAnthropicAsync(Ticket, token));
        var slow = await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)).WaitAsync(Hanging));

        Assert.Equal(Letter, (await call).Text);
        Assert.Equal([Primary(via), Backup(via), Stronger], Server.Requests.Select(static request => request.ModelId));
        Assert.Equal(["system", "user", "assistant", "user"], Server.Requests[2].Messages.Select(static message => message.Role));
        await slow.WaitForAbortAsync().WaitAsync(Hanging);
    }

    private ResumedWallDesk Resumed => _desk ??= new ResumedWallDesk(CreatePrompts());

    private static ModelReply Fault(string fault) => fault switch
    {
        "cut" => ModelReply.CutStream(Letter, after: 2),
        "closed" => ModelReply.Text(Letter) with { Fault = ModelFault.CutAndClose, FaultAfter = 2 },
        "malformed" => ModelReply.Text(Letter) with { Fault = ModelFault.MalformedChunk, FaultAfter = 2 },
        _ => ModelReply.ErrorEvent("overloaded_error", Letter) with { FaultAfter = 2 },
    };

    /// <summary>What the first model answers, and what the others answer by what was delivered before.</summary>
    private void Answer(Via via, ModelReply first, Func<string, string> rest) => Otherwise = request =>
        request.Messages is [.., { Role: "assistant" }] ? ModelReply.Error(400, "invalid_prefill", message: "Prefill is not supported.")
        : request.ModelId == Primary(via) ? first
        : ModelReply.Text(rest(request.Messages is [.., { Role: "assistant", Text: var delivered }, _] ? delivered : ""), 1_000, 500);

    private Task<WallCall> Write(Via via, CancellationToken cancellationToken = default) => SitOutAsync(ObserveStream(
        token => via == Via.OpenAI ? Resumed.WriteViaOpenAIAsync(Ticket, token) : Resumed.WriteViaAnthropicAsync(Ticket, token),
        cancellationToken));
}
