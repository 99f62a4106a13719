using System.Text;

namespace PromptGen.Evaluation.Tests.Routers;

/// <summary>Routers that read embeddings in place of words.</summary>
public sealed class EmbeddedRouterTests
{
    private static readonly string[] Easy = ["refund", "invoice", "address", "password", "delivery"];
    private static readonly string[] Hard = ["prove", "integral", "lawsuit", "diagnosis", "theorem"];

    private static readonly RouterTraining Training = new() { Date = new DateOnly(2026, 11, 30) };

    [Fact]
    public async Task The_embedding_decides_of_words_that_no_example_has()
    {
        var embeddings = new ConceptEmbeddings();
        var router = (await RouterTrainer.TrainAsync(Examples(200), Training, embeddings)).Router;

        var (easy, hard) = (await router.ScoreAsync(null, embeddings, ["a question of a parcel number 77"]), await router.ScoreAsync(null, embeddings, ["a question of a surgery number 77"]));

        Assert.True(easy > 0.8, $"{easy}");
        Assert.True(hard < 0.4, $"{hard}");
        Assert.InRange(router.Threshold, hard, easy);
    }

    [Fact]
    public async Task Texts_of_a_call_are_embedded_as_one_with_line_breaks()
    {
        var embeddings = new ConceptEmbeddings();
        var router = (await RouterTrainer.TrainAsync(Examples(100), Training, embeddings)).Router;

        var (parts, whole) = (await router.ScoreAsync(null, embeddings, ["one two", null, "three"]), await router.ScoreAsync(null, embeddings, ["one two\nthree"]));

        Assert.Equal(whole, parts);
        Assert.Equal(["one two\nthree", "one two\nthree"], embeddings.Asked[^2..]);
    }

    [Fact]
    public async Task The_head_of_the_file_names_the_model()
    {
        var trained = await RouterTrainer.TrainAsync(Examples(100), Training, new ConceptEmbeddings());
        var named = await RouterTrainer.TrainAsync(Examples(100), Training with { EmbeddingModel = "concepts-2" }, new ConceptEmbeddings());

        Assert.Contains("\nembedding: concepts-1\ndimensions: 8\nbias: ", Encoding.UTF8.GetString(trained.File.Span), StringComparison.Ordinal);
        Assert.Equal(("concepts-1", 8), (trained.Router.EmbeddingModel, trained.Router.Dimensions));
        Assert.Equal("concepts-2", named.Router.EmbeddingModel);
        Assert.False(trained.Report.IsUseless);
    }

    [Fact]
    public async Task The_same_embeddings_of_examples_in_another_order_make_the_same_file()
    {
        var examples = Examples(100);

        var one = await RouterTrainer.TrainAsync(examples, Training, new ConceptEmbeddings());
        var other = await RouterTrainer.TrainAsync([.. examples.Reverse()], Training, new ConceptEmbeddings());

        Assert.Equal(one.File.ToArray(), other.File.ToArray());
    }

    [Fact]
    public async Task The_length_of_an_embedding_does_not_count()
    {
        var router = (await RouterTrainer.TrainAsync(Examples(100), Training, new ConceptEmbeddings())).Router;

        Assert.Equal(
            await router.ScoreAsync("support", new ConceptEmbeddings(), ["a lawsuit"]),
            await router.ScoreAsync("support", new ConceptEmbeddings { Length = 40 }, ["a lawsuit"]),
            1e-6);
    }

    [Fact]
    public async Task The_largest_models_make_a_small_file()
    {
        var trained = await RouterTrainer.TrainAsync(Examples(100), Training, new ConceptEmbeddings { Dimensions = 4_096 });

        Assert.True(trained.File.Length <= 300_000, $"{trained.File.Length} bytes");
        Assert.InRange(await trained.Router.ScoreAsync(null, new ConceptEmbeddings { Dimensions = 4_096 }, ["a question of a lawsuit number 78"]), 0, 0.4);
    }

    [Fact]
    public async Task Each_text_is_embedded_once_and_one_of_space_never()
    {
        var embeddings = new ConceptEmbeddings();
        RouterExample[] examples = [.. Examples(150), .. Examples(150), new RouterExample(" \n", null, true, true), new RouterExample("", null, true, true)];

        var router = (await RouterTrainer.TrainAsync(examples, Training, embeddings)).Router;
        var asked = embeddings.Asked.Count;
        var blank = await router.ScoreAsync(null, embeddings, ["", null, " "]);

        Assert.Equal(150, asked);
        Assert.Equal(asked, embeddings.Asked.Count);
        Assert.Equal(64, embeddings.Together);
        Assert.InRange(blank, 0, 1);
    }

    [Fact]
    public async Task A_long_text_is_cut_between_characters()
    {
        var embeddings = new ConceptEmbeddings();
        var router = (await RouterTrainer.TrainAsync(Examples(100), Training, embeddings)).Router;

        await router.ScoreAsync(null, embeddings, [new string('a', 16_383) + "\ud83d\ude00"]);

        Assert.Equal(new string('a', 16_383), embeddings.Asked[^1]);
    }

    [Fact]
    public async Task It_needs_a_generator_of_its_own_model()
    {
        var router = (await RouterTrainer.TrainAsync(Examples(100), Training, new ConceptEmbeddings())).Router;

        Assert.Contains("reads embeddings by 'concepts-1'", Assert.Throws<InvalidOperationException>(() => router.Score(null, "text")).Message, StringComparison.Ordinal);
        var other = await Assert.ThrowsAsync<InvalidOperationException>(async () => await router.ScoreAsync(null, new ConceptEmbeddings { Dimensions = 9 }, ["text"]));
        Assert.Equal("The embedding has 9 numbers; the router was trained with 8 by 'concepts-1'.", other.Message);
    }

    [Fact]
    public async Task A_router_of_words_asks_for_no_embedding()
    {
        var embeddings = new ConceptEmbeddings();
        var router = RouterTrainer.Train(Examples(100), Training).Router;

        Assert.Equal(router.Score("support", "a", "b"), await router.ScoreAsync("support", embeddings, ["a", "b"]));
        Assert.Empty(embeddings.Asked);
        Assert.Equal((null, 0), (router.EmbeddingModel, router.Dimensions));
    }

    [Fact]
    public async Task What_cannot_be_trained_is_refused_before_a_request_is_made()
    {
        var (embeddings, nameless) = (new ConceptEmbeddings(), new ConceptEmbeddings(model: null));

        await Assert.ThrowsAsync<ArgumentException>(() => RouterTrainer.TrainAsync(Examples(5), Training, embeddings));
        var unnamed = await Assert.ThrowsAsync<ArgumentException>(() => RouterTrainer.TrainAsync(Examples(100), Training, nameless));
        await Assert.ThrowsAsync<OperationCanceledException>(() => RouterTrainer.TrainAsync(Examples(100), Training, embeddings, new CancellationToken(canceled: true)));

        Assert.Contains("set RouterTraining.EmbeddingModel", unnamed.Message, StringComparison.Ordinal);
        Assert.Empty(embeddings.Asked);
        Assert.Empty(nameless.Asked);
    }

    private static RouterExample[] Examples(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => i % 2 == 0
            ? new RouterExample($"a question of a {Easy[i / 2 % 5]} number {i}", "support", true, true)
            : new RouterExample($"a question of a {Hard[i / 2 % 5]} number {i}", "support", false, i % 20 != 1))];
}
