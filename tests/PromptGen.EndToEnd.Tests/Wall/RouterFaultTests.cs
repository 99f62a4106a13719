using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Calls that clauses of entry lead: I1–I8 hold for them whatever their models do, and no ceiling is passed.</summary>
public sealed class RouterFaultTests : WallTests
{
    private static readonly string[] s_prompts = ["rule", "strong rule", "free", "paid", "prompt", "canary"];

    private static readonly string[] s_faults = ["500", "429", "401", "reset", "cut", "broken", "refusal", "filter", "empty"];

    public static TheoryData<string, string, bool> Rows()
    {
        var rows = new TheoryData<string, string, bool>();
        foreach (var prompt in s_prompts)
        {
            foreach (var fault in s_faults)
            {
                rows.Add(prompt, fault, false);
                rows.Add(prompt, fault, true);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_routed_call_keeps_the_invariants(string prompt, string fault, bool isEverywhere)
    {
        var first = prompt switch { "strong rule" or "paid" => Models.Sonnet, "canary" => Models.Haiku, _ => Models.Mini };
        Otherwise = request => isEverywhere || request.ModelId == first ? Fault(fault)
            : Reply(request.TextOf("user").StartsWith("Is this hard?", StringComparison.Ordinal) ? """{"value":false}""" : Good);
        var desk = new RoutedWallDesk(CreatePrompts());

        var call = await SitOutAsync(Observe(token => Ask(desk, prompt, token)));

        // A filter of contents ends the call; a rejected answer of the last step, or below a ceiling, leads nowhere.
        var isEnd = fault == "filter" || (fault is "broken" or "refusal" && prompt is "free" or "strong rule" or "paid");
        Assert.Equal(!isEverywhere && !isEnd, call.Result is not null);
        if (prompt == "free")
        {
            Assert.DoesNotContain(Server.Requests, static request => request.ModelId == Models.Sonnet);
        }

        if (call.Result is { } result)
        {
            Assert.Equal(prompt is "rule" or "canary", result.RoutedBy is null);
        }
    }

    private static Task<PromptResult<Report>> Ask(RoutedWallDesk desk, string prompt, CancellationToken token) => prompt switch
    {
        "rule" => desk.ByRuleAsync(Ticket, token),
        "strong rule" => desk.ByRuleAsync("My lawyer calls", token),
        "free" => desk.ByValueAsync(Ticket, isFree: true, token),
        "paid" => desk.ByValueAsync(Ticket, isFree: false, token),
        "prompt" => desk.ByPromptAsync(Ticket, token),
        _ => desk.ByCandidateAsync(Ticket, token),
    };

    private static ModelReply Fault(string fault) => fault switch
    {
        "reset" => ModelReply.Reset(),
        "cut" => Reply(Good) with { Fault = ModelFault.Cut },
        "broken" => Reply("""{"queue":"Sales"}"""),
        "refusal" => ModelReply.Refusal(),
        "filter" => ModelReply.ContentFilter("So far"),
        "empty" => Reply(""),
        _ => ModelReply.Error(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
