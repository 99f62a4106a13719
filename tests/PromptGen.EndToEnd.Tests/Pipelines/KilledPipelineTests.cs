extern alias resume;

using resume::PromptGen.Resume;

namespace PromptGen.EndToEnd.Tests.Pipelines;

/// <summary>A process that runs a pipeline of 500 items is killed at random points, 20 times in all: see tests/PromptGen.Resume.</summary>
public sealed class KilledPipelineTests
{
    [Theory]
    [InlineData(UnknownRequest.Retry, 6)]
    [InlineData(UnknownRequest.Skip, 6)]
    [InlineData(UnknownRequest.Fail, 4)]
    [InlineData(UnknownRequest.Retry, 4, true)]
    public async Task Answers_are_paid_once_and_unknown_outcomes_are_at_most_those_under_way(UnknownRequest policy, int kills, bool storesAnswers = false)
    {
        var seed = Environment.TickCount;
        await using var pipeline = new KilledPipeline(policy, new Random(seed), storesAnswers);
        await pipeline.RunAsync(kills, TestContext.Current.CancellationToken);

        Assert.True(pipeline.Violations.Count == 0, $"Seed {seed}: {string.Join('\n', pipeline.Violations)}");
        Assert.Equal(kills, pipeline.UnknownPerKill.Count);
        Assert.InRange(pipeline.Done, KilledPipeline.Items - (policy == UnknownRequest.Skip ? kills * KilledPipeline.MostInFlight : 0), KilledPipeline.Items);
    }
}
