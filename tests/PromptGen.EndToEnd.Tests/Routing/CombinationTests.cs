using Microsoft.Extensions.AI;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>
/// Which clauses of entry go together, and with which kind of prompt: each row is one combination. What is not allowed is a diagnostic; its rows are in
/// PromptGen.Generators.Tests, Rules/CombinationTests.
/// </summary>
public sealed class CombinationTests : CallTests
{
    private const string Easy = """{"value":"Easy"}""";

    public enum Kind
    {
        Result,
        TextStream,
        SnapshotStream,
        ElementStream,
        Chat,
        ChatStream,
    }

    /// <summary>A call of a prompt that has all clauses, and the models that are asked where all of them are down.</summary>
    private static readonly Dictionary<string, (string Ticket, Plan Plan, string? Model, string[] Asked)> Rows = new()
    {
        ["nothing decides: the canary, its step, the next step"] = ("I was charged twice", Plan.Pro, null, [Haiku, Mini, Sonnet]),
        ["a rule by a phrase"] = ("My lawyer calls", Plan.Pro, null, [Sonnet]),
        ["a rule by a predicate"] = ("I was charged twice!", Plan.Pro, null, [Sonnet]),
        ["a value with its ceiling, and the canary"] = ("I was charged twice", Plan.Free, null, [Haiku, Mini]),
        ["a value above the first step takes no part in the canary"] = ("I was charged twice", Plan.Enterprise, null, [Sonnet]),
        ["a rule under the ceiling of a value"] = ("My lawyer calls", Plan.Free, null, [Haiku, Mini]),
        ["options before a rule"] = ("My lawyer calls", Plan.Pro, Mini, [Mini, Sonnet]),
        ["options before a value and without the canary"] = ("I was charged twice", Plan.Enterprise, Mini, [Mini, Sonnet]),
        ["options under the ceiling of a value"] = ("My lawyer calls", Plan.Free, Mini, [Mini]),
        ["options above the ceiling of a value"] = ("I was charged twice", Plan.Free, Sonnet, []),
        ["chat: nothing decides"] = ("I was charged twice", Plan.Pro, null, [Haiku, Mini, Sonnet]),
        ["chat: a rule by a phrase"] = ("My lawyer calls", Plan.Pro, null, [Sonnet]),
        ["chat: a rule by a predicate"] = ("I was charged twice!", Plan.Pro, null, [Sonnet]),
        ["chat: a rule with its ceiling, and the canary"] = ("```\nboom\n```", Plan.Pro, null, [Haiku, Mini]),
        ["chat: a rule under the ceiling of another one"] = ("My lawyer says:\n```\nboom\n```", Plan.Pro, null, [Haiku, Mini]),
    };

    public static TheoryData<Kind, string> Combinations()
    {
        var combinations = new TheoryData<Kind, string>();
        foreach (var kind in Enum.GetValues<Kind>())
        {
            foreach (var row in Rows.Keys.Where(row => row.StartsWith("chat: ", StringComparison.Ordinal) == (kind is Kind.Chat or Kind.ChatStream)))
            {
                combinations.Add(kind, row);
            }
        }

        return combinations;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Where_all_models_are_down_these_are_asked(Kind kind, string row)
    {
        var (ticket, plan, model, asked) = Rows[row];
        Server.Enqueue([.. Enumerable.Repeat(ModelReply.Error(401), 4)]);

        var error = await Assert.ThrowsAsync<PromptException>(() => AskAsync(kind, ticket, plan, model));

        Assert.Equal(asked, Asked());
        Assert.Equal(asked.Length == 0 ? PromptErrorCode.Configuration : PromptErrorCode.RouteExhausted, error.Code);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task The_dry_run_gives_the_same_without_a_request(Kind kind, string row)
    {
        var (ticket, plan, model, asked) = Rows[row];

        if (asked.Length == 0)
        {
            await Assert.ThrowsAsync<PromptException>(() => Prompts.ExplainAsync(() => AskAsync(kind, ticket, plan, model)));
        }
        else
        {
            var explained = await Prompts.ExplainAsync(() => AskAsync(kind, ticket, plan, model));
            Assert.Equal(asked, explained.Steps.SelectMany(static step => step.Models).Where(static one => one.Skipped is null).Select(static one => one.ModelId));
        }

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData(null, "DifficultyAsync = Easy", new[] { Haiku, Haiku })]
    [InlineData(Mini, "options", new[] { Mini })]
    [InlineData(Sonnet, "options", new[] { Sonnet })]
    public async Task A_prompt_decides_for_the_canarys_step_and_is_not_asked_where_options_decide(string? model, string routedBy, string[] asked)
    {
        Server.Enqueue(model is null ? [Reply(Easy), Reply(Good)] : [Reply(Good)]);

        var result = await new CombinedDesk(Prompts).ByPromptAsync("I was charged twice", new PromptOptions { Model = model });

        Assert.Equal(asked, Asked());
        Assert.Equal((routedBy, model is null ? "canary" : null), (result.RoutedBy, result.Arm));
    }

    private async Task AskAsync(Kind kind, string ticket, Plan plan, string? model)
    {
        var desk = new CombinedDesk(Prompts);
        var options = model is null ? null : new PromptOptions { Model = model };
        ChatMessage[] messages = [new(ChatRole.User, ticket)];
        switch (kind)
        {
            case Kind.Result:
                await desk.ResultAsync(ticket, plan, 7, options);
                break;
            case Kind.TextStream:
                await ReadAsync(desk.TextAsync(ticket, plan, 7, options));
                break;
            case Kind.SnapshotStream:
                await ReadAsync(desk.SnapshotsAsync(ticket, plan, 7, options));
                break;
            case Kind.ElementStream:
                await ReadAsync(desk.ElementsAsync(ticket, plan, 7, options));
                break;
            case Kind.Chat:
                await desk.Chat().GetResponseAsync(messages);
                break;
            default:
                await ReadAsync(desk.Chat().GetStreamingResponseAsync(messages));
                break;
        }
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items)
        {
        }
    }
}
