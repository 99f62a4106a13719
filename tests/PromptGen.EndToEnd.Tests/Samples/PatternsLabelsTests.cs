extern alias patternsSample;

using patternsSample::Acme.Patterns;
using patternsSample::Acme.Patterns.Questions;
using patternsSample::Acme.Patterns.Simulation;
using PromptGen.Evaluation;
using PromptGen.Tests;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>The learned router of the patterns was trained from its own labels, which are what the simulated models can answer.</summary>
public sealed class PatternsLabelsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "Patterns", "Routers");

    private static readonly IReadOnlyList<RouterExample> Labels = RouterExamples.Read(Path.Combine(Folder, "questions.csv"));

    [Fact]
    public void The_file_is_what_training_writes() => Assert.Equal(
        File.ReadAllText(Path.Combine(Folder, "questions.router")),
        System.Text.Encoding.UTF8.GetString(RouterTrainer.Train(Labels, new RouterTraining
        {
            Date = new DateOnly(2026, 11, 30),
            Prompt = "LabelsRouter.AnswerAsync",
            WeakModel = Models.Luna,
            StrongModel = Models.Sol,
        }).File.Span));

    [Fact]
    public void The_labels_are_what_the_models_can_answer() => Assert.All(Labels, static label =>
    {
        Assert.Equal(label.WeakCorrect, IsRight(label.Input, Models.Luna));
        Assert.Equal(label.StrongCorrect, IsRight(label.Input, Models.Sol));
    });

    [Fact]
    public void No_question_of_the_patterns_is_among_the_labels() => Assert.Empty(Labels.Select(static label => label.Input).Intersect(Question.All.Select(static question => question.Text)));

    private static bool IsRight(string question, string model)
    {
        var handbook = Handbook.Of(Question.Handbook);
        return handbook.Says(handbook.Answer(question, SimulatedModel.For(model)).Text);
    }
}
