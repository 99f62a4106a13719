using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Pipelines;

/// <summary>What pipelines record with the instruments of the meter.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class PipelineMetricTests
{
    [Fact]
    public async Task Items_are_measured_by_how_they_end_and_the_pipeline_by_how_long_it_takes()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 1 });

        await run.MapAsync("classify", [0, 1, 2, 3], (number, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(number));
            return number switch
            {
                1 => Task.FromException<int>(new InvalidOperationException("of the user")),
                2 => Task.FromException<int>(new PromptException(PromptErrorCode.NotAccepted, "")),
                3 => Task.FromException<int>(new TaskCanceledException()),
                _ => Task.FromResult(number),
            };
        });
        await run.DisposeAsync();
        await run.DisposeAsync();

        Assert.Equal(
            [
                "0 {promptgen.outcome=completed, promptgen.pipeline=rate, promptgen.stage=classify}",
                "1 {promptgen.outcome=_OTHER, promptgen.pipeline=rate, promptgen.stage=classify}",
                "2 {promptgen.outcome=not_accepted, promptgen.pipeline=rate, promptgen.stage=classify}",
                "3 {promptgen.outcome=cancelled, promptgen.pipeline=rate, promptgen.stage=classify}",
            ],
            probe.Of("promptgen.pipeline.item.duration"));
        Assert.Equal(["6 {promptgen.pipeline=rate}"], probe.Of("promptgen.pipeline.duration"));
    }

    [Fact]
    public async Task Items_that_are_not_started_and_unknown_outcomes_are_counted()
    {
        var journal = new InMemoryPromptJournal();
        using (var first = new Desk())
        {
            first.Mini.Hangs();
            using var cancellation = new CancellationTokenSource();
            await using var ended = first.Runtime.StartPipeline("rate", new PipelineOptions { Journal = journal }, cancellation.Token);
            var running = ended.MapAsync("classify", [1], (_, token) => first.AskAsync(Numbers.OnlyMini, cancellationToken: token));
            await first.Mini.WaitForRequestAsync(1);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = journal, Deadline = TimeSpan.FromSeconds(1) });
        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        await run.MapAsync("classify", [1], (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token));
        await using var again = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = journal, Unknown = UnknownRequest.Skip });
        await again.MapAsync("classify", [1], (_, token) => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token));

        Assert.Equal(["1 {promptgen.pipeline=rate, promptgen.stage=classify}"], probe.Of("promptgen.pipeline.unknown"));
        Assert.Equal(
            [
                "0 {promptgen.outcome=deadline_exceeded, promptgen.pipeline=rate, promptgen.stage=classify}",
                "0 {promptgen.outcome=outcome_unknown, promptgen.pipeline=rate, promptgen.stage=classify}",
            ],
            probe.Of("promptgen.pipeline.item.duration"));
    }
}
