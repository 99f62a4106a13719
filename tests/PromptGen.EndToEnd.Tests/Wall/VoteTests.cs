using Microsoft.Extensions.AI;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 60 and 61: votes of models that fail, disagree and answer what is no answer, and of clients that change what they are given.</summary>
public sealed class VoteTests : WallTests
{
    private const string Account = """{"queue":"Account","urgency":2,"summary":"Cannot sign in","confidence":0.9,"reference":"AB12","tags":[]}""";
    private const string Technical = """{"queue":"Technical","urgency":2,"summary":"It crashes","confidence":0.9,"reference":"AB12","tags":[]}""";

    private VotingDesk? _voting;

    private VotingDesk Voting => _voting ??= new VotingDesk(CreatePrompts());

    [Fact]
    public async Task Row60_One_of_three_that_never_answers_does_not_hold_up_the_two_that_agree()
    {
        AnswerAsync = async request =>
        {
            await Server.WaitForRequestAsync(3);
            return request.ModelId == Models.Haiku ? ModelReply.Hang() : Reply(Good);
        };

        var call = await Observe(token => Voting.AllAsync(Ticket, token));

        Assert.Equal((TimeSpan.Zero, Models.Mini), (call.Took, call.Result!.ModelId));
        Assert.Equal([$"{Models.Haiku} Vote Cancelled", $"{Models.Sonnet} Vote None", $"{Models.Mini} Vote None"], call.Ledger.Order(StringComparer.Ordinal));
        Assert.False(call.Result.Cost.IsComplete);
        await Server.Requests.Single(static request => request.ModelId == Models.Haiku).WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Fact]
    public async Task Row60_Three_answers_that_differ_are_a_tie_without_a_winner_and_all_are_paid()
    {
        Server.Enqueue(Models.Mini, Reply(Good));
        Server.Enqueue(Models.Haiku, Reply(Account));
        Server.Enqueue(Models.Sonnet, Reply(Technical));

        var call = await Observe(token => Voting.AllAsync(Ticket, token));

        Assert.Equal((PromptErrorCode.NoQuorum, 3), (call.Code, call.Attempts.Count(static attempt => attempt.Cost is { IsComplete: true, Usd: > 0 })));
    }

    [Fact]
    public async Task Row60_A_member_whose_answer_is_invalid_after_its_repair_has_no_vote()
    {
        AnswerAsync = async request =>
        {
            if (request.ModelId == Models.Mini)
            {
                return Reply(Broken);
            }

            // The others, and the repair.
            await Server.WaitForRequestAsync(4);
            return Reply(Good);
        };

        var call = await Observe(token => Voting.AllAsync(Ticket, token));

        Assert.Equal(Models.Haiku, call.Result!.ModelId);
        Assert.Equal([false, true, true], call.Result.Votes.Select(static vote => vote.Counted));
        Assert.Equal(4, call.Attempts.Count);
    }

    [Fact]
    public async Task Row60_Where_all_members_fail_the_call_fails_with_all_of_their_attempts()
    {
        AnswerAsync = async _ =>
        {
            await Server.WaitForRequestAsync(3);
            return ModelReply.Error(401, message: ErrorText);
        };

        var call = await Observe(token => Voting.AllAsync(Ticket, token));

        // After two members without a vote no answer can have two: a third one that is under way is ended.
        Assert.Equal(PromptErrorCode.NoQuorum, call.Code);
        Assert.Equal(3, call.Attempts.Count);
        Assert.InRange(call.Attempts.Count(static attempt => attempt.Outcome == PromptErrorCode.Auth), 2, 3);
        LetRecover();
    }

    [Fact]
    public async Task Row61_A_client_that_changes_what_it_is_given_changes_nothing_of_the_other_members()
    {
        Configure = static builder => builder.WrapClients(static (_, client) => new Mutator(client));
        Otherwise = static _ => Reply(Good);

        var call = await Observe(token => Voting.BothAsync(Ticket, token));

        Assert.Equal(1, call.Result!.Agreement);
        Assert.All(Server.Requests, static request => Assert.Equal((1, 1, "user"), (
            request.Messages.Count(static message => message.Role == "system"),
            request.Messages.Count(static message => message.Text.Contains("CANARY-TICKET", StringComparison.Ordinal)),
            request.Messages[^1].Role)));
        Renew();
    }

    /// <summary>A client that ruins its messages and options once it has sent them.</summary>
    private sealed class Mutator(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var list = (IList<ChatMessage>)messages;
            var copy = list.ToArray();
            foreach (var message in list)
            {
                message.Contents = [.. message.Contents];
            }

            list.Clear();
            list.Add(new ChatMessage(ChatRole.Assistant, "ruined"));
            var sent = options!.Clone();
            (options.ModelId, options.MaxOutputTokens, options.ResponseFormat) = ("another", 1, null);
            return await base.GetResponseAsync(copy, sent, cancellationToken);
        }
    }
}
