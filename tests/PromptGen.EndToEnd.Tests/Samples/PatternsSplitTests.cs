extern alias patternsSample;

using patternsSample::Acme.Patterns;
using patternsSample::Acme.Patterns.Questions;
using patternsSample::Acme.Patterns.Report;
using patternsSample::PromptGen.Generated;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>What the splits of the patterns save, before any request.</summary>
public sealed class PatternsSplitTests : IDisposable
{
    private readonly ScriptedChatClient _model = new();
    private readonly PromptRuntime _prompts;

    public PatternsSplitTests() => _prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => _model).AddProvider("anthropic", _ => _model));

    [Fact]
    public async Task A_split_of_60_30_10_saves_76_percent_and_a_router_with_80_20_saves_74()
    {
        var splits = await Split.ExplainAsync(_prompts, Question.All[0]);

        Assert.Equal(5, splits.Count);
        Assert.Equal(("rules: 60 % Fast, 30 % General, 10 % Deep", 0.756m), (splits[0].Shares, Saved(splits[0])));
        Assert.Equal("llm: 80 % Fast, 20 % Deep, and the router", splits[1].Shares);
        Assert.InRange(Saved(splits[1]), 0.735m, 0.745m);
        Assert.Empty(_model.Requests);
    }

    [Fact]
    public async Task A_cascade_saves_what_the_prices_of_the_manifest_and_the_share_that_is_escalated_leave()
    {
        var splits = await Split.ExplainAsync(_prompts, Question.All[0]);

        Assert.Equal(
            ["moderate: 20 % escalated", "moderate: 15 % escalated", "polish: 15 % escalated"],
            splits.Skip(2).Select(static split => split.Shares));
        Assert.Equal(["77 %", "82 %", "81 %"], splits.Skip(2).Select(static split => Percent.Saved(split.Usd, split.AloneUsd)));

        // The same from the definitions: the tokens of the request and the output limit, at the declared prices.
        var moderate = Manifest.Instance.Prompts.Single(static prompt => prompt.Name == "ModerationCascade.ModerateAsync");
        var explained = await _prompts.ExplainAsync(() => new ModerationCascade(_prompts).ModerateAsync(Comment.All[0].Text));
        var requests = moderate.Route.Zip(explained.Steps, (step, explanation) =>
            ((explanation.Models[0].EstimatedInputTokens * step.Models[0].InputPrice) + (moderate.MaxOutputTokens * step.Models[0].OutputPrice)) / 1_000_000m).ToList();
        Assert.Equal([Models.Luna, Models.Sol], moderate.Route.Select(static step => step.Models[0].Id));
        Assert.Equal(requests[0] + (0.20m * requests[1]), splits[2].Usd);
        Assert.Equal(requests[0] + (0.15m * requests[1]), splits[3].Usd);
        Assert.Equal(requests[1], splits[2].AloneUsd);
    }

    [Fact]
    public async Task Its_amounts_are_those_of_the_comparison()
    {
        var question = Question.All[0];
        var splits = await Split.ExplainAsync(_prompts, question);
        var alone = await _prompts.ExplainAsync(() => new StrongestAlone(_prompts).AnswerAsync(Question.Handbook, question.Text));
        var routed = await _prompts.ExplainAsync(() => new LlmRouter(_prompts).AnswerAsync(Question.Handbook, question.Text));

        // The comparison asks that model once, without a repair.
        Assert.All(splits.Take(2), split => Assert.Equal(alone.Steps[0].Models[0].MaxUsd, split.AloneUsd));

        // All patterns answer from one template, so a request to a model costs the same in each.
        Assert.Equal(splits[1].AloneUsd, routed.Steps[0].Models[0].MaxUsd);
    }

    [Fact]
    public async Task The_rules_split_the_ten_questions_in_the_shares_that_are_computed()
    {
        var entries = new List<Tier>();
        foreach (var question in Question.All)
        {
            entries.Add((await _prompts.ExplainAsync(() => new RulesRouter(_prompts).AnswerAsync(Question.Handbook, question.Text))).Steps[0].Tier);
        }

        Assert.Equal((6, 3, 1), (entries.Count(static tier => tier == Tier.Fast), entries.Count(static tier => tier == Tier.General), entries.Count(static tier => tier == Tier.Deep)));
        Assert.Empty(_model.Requests);
    }

    public void Dispose()
    {
        _prompts.Dispose();
        _model.Dispose();
    }

    private static decimal Saved(Split split) => 1 - (split.Usd / split.AloneUsd);
}
