namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Row 96: answers made up at random. Whatever comes, the invariants of the wall hold for every call.</summary>
public sealed class HostileHttpTests : WallTests
{
    private const int Calls = 60;

    [Theory]
    [ViaBoth(1, 2, 3)]
    public Task Row96_Whatever_a_provider_answers_a_call_ends_as_calls_do(Via via, int seed) =>
        AttackAsync(seed, () => AskAsync(via));

    [Theory]
    [ViaBoth(4, 5, 6)]
    public Task Row96_Whatever_a_provider_streams_a_call_ends_as_calls_do(Via via, int seed) =>
        AttackAsync(seed, () => SitOutAsync(ObserveStream(token => via == Via.OpenAI ? Desk.WriteViaOpenAIAsync(Ticket, token) : Desk.WriteViaAnthropicAsync(Ticket, token))));

    private async Task AttackAsync(int seed, Func<Task<WallCall>> ask)
    {
        var replies = new HostileReplies(seed, Good, ErrorText);
        Otherwise = replies.Next;
        var outcomes = new HashSet<PromptErrorCode>();
        for (var i = 0; i < Calls; i++)
        {
            try
            {
                var before = Server.Requests.Count;
                var call = await ask();
                Assert.True(Server.Requests.Count - before == call.Requests, string.Join(", ", call.Ledger));
                outcomes.UnionWith(call.Attempts.Select(static attempt => attempt.Outcome));
            }
            catch (Exception exception)
            {
                Assert.Fail($"Call {i} of seed {seed}: {exception}\nThe latest answers:\n{string.Join('\n', replies.Latest)}");
            }

            LetRecover();
        }

        // Otherwise the answers were not as varied as they are meant to be.
        Assert.True(outcomes.Count >= 8, string.Join(' ', outcomes));
    }
}
