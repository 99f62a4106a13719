using System.Text;

namespace PromptGen.Evaluation.Tests.Routers;

public sealed class RouterTrainerTests
{
    private static readonly string[] Easy = ["refund", "invoice", "address", "password", "delivery"];
    private static readonly string[] Hard = ["prove", "integral", "lawsuit", "diagnosis", "theorem"];

    private static readonly RouterTraining Training = new() { Date = new DateOnly(2026, 11, 30) };

    [Fact]
    public void Words_that_only_the_strong_model_can_answer_lower_the_score()
    {
        var router = RouterTrainer.Train(Examples(200), Training).Router;

        var (easy, hard) = (router.Score(null, "a question of a refund number 77"), router.Score(null, "a question of a lawsuit number 77"));

        Assert.True(easy > 0.8, $"{easy}");
        Assert.True(hard < 0.4, $"{hard}");
        Assert.InRange(router.Threshold, hard, easy);
    }

    [Fact]
    public void A_task_has_a_prior_that_few_examples_hardly_move()
    {
        var tasks = Enumerable.Range(0, 200).Select(static i => new RouterExample($"text {i}", i < 100 ? "a\"b\n" : "other", i >= 100, true)).ToArray();
        var router = RouterTrainer.Train([.. tasks, new RouterExample("text", "rare", false, true)], Training).Router;

        Assert.True(router.Score("a\"b\n", "text 7") < 0.4);
        Assert.True(router.Score("other", "text 7") > 0.6);
        Assert.Equal(router.Score(null, "text 7"), router.Score("rare", "text 7"), 0.2);
        Assert.Equal(router.Score(null, "text 7"), router.Score("never seen", "text 7"));
    }

    [Fact]
    public void The_same_examples_in_another_order_make_the_same_file()
    {
        var examples = Examples(100);

        var one = RouterTrainer.Train(examples, Training);
        var other = RouterTrainer.Train([.. examples.Reverse()], Training);

        Assert.Equal(one.File.ToArray(), other.File.ToArray());
    }

    [Fact]
    public void The_head_of_the_file_says_what_it_is()
    {
        var trained = RouterTrainer.Train(Examples(100), Training with { Prompt = "Desk.AnswerAsync", PromptVersion = "9f2c41d0", WeakModel = "mini", StrongModel = "large", Goal = RouterGoal.Cost(0.5, 0.1) });

        var head = Encoding.UTF8.GetString(trained.File.Span)[..600];
        Assert.StartsWith("promptgen router 1\nprompt: Desk.AnswerAsync\nversion: 9f2c41d0\nweak: mini\nstrong: large\ndate: 2026-11-30\nlabels: 100\nmetric: APGR ", head, StringComparison.Ordinal);
        Assert.Contains("\ngoal: cost 0.5 weak-cost 0.1\nthreshold: ", head, StringComparison.Ordinal);
        Assert.True(trained.File.Length <= 300_000, $"{trained.File.Length} bytes");
        Assert.False(trained.Report.IsUseless);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Labels_of_one_class_make_a_router_that_says_the_same_of_all(bool weak, bool strong)
    {
        var trained = RouterTrainer.Train([.. Examples(40).Select(one => one with { WeakCorrect = weak, StrongCorrect = strong })], Training);

        var score = trained.Router.Score(null, "anything at all");
        Assert.Equal(strong && !weak, score < 0.5);
        Assert.Equal(strong && !weak, score < trained.Router.Threshold);
        Assert.True(trained.Report.IsUseless);
    }

    [Fact]
    public void Too_few_inputs_are_refused()
    {
        var same = Enumerable.Repeat(new RouterExample("same", null, true, false), 500).ToArray();

        Assert.Contains("There are 1 different inputs", Assert.Throws<ArgumentException>(() => RouterTrainer.Train(same, Training)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RouterTrainer.Train([], Training));
        RouterTrainer.Train(Examples(RouterTrainer.MinExamples), Training);
    }

    [Fact]
    public void The_threshold_serves_the_goal()
    {
        var examples = Examples(400);
        var quality = RouterTrainer.Train(examples, Training with { Goal = RouterGoal.Quality(1) });
        var cost = RouterTrainer.Train(examples, Training with { Goal = RouterGoal.Cost(0.2) });

        Assert.True(Point(quality).Quality >= quality.Report.Curve.Strong);
        Assert.InRange(cost.Report.HeldOut.StrongShare, 0.1, 0.3);

        RouterPoint Point(TrainedRouter trained) =>
            RouterPoint.At(trained.Router.Threshold, examples, [.. examples.Select(one => trained.Router.Score(one.Task, one.Input))]);
    }

    /// <summary>Targets: 0.610 by the text alone, 0.650 with the subject; the best that was published is 0.603.</summary>
    [SharedDataFact("routellm/mmlu.csv.gz")]
    public void On_published_labels_it_is_better_than_the_published_routers()
    {
        var examples = RouterExamples.Read(SharedData.Find("routellm/mmlu.csv.gz"));

        var (text, prior) = (Apgr(withTasks: false), Apgr(withTasks: true));

        Assert.True(text > 0.610, $"{text}");
        Assert.True(prior > 0.645, $"{prior}");

        double Apgr(bool withTasks) => Enumerable.Range(1, 3).Average(split =>
        {
            var order = new Shuffler((ulong)split).Shuffle(examples.Count);
            var chosen = order.Select(i => withTasks ? examples[i] : examples[i] with { Task = null }).ToArray();
            var router = RouterTrainer.Train(chosen[..1500], Training).Router;
            return RouterCurve.Of(chosen[1500..], [.. chosen[1500..].Select(one => router.Score(one.Task, one.Input))]).Apgr;
        });
    }

    private static RouterExample[] Examples(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => i % 2 == 0
            ? new RouterExample($"a question of a {Easy[i / 2 % 5]} number {i}", "support", true, true)
            : new RouterExample($"a question of a {Hard[i / 2 % 5]} number {i}", "support", false, i % 20 != 1))];
}
