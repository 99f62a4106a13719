namespace PromptGen.Evaluation.Tests.Routers;

public sealed class RouterCurveTests
{
    [Fact]
    public void The_curve_of_a_perfect_router_is_that_of_the_definition()
    {
        // 20 examples: the strong model alone is right on 4, the weak one alone on 2, both on the rest.
        var examples = Enumerable.Range(0, 20).Select(i => new RouterExample($"{i}", null, i >= 4, i is not (18 or 19))).ToArray();

        var curve = RouterCurve.Of(examples, [.. examples.Select(static one => one.StrongCorrect == one.WeakCorrect ? 0.5 : one.StrongCorrect ? 0 : 1.0)]);

        Assert.Equal([0.8, 0.9, 1, 1, 1, 1, 1, 1, 1, 1, 0.9], curve.Quality.Select(static quality => Math.Round(quality, 9)));
        Assert.Equal((((0.8 + 0.9) / 2) + 0.9 + (1 * 8) - 0.8 - (0.8 * 9)) / 10 / 0.1, curve.Apgr, 9);
        Assert.Equal(0.05, curve.CallsFor(0.5), 9);
        Assert.Equal(0.08, curve.CallsFor(0.8), 9);
    }

    [Fact]
    public void Equal_scores_are_a_random_choice()
    {
        var examples = Enumerable.Range(0, 20_000).Select(static i => new RouterExample("", null, i % 10 == 0, i % 3 == 0)).ToArray();

        var curve = RouterCurve.Of(examples, new double[examples.Length]);

        Assert.Equal(0.5, curve.Apgr, 0.05);
        Assert.Equal(0.5, curve.CallsFor(0.5), 0.05);
    }

    [Fact]
    public void Without_a_gap_nothing_is_recovered()
    {
        var curve = RouterCurve.Of([new RouterExample("a", null, true, true)], [0.3]);

        Assert.Equal(double.NaN, curve.Apgr);
        Assert.Equal(double.NaN, curve.CallsFor(0.5));
    }

    [Fact]
    public void A_weak_model_that_is_better_has_a_gap_downwards()
    {
        var examples = Enumerable.Range(0, 10).Select(static i => new RouterExample("", null, true, i >= 5)).ToArray();

        var curve = RouterCurve.Of(examples, [.. Enumerable.Range(0, 10).Select(static i => (double)i)]);

        Assert.Equal(0.25, curve.CallsFor(0.5), 9);
    }

    [Fact]
    public void Scores_belong_to_examples() => Assert.Throws<ArgumentException>(() => RouterCurve.Of([], []));

    /// <summary>The figures of the reference for the length of the prompt: APGR 0.583, CPT50 36.71, CPT80 69.38.</summary>
    [SharedDataFact("routellm/mmlu.csv.gz")]
    public void The_length_of_a_prompt_has_the_figures_that_others_computed()
    {
        var examples = RouterExamples.Read(SharedData.Find("routellm/mmlu.csv.gz"));

        var curve = RouterCurve.Of(examples, [.. examples.Select(static one => -(double)one.Input.Length)]);

        Assert.Equal(0.583, curve.Apgr, 0.001);
        Assert.Equal(0.3671, curve.CallsFor(0.5), 0.001);
        Assert.Equal(0.6938, curve.CallsFor(0.8), 0.001);
    }
}
