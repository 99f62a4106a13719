using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Streams;

/// <summary>Streams that come to their end.</summary>
public sealed class WholeStreamTests : StreamTests
{
    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Text_comes_in_pieces_and_is_whole(string provider)
    {
        Server.Enqueue(ModelReply.Text(Text));

        var pieces = await ReadAsync(ReplyBy(provider));

        Assert.Equal(Text, string.Concat(pieces));
        Assert.True(pieces.Count > 2);
        Assert.True(Assert.Single(Server.Requests).IsStreaming);
    }

    [Fact]
    public async Task Elements_come_one_after_another_from_OpenAI()
    {
        Server.Enqueue(ModelReply.Text(List(0.9, 0.8)));

        Assert.Equal([0.9, 0.8], (await ReadAsync(Writer.TriagesAsync(Letter))).Select(triage => triage.Confidence));
        Assert.Equal("array", Server.Requests[0].Schema!.Value.GetProperty("properties").GetProperty("value").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Elements_come_one_after_another_from_Anthropic()
    {
        Server.Enqueue(ModelReply.Text(List(0.9, 0.8)));

        Assert.Equal(2, (await ReadAsync(Writer.TriagesBySonnetAsync(Letter))).Count);
    }

    [Fact]
    public async Task An_element_is_handed_over_before_the_next_one_comes()
    {
        Server.Enqueue(ModelReply.Text(List(0.9, 0.8)) with { Fault = ModelFault.Stall, FaultAfter = 10 });
        await using var items = Writer.TriagesAsync(Letter).GetAsyncEnumerator();

        Assert.True(await items.MoveNextAsync());
        Assert.Equal(new Triage(Queue.Billing, 3, 0.9), items.Current);
    }

    [Fact]
    public async Task An_empty_list_has_no_elements()
    {
        Server.Enqueue(ModelReply.Text(List()));

        Assert.Empty(await ReadAsync(Writer.TriagesAsync(Letter)));
        Assert.Equal([Mini], Asked());
    }

    [Fact]
    public async Task A_first_element_that_is_not_accepted_escalates()
    {
        Server.Enqueue(ModelReply.Text(List(0.5, 0.9)), ModelReply.Text(List(0.9)));

        Assert.Single(await ReadAsync(Writer.TriagesAsync(Letter)));
        Assert.Equal([Mini, Sonnet], Asked());
    }

    [Fact]
    public async Task An_object_grows_until_it_is_whole()
    {
        Server.Enqueue(ModelReply.Text("""{"queue":"Billing","urgency":3,"confidence":0.9}"""));

        var snapshots = await ReadAsync(Writer.GrowAsync(Letter));

        Assert.Equal(["queue", "urgency", "confidence"], snapshots[0].Members.Select(member => member.Name));
        Assert.Equal(SnapshotState.Pending, snapshots[0]["confidence"].State);
        Assert.Equal(new Triage(Queue.Billing, 3, 0.9), snapshots[^1].Value);
        Assert.True(snapshots[^1].IsComplete);
        Assert.Single(snapshots, snapshot => snapshot.IsComplete);
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"Dear Ada\"},\"finish_reason\":null}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"Dear Ada\"},\"finish_reason\":\"stop\"}]}\n\n")]
    public async Task A_stream_without_an_end_mark_is_whole_where_it_says_how_it_finished(string body)
    {
        Server.Enqueue(ModelReply.Raw(200, "text/event-stream", body));

        Assert.Equal(["Dear Ada"], await ReadAsync(Writer.ReplyAsync(Letter)));
    }

    [Fact]
    public async Task Where_no_model_answers_the_fallback_streams()
    {
        Server.Enqueue(ModelReply.Error(401));

        Assert.Equal(["Nobody can answer your 19 characters now."], await ReadAsync(Writer.ReplyOrApologizeAsync(Letter)));
    }
}
