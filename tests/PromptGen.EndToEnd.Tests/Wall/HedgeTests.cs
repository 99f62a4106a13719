using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Row 62: where a model is slow the next one is asked too, and the request that is not needed any more ends.</summary>
public sealed class HedgeTests : WallTests
{
    private const string Letter = "Dear Ada, your card was charged once only.";

    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    private HedgedDesk? _hedged;

    private HedgedDesk Hedged => _hedged ??= new HedgedDesk(CreatePrompts());

    [Theory]
    [ViaBoth]
    public async Task Row62_The_next_model_is_asked_too_and_the_slow_request_is_aborted(Via via)
    {
        Enqueue(via, ModelReply.Hang());
        BackupAnswers(via);

        var call = Ask(via);
        var slow = await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        await HedgeAsync();
        var ended = await call;

        Assert.Equal([$"{Primary(via)} Initial Cancelled", $"{Backup(via)} Hedge None"], ended.Ledger);
        Assert.Equal(After, ended.Took);
        Assert.False(ended.Result!.Cost.IsComplete);
        await slow.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [ViaBoth]
    public async Task Row62_The_second_request_is_aborted_where_the_first_model_answers_after_all(Via via)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AnswerAsync = async request =>
        {
            if (request.ModelId != Primary(via))
            {
                return ModelReply.Hang();
            }

            await answer.Task;
            return Reply(Good);
        };

        var call = Ask(via);
        await HedgeAsync();
        var second = await Server.WaitForRequestAsync(2).WaitAsync(Hanging);
        answer.SetResult();
        var ended = await call;

        Assert.Equal([$"{Primary(via)} Initial None", $"{Backup(via)} Hedge Cancelled"], ended.Ledger);
        Assert.Equal((Primary(via), After), (ended.Result!.ModelId, ended.Took));
        await second.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [ViaBoth]
    public async Task Row62_A_model_that_answers_in_time_is_the_only_one_asked(Via via)
    {
        Enqueue(via, Reply(Good));

        Assert.Equal([$"{Primary(via)} Initial None"], (await Ask(via)).Ledger);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Row62_A_client_that_ignores_its_token_does_not_hold_up_the_other_answer()
    {
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Configure = builder => builder.AddClient(
            Models.Mini,
            new TokenIgnorer(new OpenAIClient(new ApiKeyCredential("sk-test"), new OpenAIClientOptions { Endpoint = Server.OpenAIEndpoint }).GetChatClient(Models.Mini).AsPromptClient()));
        AnswerAsync = async request =>
        {
            if (request.ModelId == Models.Mini)
            {
                await late.Task;
            }

            return Reply(Good);
        };

        var call = Ask(Via.OpenAI);
        var slow = await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        await HedgeAsync();
        var ended = await call;

        Assert.Equal([$"{Models.Mini} Initial Cancelled", $"{Models.Haiku} Hedge None"], ended.Ledger);
        Assert.Equal(After, ended.Took);
        Assert.False(ended.Attempts[0].Cost.IsComplete);
        Assert.False(slow.Aborted.IsCancellationRequested);
        late.SetResult();
        Renew();
    }

    [Fact]
    public async Task Row62_Without_room_for_both_in_the_budget_the_first_model_goes_on_alone()
    {
        Server.Enqueue(Models.Mini, ModelReply.Hang());
        Server.Enqueue(Models.Haiku, Reply(Good, 100, 100));

        var call = Observe(token => Hedged.CheapAsync(Ticket, token));
        await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        await HedgeAsync();
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)).WaitAsync(Hanging));
        var ended = await call;

        // What the request that timed out reserved stays spent, so that there is no room for a fallback either.
        Assert.Equal(PromptErrorCode.BudgetExceeded, ended.Code);
        Assert.Equal([$"{Models.Mini} Initial AttemptTimeout"], ended.Ledger);
        Assert.Single(Server.Requests);
        Server.Enqueue(Models.Mini, ModelReply.Error(404));
        Assert.Equal([$"{Models.Mini} Initial NotFound", $"{Models.Haiku} Fallback None"], (await Observe(token => Hedged.CheapAsync(Ticket, token))).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row62_Where_both_answers_are_rejected_the_next_step_follows(Via via)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AnswerAsync = async request =>
        {
            if (request.ModelId == Primary(via))
            {
                await answer.Task;
            }

            return Reply(request.ModelId == Stronger ? Good : Unsure);
        };

        var call = Ask(via);
        await HedgeAsync();
        await Server.WaitForRequestAsync(2).WaitAsync(Hanging);
        answer.SetResult();

        Assert.Equal([$"{Primary(via)} Initial NotAccepted", $"{Backup(via)} Hedge NotAccepted", $"{Stronger} Escalation None"], (await call).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row62_The_first_item_of_a_stream_commits_the_call_and_the_other_stream_is_aborted(Via via)
    {
        Enqueue(via, ModelReply.Hang());
        Server.Enqueue(Backup(via), ModelReply.Text(Letter));

        var call = ObserveStream(token => via == Via.OpenAI ? Hedged.WriteViaOpenAIAsync(Ticket, token) : Hedged.WriteViaAnthropicAsync(Ticket, token));
        var slow = await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        await HedgeAsync();

        Assert.Equal((Letter, After), ((await call).Text, (await call).Took));
        await slow.WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Theory]
    [ViaBoth]
    public async Task Row62_A_caller_that_cancels_ends_both_requests(Via via)
    {
        using var source = new CancellationTokenSource();
        Enqueue(via, ModelReply.Hang());
        Server.Enqueue(Backup(via), ModelReply.Hang());

        var call = Ask(via, source.Token);
        var first = await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        await HedgeAsync();
        var second = await Server.WaitForRequestAsync(2).WaitAsync(Hanging);
        await source.CancelAsync();

        Assert.Equal([$"{Primary(via)} Initial Cancelled", $"{Backup(via)} Hedge Cancelled"], (await call).Ledger);
        await first.WaitForAbortAsync().WaitAsync(Hanging);
        await second.WaitForAbortAsync().WaitAsync(Hanging);
    }

    private Task<WallCall> Ask(Via via, CancellationToken cancellationToken = default) => Observe(
        token => via == Via.OpenAI ? Hedged.ViaOpenAIAsync(Ticket, token) : Hedged.ViaAnthropicAsync(Ticket, token),
        cancellationToken);

    /// <summary>Lets the time of the hedge pass once the first request has arrived: one that is cancelled on its way is none that the server knows.</summary>
    private async Task HedgeAsync()
    {
        await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        Time.Advance(await Time.WaitForTimerAsync(After, After).WaitAsync(Hanging));
    }

    /// <summary>A client that never looks at its token.</summary>
    private sealed class TokenIgnorer(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetResponseAsync(messages, options, CancellationToken.None);
    }
}
