using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Calibrations;

/// <summary>Reads a calibration file: facts, then for each model a section with its points.</summary>
internal sealed class CalibrationReader
{
    private const string FirstLine = "promptgen calibration 1";

    private static readonly char[] Blanks = [' ', '\t'];

    private readonly FactFile _file;
    private readonly List<CalibrationMap> _maps = [];

    private CalibrationReader(FactFile file) => _file = file;

    public static CalibrationContent Read(string path, SourceText text)
    {
        var reader = new CalibrationReader(FactFile.Read(text.ToString(), FirstLine));
        reader.ReadMaps();
        if (reader._file.Problems.Count == 0)
        {
            reader.CheckFacts();
            reader.CheckMaps();
        }

        return new CalibrationContent(
            path,
            reader.Fact("kind"),
            reader.Fact("prompt"),
            reader.Fact("date") ?? "",
            reader.Labels ?? 0,
            reader._maps.ToEquatableArray(),
            FileProblem.Of(reader._file));
    }

    private void ReadMaps()
    {
        foreach (var section in _file.Sections)
        {
            var points = new List<CalibrationPoint>();
            foreach (var line in section.Lines)
            {
                AddPoint(points, line);
            }

            _maps.Add(new CalibrationMap(section.Name, points.ToEquatableArray()));
        }
    }

    private void AddPoint(List<CalibrationPoint> points, FactLine line)
    {
        var numbers = line.Text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length != 2 || Share(numbers[0]) is not { } probability || Share(numbers[1]) is not { } share)
        {
            _file.Report(line, "a line of a section has to be two numbers from 0 to 1: the probability of the tokens, the stated confidence or the agreement of the votes, then the share of right answers");
        }
        else if (points.Count > 0 && (probability <= points[points.Count - 1].Probability || share < points[points.Count - 1].Share))
        {
            _file.Report(line, "from line to line of a section the first number has to rise, and the second must not fall: sort the lines, or fit the calibration again");
        }
        else
        {
            points.Add(new CalibrationPoint(probability, share));
        }
    }

    private static double? Share(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1 ? number : null;

    private void CheckFacts()
    {
        if (Fact("kind") is not (CalibrationContent.Likelihood or CalibrationContent.Confidence or CalibrationContent.Agreement))
        {
            _file.Report(
                _file.Head,
                $"{(Fact("kind") is { } kind ? $"its kind '{kind}' is not known" : "it has no kind")}: write 'kind: {CalibrationContent.Likelihood}' in a file of token probabilities, 'kind: {CalibrationContent.Confidence}' in one of what answers state, and 'kind: {CalibrationContent.Agreement}' in one of votes");
        }

        if (!DateTime.TryParseExact(Fact("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            _file.Report(_file.Head, "it has no date: write 'date: 2026-11-30'");
        }

        if (Labels is null)
        {
            _file.Report(_file.Head, "it has no count of labelled answers: write 'labels: 412'");
        }

        if (Fact("metric") is not { Length: > 0 })
        {
            _file.Report(_file.Head, "it has no metric: write how well it fits, for example 'metric: ECE 0.21 -> 0.03'");
        }
    }

    private void CheckMaps()
    {
        var isOfVotes = Fact("kind") == CalibrationContent.Agreement;
        foreach (var map in _file.Sections)
        {
            if (map.Lines.Count < 2)
            {
                _file.Report(map.Head, "a section needs at least two lines of numbers");
            }

            if (isOfVotes && map.Name != CalibrationContent.All)
            {
                _file.Report(map.Head, $"a calibration of agreement has one section for all models: write [{CalibrationContent.All}]");
            }
        }

        if (_maps.Count == 0)
        {
            _file.Report(_file.Head, $"it has no section: write {(isOfVotes ? $"[{CalibrationContent.All}]" : "a model in brackets, for example [gpt-4o-mini*],")} and its lines of numbers below it");
        }
    }

    private int? Labels => int.TryParse(Fact("labels"), NumberStyles.None, CultureInfo.InvariantCulture, out var labels) && labels > 0 ? labels : null;

    private string? Fact(string name) => _file.Fact(name)?.Text;
}
