using PromptGen.Ensembles;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Telemetry;

/// <summary>What spans have of an answer that a judge selected among several ones.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class VoteSpanTests
{
    [Fact]
    public async Task A_selected_answer_that_the_check_rejects_is_what_the_next_step_comes_from()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":2}""");
        desk.Haiku.Answers("""{"value":3}""");
        desk.Llama.Answers("""{"value":3}""");
        desk.Sonnet.Answers("""{"value":4}""");
        var members = new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku, Sample.Llama]) { Samples = 1, Next = Sample.General };
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.General) { Repairs = 0 };
        var ensemble = new PromptEnsemble<int>(members, static (writer, value) => writer.Number(value)) { IsJudged = true };
        var template = new UrgencyTemplate(Sample.Ticket);

        using (var call = desk.Runtime.Start(prompt, static value => value == 3 ? "three" : null, CancellationToken.None))
        {
            Assert.False(await Ensemble.JudgeAsync(call, ensemble, template, 3, static (best, values, _) => new ValueTask<int>(values.ToList().IndexOf(best))));
            Assert.True(await call.TryAsync(Sample.General, template));
        }

        var escalated = Assert.Single(probe.Attempts, static span => Equals(span.GetTagItem("promptgen.attempt.reason"), "escalation"));
        Assert.Equal("not_accepted", escalated.GetTagItem("promptgen.attempt.trigger"));
        var from = Assert.Single(probe.Call.Events, static e => e.Name == "promptgen.escalation").Tags.Single(static tag => tag.Key == "promptgen.from.model");
        Assert.Equal("haiku", from.Value);
    }
}
