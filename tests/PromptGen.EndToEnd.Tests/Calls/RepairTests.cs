namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>What the model reads when its answer comes back to it.</summary>
public sealed class RepairTests : CallTests
{
    [Fact]
    public async Task The_words_of_the_runtime()
    {
        Server.Enqueue(Reply(Broken), Reply(Good));

        await Desk.AskMiniAsync("I was charged twice");

        Assert.Equal(
            """
            Your answer does not match the schema.
            - /queue must be one of "Billing", "Account", "Technical", not "Sales".
            - /urgency must be an integer from 1 to 5, not 9.
            Answer again with the whole JSON value, every point corrected, and nothing else.
            """.ReplaceLineEndings("\n"),
            Server.Requests[1].TextOf("user"));
        Assert.Equal(["system", "user", "assistant", "user"], Server.Requests[1].Messages.Select(static message => message.Role));
    }

    [Fact]
    public async Task The_words_of_the_class()
    {
        Server.Enqueue(Reply(Broken), Reply(Good));

        var triage = await new RepairDesk(Prompts).AskAsync("I was charged twice");

        Assert.Equal(3, triage.Urgency);
        Assert.Equal(
            $"""Please look again: /queue should be one of "Billing", "Account", "Technical"; /urgency should be an integer from 1 to 5; you wrote {Broken}.""",
            Server.Requests[1].TextOf("user"));
        Assert.Equal(Broken, Server.Requests[1].TextOf("assistant"));
    }

    [Fact]
    public async Task The_words_of_the_prompt()
    {
        Server.Enqueue(Reply("""{"queue":"Billing","confidence":0.9,"more":1}"""), Reply(Good));

        await new RepairDesk(Prompts).AskInItsOwnWordsAsync("I was charged twice");

        Assert.Equal(
            """
            About "I was charged twice":
            0 /more must be left out: there are only "queue", "urgency", "confidence".
            1 /urgency is missing: it must be an integer from 1 to 5.

            """.ReplaceLineEndings("\n").TrimEnd('\n'),
            Server.Requests[1].TextOf("user").TrimEnd('\n'));
    }
}
