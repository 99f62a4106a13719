using System.CommandLine;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Scores;

/// <summary>The options that say which answers are right.</summary>
internal sealed class MetricOptions
{
    private readonly Option<string?> _metric;
    private readonly Option<double> _tolerance = new("--tolerance") { Description = "How far a number may be from the expected one.", DefaultValueFactory = static _ => 0 };

    /// <param name="isRequired">Whether a metric has to be named.</param>
    /// <param name="hasMethods">Whether it may be a method of the assembly.</param>
    public MetricOptions(bool isRequired, bool hasMethods = false)
    {
        _metric = new("--metric")
        {
            Description = (hasMethods ? "TYPE.METHOD of the assembly: a prompt that judges answers, or a static method (answer, expected) that gives a score from 0 to 1. " : "") + "exact: the member 'answer' is the expected text. numeric: its first number is the expected one. choice: the last expected value that the text names is the right one. members: the share of members of the expected JSON object. elements: the share of expected elements that the text contains. set-f1: F1 of the elements of a JSON array.",
            Required = isRequired,
        };
        if (hasMethods)
        {
            ToolOptions.Check(_metric, static name => name is null || IsMethod(name) || AnswerMetric.Names.Contains(name), $"--metric must be {string.Join(", ", AnswerMetric.Names)}, or TYPE.METHOD of the assembly.");
        }
        else
        {
            _metric.AcceptOnlyFromAmong([.. AnswerMetric.Names]);
        }

        ToolOptions.Check(_tolerance, static value => value >= 0, "--tolerance must be 0 or more.");
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_metric);
        command.Options.Add(_tolerance);
    }

    /// <summary>Whether a metric is named.</summary>
    public bool IsGiven(ParseResult line) => line.GetValue(_metric) is not null;

    /// <summary>The method of the assembly that is named; null = none is.</summary>
    public string? MethodOf(ParseResult line) => line.GetValue(_metric) is { } name && IsMethod(name) ? name : null;

    /// <summary>The metric for recorded answers.</summary>
    public AnswerMetric Of(ParseResult line, RecordedAnswers answers) => Of(line, answers.Questions.Select(static question => question.Expected));

    /// <summary>The metric for expected answers.</summary>
    public AnswerMetric Of(ParseResult line, IEnumerable<string> expected)
    {
        var name = line.GetValue(_metric) ?? throw new ToolException("Recorded answers need --metric.", ExitCodes.Usage);
        try
        {
            return AnswerMetric.Create(name, expected, line.GetValue(_tolerance));
        }
        catch (ArgumentException exception)
        {
            throw new ToolException($"The expected answers of these data do not suit --metric {name}.", ExitCodes.Error, exception);
        }
    }

    private static bool IsMethod(string name) => name.Contains('.', StringComparison.Ordinal);
}
