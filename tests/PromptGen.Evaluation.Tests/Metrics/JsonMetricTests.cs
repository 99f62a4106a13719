namespace PromptGen.Evaluation.Tests.Metrics;

public sealed class JsonMetricTests
{
    [Theory]
    [InlineData("""{"queue": "billing", "urgency": 4, "note": "x"}""", 1)]
    [InlineData("Here:\n```json\n{\"queue\": \"Billing \", \"urgency\": 4}\n```", 1)]
    [InlineData("""{"reasoning": "r", "answer": {"queue": "Billing", "urgency": 4}}""", 1)]
    [InlineData("""{"queue": "Account", "urgency": 4}""", 0.5)]
    [InlineData("""{"urgency": "5"}""", 0)]
    [InlineData("Billing", 0)]
    [InlineData("""{"queue": "Billing", "urgency": """, 0)]
    [InlineData("[1]", 0)]
    public void Members_scores_the_share_of_members_that_are_right(string text, double score) => Assert.Equal(score, Score(AnswerMetric.Members, text, """{"queue": "Billing", "urgency": 4}"""));

    [Theory]
    [InlineData("Paris, then ROME.", """["Rome", "Paris"]""", 1)]
    [InlineData("Paris", """["Rome", "Paris"]""", 0.5)]
    [InlineData("", """["Rome", "Paris"]""", 0)]
    [InlineData("It is in Rome", "rome", 1)]
    [InlineData("nothing", "[]", 1)]
    public void Elements_scores_the_share_of_elements_that_the_text_contains(string text, string expected, double score) => Assert.Equal(score, Score(AnswerMetric.Elements, text, expected));

    [Theory]
    [InlineData("""["a", "b"]""", """["B", "a"]""", 1)]
    [InlineData("""{"answer": ["a", "c"]}""", """["a", "b"]""", 0.5)]
    [InlineData("""The set is ["a"].""", """["a", "b", "c"]""", 0.5)]
    [InlineData("""["a", "a", "a"]""", """["a"]""", 1)]
    [InlineData("[]", "[]", 1)]
    [InlineData("[1.0, 2]", "[1.0, 3]", 0.5)]
    [InlineData("none", """["a"]""", 0)]
    [InlineData("[\"a\"", """["a"]""", 0)]
    public void Set_f1_weighs_what_is_missing_and_what_is_too_much(string text, string expected, double score) => Assert.Equal(score, Score(AnswerMetric.SetF1, text, expected));

    private static double Score(AnswerMetric metric, string text, string expected) => metric.Score(metric.Find(text), expected);
}
