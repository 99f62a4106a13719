using System.Globalization;
using PromptGen.Evaluation;

namespace PromptGen.Tests.Contracts;

/// <summary>The recorded answers of ZeroEval, and what was published of them. Format of the data: <c>shared/data/README.md</c>.</summary>
internal static class ZeroEval
{
    /// <summary>The models, with the share of answers in percent in which ZeroEval's extractor found nothing, as published.</summary>
    public static Dictionary<string, double> Published(string task) =>
        File.ReadLines(SharedData.Find($"zeroeval/{task}/format.csv")).Skip(1).Select(static line => line.Split(','))
            .ToDictionary(static cells => cells[0], static cells => double.Parse(cells[8], CultureInfo.InvariantCulture));

    /// <summary>The recorded answers to a task.</summary>
    public static RecordedAnswers Answers(string task) => RecordedAnswers.Open(SharedData.Find($"zeroeval/{task}"));

    /// <summary>What is right: the number of gsm, the text of crux.</summary>
    public static AnswerMetric Metric(string task) => task == "gsm" ? AnswerMetric.Numeric() : AnswerMetric.Exact;
}
