using Microsoft.Extensions.AI;
using PromptGen.Contracts;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>A stream that breaks off after its first item and is continued by another model.</summary>
public sealed class ResumeTests
{
    private const string Whole = "Dear Ada, thank you for your letter.";

    private static readonly PromptDefinition<IReadOnlyList<int>> Elements =
        new("Desk.Urgencies", "00c0ffee", new UrgenciesContract(), Sample.Fast) { Repairs = 0, Resume = true };

    [Fact]
    public async Task Another_model_gets_what_was_delivered_and_continues_it()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").Send(ManualStream.Usage(1_000, 500)).End();
        desk.Haiku.Stream().Send(" thank you", " for your letter.").Send(ManualStream.Usage(2_000, 1_000)).Finish();
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        var items = await StreamDesk.ItemsAsync(call, Text()).ToListAsync();

        Assert.Equal(["Dear ", "Ada,", " thank you", " for your letter."], items);
        Assert.Equal("mini Initial Truncated, haiku Resume None", call.Attempts.Line());
        Assert.Equal([new PromptCost(0.002m, IsComplete: true), new PromptCost(0.01m, IsComplete: true)], call.Attempts.Select(static attempt => attempt.Cost));
        var first = Assert.Single(desk.Mini.Requests).Messages;
        var second = Assert.Single(desk.Haiku.Requests).Messages;
        Assert.Equal(first.Select(static message => (message.Role, message.Text.Replace("mini", "haiku", StringComparison.Ordinal))), second.SkipLast(2).Select(static message => (message.Role, message.Text)));
        Assert.Equal((ChatRole.Assistant, "Dear Ada,"), (second[^2].Role, second[^2].Text));
        Assert.Equal(ChatRole.User, second[^1].Role);
        Assert.DoesNotContain("Ada", second[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PromptErrorCode.Transport)]
    [InlineData(PromptErrorCode.ProtocolError)]
    [InlineData(PromptErrorCode.Overloaded)]
    [InlineData(PromptErrorCode.ServerError)]
    [InlineData(PromptErrorCode.RateLimited)]
    public async Task Whatever_makes_a_model_unavailable_has_another_one_continue(PromptErrorCode code)
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End(new ProviderException(code));
        desk.Haiku.Streams(Whole);
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        Assert.Equal(Whole, string.Concat(await StreamDesk.ItemsAsync(call, Text()).ToListAsync()));
        Assert.Equal($"mini Initial {code}, haiku Resume None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_stall_has_another_model_continue()
    {
        using var desk = new Desk();
        var stalled = desk.Mini.Stream().Send("Dear ", "Ada,");
        desk.Haiku.Streams(" thank you.");
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, Text()).ToListAsync();
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(6)));

        Assert.Equal("Dear Ada, thank you.", string.Concat(await items));
        Assert.Equal("mini Initial StreamIdleTimeout, haiku Resume None", call.Attempts.Line());
        await stalled.Disposed;
    }

    [Theory]
    [InlineData("length", PromptErrorCode.Truncated)]
    [InlineData("content_filter", PromptErrorCode.ContentFiltered)]
    public async Task An_end_that_the_model_set_is_reported(string reason, PromptErrorCode code)
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").Finish(new ChatFinishReason(reason));

        await BreakAsync(desk, code, $"mini Initial {code}");

        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_refusal_is_reported()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").Send(new ChatResponseUpdate(ChatRole.Assistant, [new ErrorContent("I can't.") { ErrorCode = "Refusal" }])).Finish();

        await BreakAsync(desk, PromptErrorCode.Refused, "mini Initial Refused");

        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_prompt_that_does_not_resume_reports_the_break()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();

        await BreakAsync(desk, PromptErrorCode.Truncated, "mini Initial Truncated", StreamSample.Text());

        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task The_model_that_broke_off_is_not_asked_again()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();

        await BreakAsync(desk, PromptErrorCode.Truncated, "mini Initial Truncated", Text(new PromptStep(Tier.Fast, [Sample.Mini])));

        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task Models_that_are_unavailable_are_skipped_up_to_the_next_step()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        desk.Haiku.Stream().End(new ProviderException(PromptErrorCode.Auth));
        desk.Sonnet.Streams(Whole);
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        Assert.Equal(Whole, string.Concat(await StreamDesk.ItemsAsync(call, Text()).ToListAsync()));
        Assert.Equal("mini Initial Truncated, haiku Resume Auth, sonnet Resume None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_continuation_is_retried_as_any_request()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        desk.Haiku.Stream().Send(" ").End(new ProviderException(PromptErrorCode.Overloaded));
        desk.Haiku.Streams(Whole);
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        Assert.Equal(Whole, string.Concat(await desk.WaitOutAsync(StreamDesk.ItemsAsync(call, Text()).ToListAsync())));
        Assert.Equal("mini Initial Truncated, haiku Resume Overloaded, haiku Retry None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_continuation_that_breaks_off_is_continued_in_turn()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        desk.Haiku.Stream().Send("Dear Ada, thank ", "you").End();
        desk.Sonnet.Streams(Whole);
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        Assert.Equal(Whole, string.Concat(await StreamDesk.ItemsAsync(call, Text()).ToListAsync()));
        Assert.Equal("mini Initial Truncated, haiku Resume Truncated, sonnet Resume None", call.Attempts.Line());
        Assert.Equal("Dear Ada, thank you", Assert.Single(desk.Sonnet.Requests).Messages[^2].Text);
    }

    [Fact]
    public async Task No_request_goes_above_the_ceiling()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);
        var entry = new RouteEntry(Sample.Fast);
        entry.When(Sample.Fast, "rule", Tier.Fast);
        Assert.True(await call.TryAsync(call.Enter(entry)!, new UrgencyTemplate(Sample.Ticket)));
        Assert.True(await call.MoveNextAsync());
        Assert.True(await call.MoveNextAsync());

        await Assert.ThrowsAsync<PromptStreamException>(() => call.MoveNextAsync().AsTask());

        await call.DisposeAsync();
        Assert.Equal("mini Initial Truncated, haiku Resume Auth", call.Attempts.Line());
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task What_may_reach_self_hosted_models_only_is_continued_by_no_other_model()
    {
        using var desk = new Desk();
        desk.Llama.Stream().Send("Dear ", "Ada,").End();
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, new PromptStep(Tier.SelfHosted, [Sample.Llama], Sample.Haiku))
        {
            Repairs = 0,
            Resume = true,
            SelfHostedOnly = true,
        };

        await BreakAsync(desk, PromptErrorCode.Truncated, "llama3.1:70b Initial Truncated", prompt);

        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task An_answer_that_differs_from_what_was_delivered_ends_the_stream()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear Ada, thank you ", "for your").End();
        desk.Haiku.Streams("Dear Ada, thank you so much CANARY.");

        var error = await BreakAsync(desk, PromptErrorCode.Truncated, "mini Initial Truncated, haiku Resume NotAccepted");

        Assert.Equal("Dear Ada, thank you for your", error.PartialText);
        Assert.Equal("The answer differs from what was delivered.", error.Attempts[1].RejectionReason);
        Assert.DoesNotContain("CANARY", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task An_answer_that_adds_nothing_completes_the_text()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada.").End();
        desk.Haiku.Streams("Dear Ada.");
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        Assert.Equal(["Dear ", "Ada."], await StreamDesk.ItemsAsync(call, Text()).ToListAsync());
        Assert.Equal("mini Initial Truncated, haiku Resume None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_budget_that_does_not_suffice_ends_the_stream()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").Send(ManualStream.Usage(1_000, 500)).End();
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast) { Repairs = 0, Resume = true, MaxUsd = 0.004m };

        await BreakAsync(desk, PromptErrorCode.BudgetExceeded, "mini Initial Truncated", prompt);

        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task The_deadline_holds_for_the_continuation()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        var silent = desk.Haiku.Stream();
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast) { Repairs = 0, Resume = true, Deadline = TimeSpan.FromSeconds(3) };
        var items = desk.ReplyAsync(prompt).ToListAsync();
        await desk.Haiku.WaitForRequestAsync(1);

        desk.Clock.Advance(TimeSpan.FromSeconds(3));

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => items);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("Dear Ada,", error.PartialText);
        Assert.Equal("mini Initial Truncated, haiku Resume DeadlineExceeded", error.Attempts.Line());
        await silent.Disposed;
    }

    [Fact]
    public async Task A_caller_that_cancels_during_the_continuation_gets_its_cancellation()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        var silent = desk.Haiku.Stream();
        using var cancellation = new CancellationTokenSource();
        var items = desk.ReplyAsync(Text(), cancellation.Token).ToListAsync();
        await desk.Haiku.WaitForRequestAsync(1);

        await cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => items);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        var error = Assert.IsType<PromptStreamException>(cancelled.InnerException);
        Assert.Equal("Dear Ada,", error.PartialText);
        Assert.Equal("mini Initial Truncated, haiku Resume Cancelled", error.Attempts.Line());
        Assert.Empty(desk.Sonnet.Requests);
        await silent.Disposed;
    }

    [Fact]
    public async Task A_continuation_that_the_caller_does_not_read_is_abandoned()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        var second = desk.Haiku.Stream().Send(" thank");
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);
        await using (var items = StreamDesk.ItemsAsync(call, Text()).GetAsyncEnumerator())
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.True(await items.MoveNextAsync());
            }
        }

        await second.Disposed;
        Assert.Equal("mini Initial Truncated, haiku Resume None", call.Attempts.Line());
        Assert.True(call.Attempts[1].IsAbandoned);
    }

    [Theory]
    [InlineData("[3]")]
    [InlineData("[1,2,3]")]
    public async Task Elements_are_continued_behind_the_delivered_ones(string answer)
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("{\"value\":[1,", "2,").End();
        desk.Haiku.Streams(answer);
        var call = desk.Runtime.Stream(Elements, StreamSample.Element, CancellationToken.None);

        Assert.Equal([1, 2, 3], await StreamDesk.ItemsAsync(call, Elements).ToListAsync());
        Assert.Equal("mini Initial Truncated, haiku Resume None", call.Attempts.Line());
        Assert.Equal("{\"value\":[1,2]}", Assert.Single(desk.Haiku.Requests).Messages[^2].Text);
    }

    [Fact]
    public async Task A_list_of_no_further_elements_completes_it()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("{\"value\":[1,", "2,").End();
        desk.Haiku.Streams("{\"value\":[]}");

        Assert.Equal([1, 2], await desk.UrgenciesAsync(Elements).ToListAsync());
    }

    [Fact]
    public async Task A_first_further_element_that_is_rejected_is_asked_of_the_next_step()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("{\"value\":[1,", "2,").End();
        desk.Haiku.Streams("[5]");
        desk.Sonnet.Streams("[3]");
        var call = desk.Runtime.Stream(Elements, StreamSample.Element, static value => value == 5 ? "not 5" : null, CancellationToken.None);

        Assert.Equal([1, 2, 3], await StreamDesk.ItemsAsync(call, Elements).ToListAsync());
        Assert.Equal("mini Initial Truncated, haiku Resume NotAccepted, sonnet Resume None", call.Attempts.Line());
        Assert.Equal("{\"value\":[1,2]}", Assert.Single(desk.Sonnet.Requests).Messages[^2].Text);
    }

    [Fact]
    public async Task A_check_that_throws_during_the_continuation_ends_the_stream_with_what_came()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("{\"value\":[1,").End();
        desk.Haiku.Streams("[5]");

        var error = await Assert.ThrowsAsync<PromptStreamException>(() =>
            desk.UrgenciesAsync(Elements, static value => value == 5 ? throw new InvalidOperationException() : null).ToListAsync());

        Assert.Equal((PromptErrorCode.NotAccepted, 1), (error.Code, error.Items));
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact]
    public async Task An_element_that_breaks_the_contract_is_no_reason_to_resume()
    {
        using var desk = new Desk();
        desk.Mini.Streams("{\"value\":[1,\"x\"]}");

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.UrgenciesAsync(Elements).ToListAsync());

        Assert.Equal("mini Initial SchemaMismatch", error.Attempts.Line());
        Assert.Empty(desk.Haiku.Requests);
    }

    private static PromptDefinition<string> Text(params PromptStep[] route) =>
        new("Desk.Reply", "00c0ffee", TextContract.Instance, route.Length > 0 ? Sample.Chain(route) : Sample.Fast) { Repairs = 0, Resume = true };

    private static async Task<PromptStreamException> BreakAsync(Desk desk, PromptErrorCode code, string ledger, PromptDefinition<string>? prompt = null)
    {
        var items = new List<string>();
        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.ReplyAsync(prompt ?? Text()).ToListAsync(items));

        Assert.Equal(code, error.Code);
        Assert.Equal(ledger, error.Attempts.Line());
        Assert.Equal((string.Concat(items), items.Count), (error.PartialText, error.Items));
        return error;
    }
}
