using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Calibrations;

/// <summary>
/// Reads a calibration file, line by line: <c>promptgen calibration 1</c>, then facts as <c>name: value</c>, then for each model <c>[model]</c> and its points. Empty lines
/// and those that begin with <c>#</c> say nothing.
/// </summary>
internal sealed class CalibrationReader
{
    private const string FirstLine = "promptgen calibration 1";

    private static readonly char[] Blanks = [' ', '\t'];

    private readonly Dictionary<string, string> _facts = new(StringComparer.Ordinal);
    private readonly List<(string Models, TextSpan Span, List<CalibrationPoint> Points)> _maps = [];
    private readonly List<FileProblem> _problems = [];

    private CalibrationReader()
    {
    }

    public static CalibrationContent Read(string path, SourceText text)
    {
        var reader = new CalibrationReader();
        var isFirst = true;
        foreach (var line in text.Lines)
        {
            var written = line.ToString().Trim();
            if (written.Length == 0 || written[0] == '#')
            {
                continue;
            }

            if (!isFirst)
            {
                reader.ReadLine(written, line.Span);
                continue;
            }

            isFirst = false;
            if (written != FirstLine)
            {
                reader.Report(line.Span, $"its first line has to be '{FirstLine}'");
                break;
            }
        }

        return reader.Finish(path, text, isEmpty: isFirst);
    }

    private void ReadLine(string line, TextSpan span)
    {
        if (line[0] == '[')
        {
            StartMap(line, span);
        }
        else if (_maps.Count > 0)
        {
            AddPoint(line, span);
        }
        else if (line.IndexOf(':') is > 0 and var colon)
        {
            _facts[line.Substring(0, colon).TrimEnd()] = line.Substring(colon + 1).Trim();
        }
        else
        {
            Report(span, "a line before the first section has to be 'name: value', for example 'labels: 412'");
        }
    }

    private void StartMap(string line, TextSpan span)
    {
        var models = line.TrimEnd(']').Substring(1).Trim();
        if (models.Length == 0 || line[line.Length - 1] != ']')
        {
            Report(span, "a section has to begin with a model or a pattern of models in brackets, for example [gpt-4o-mini*]");
        }
        else if (_maps.Exists(map => map.Models == models))
        {
            Report(span, $"it has two sections [{models}]: remove one of the two");
        }

        _maps.Add((models, span, []));
    }

    private void AddPoint(string line, TextSpan span)
    {
        var points = _maps[_maps.Count - 1].Points;
        var numbers = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length != 2 || Share(numbers[0]) is not { } probability || Share(numbers[1]) is not { } share)
        {
            Report(span, "a line of a section has to be two numbers from 0 to 1: the probability of the tokens, the stated confidence or the agreement of the votes, then the share of right answers");
        }
        else if (points.Count > 0 && (probability <= points[points.Count - 1].Probability || share < points[points.Count - 1].Share))
        {
            Report(span, "from line to line of a section the first number has to rise, and the second must not fall: sort the lines, or fit the calibration again");
        }
        else
        {
            points.Add(new CalibrationPoint(probability, share));
        }
    }

    private static double? Share(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1 ? number : null;

    private CalibrationContent Finish(string path, SourceText text, bool isEmpty)
    {
        var head = text.Lines[0].Span;
        if (isEmpty)
        {
            Report(head, $"it is empty: write it with CalibrationFitter, or begin it with the line '{FirstLine}'");
        }
        else if (_problems.Count == 0)
        {
            CheckFacts(head);
            CheckMaps(head);
        }

        return new CalibrationContent(
            path,
            Fact("kind"),
            Fact("prompt"),
            Fact("date") ?? "",
            Labels ?? 0,
            _maps.Select(static map => new CalibrationMap(map.Models, map.Points.ToEquatableArray())).ToEquatableArray(),
            _problems.ToEquatableArray());
    }

    private void CheckFacts(TextSpan head)
    {
        if (Fact("kind") is not (CalibrationContent.Likelihood or CalibrationContent.Confidence or CalibrationContent.Agreement))
        {
            Report(
                head,
                $"{(Fact("kind") is { } kind ? $"its kind '{kind}' is not known" : "it has no kind")}: write 'kind: {CalibrationContent.Likelihood}' in a file of token probabilities, 'kind: {CalibrationContent.Confidence}' in one of what answers state, and 'kind: {CalibrationContent.Agreement}' in one of votes");
        }

        if (!DateTime.TryParseExact(Fact("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            Report(head, "it has no date: write 'date: 2026-11-30'");
        }

        if (Labels is null)
        {
            Report(head, "it has no count of labelled answers: write 'labels: 412'");
        }

        if (Fact("metric") is not { Length: > 0 })
        {
            Report(head, "it has no metric: write how well it fits, for example 'metric: ECE 0.21 -> 0.03'");
        }
    }

    private void CheckMaps(TextSpan head)
    {
        var isOfVotes = Fact("kind") == CalibrationContent.Agreement;
        foreach (var map in _maps)
        {
            if (map.Points.Count < 2)
            {
                Report(map.Span, "a section needs at least two lines of numbers");
            }

            if (isOfVotes && map.Models != CalibrationContent.All)
            {
                Report(map.Span, $"a calibration of agreement has one section for all models: write [{CalibrationContent.All}]");
            }
        }

        if (_maps.Count == 0)
        {
            Report(head, $"it has no section: write {(isOfVotes ? $"[{CalibrationContent.All}]" : "a model in brackets, for example [gpt-4o-mini*],")} and its lines of numbers below it");
        }
    }

    private int? Labels => int.TryParse(Fact("labels"), NumberStyles.None, CultureInfo.InvariantCulture, out var labels) && labels > 0 ? labels : null;

    private string? Fact(string name) => _facts.TryGetValue(name, out var value) ? value : null;

    private void Report(TextSpan span, string message) => _problems.Add(new FileProblem(span, message));
}
