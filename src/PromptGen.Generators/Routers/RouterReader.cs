using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Json;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routers;

/// <summary>Reads the file of a learned router: what it states, and what decides, which it holds against the same rules as the runtime.</summary>
internal sealed class RouterReader
{
    /// <summary>Another training would write other ones.</summary>
    private const string Remedy = "train the router again (promptgen train)";

    private static readonly char[] Blank = [' '];

    private readonly FactFile _file;
    private readonly StringBuilder _text = new(RouterFormat.FirstLine);
    private readonly List<string> _tasks = [];

    private RouterReader(FactFile file) => _file = file;

    public static RouterContent Read(string path, SourceText text)
    {
        var reader = new RouterReader(FactFile.Read(text.ToString(), RouterFormat.FirstLine));
        if (reader._file.Problems.Count == 0)
        {
            reader.ReadDecision();
        }

        var facts = reader._file.Problems.Count == 0 ? reader.Facts() : new RouterFacts();
        var problems = FileProblem.Of(reader._file);
        return new RouterContent(path, problems.Count > 0 ? "" : reader._text.Append('\n').ToString(), facts, reader._tasks.ToEquatableArray(), problems);
    }

    private void ReadDecision()
    {
        ReadNumbers("threshold", 1);
        ReadNumbers("bias", 2);
        ReadNumbers("scale", 2);
        ReadNumbers("calibration", 2);
        var bytes = _file.Fact(RouterFormat.Embedding) is { } embedding ? 2 * ReadDimensions(embedding) : RouterFormat.WeightBytes;
        ReadShape();
        ReadTasks();
        ReadWeights(bytes);
    }

    private void ReadNumbers(string name, int count)
    {
        if (_file.Fact(name) is not { } fact)
        {
            _file.Report(_file.Head, $"it has no line '{name}': {Remedy}");
        }
        else if (Numbers(fact.Text, count) is not { } numbers)
        {
            _file.Report(fact, $"'{name}' has to be {(count == 1 ? "a number" : $"{Count(count)} numbers")}: {Remedy}");
        }
        else if (name == "threshold" && numbers[0] is < 0 or > 1)
        {
            _file.Report(fact, $"'threshold' has to be a number from 0 to 1: {Remedy}");
        }
        else
        {
            Keep($"{name}: {fact.Text}");
        }
    }

    /// <returns>How many numbers the embedding has; 0 where that cannot be read.</returns>
    private int ReadDimensions(FactLine embedding)
    {
        if (embedding.Text.Length == 0)
        {
            _file.Report(embedding, $"'{RouterFormat.Embedding}' has to be the id of a model of embeddings: {Remedy}");
        }

        var dimensions = _file.Fact(RouterFormat.Dimensions);
        if (!int.TryParse(dimensions?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is not (> 0 and <= RouterFormat.MaxDimensions))
        {
            _file.Report(dimensions ?? embedding, $"'{RouterFormat.Dimensions}' has to be a number from 1 to {Count(RouterFormat.MaxDimensions)}: {Remedy}");
            return 0;
        }

        Keep($"{RouterFormat.Embedding}: {embedding.Text}");
        Keep($"{RouterFormat.Dimensions}: {Count(count)}");
        return count;
    }

    private void ReadShape()
    {
        Keep("[shape]");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in _file.Section("shape"))
        {
            var blank = Math.Max(line.Text.IndexOf(' '), 0);
            names.Add(line.Text.Substring(0, blank));
            KeepIf(Numbers(line.Text.Substring(blank), 4) is not null, line, "a line of [shape] has to be a name and four numbers");
        }

        if (RouterFormat.ShapeNames.Where(name => !names.Contains(name)).ToArray() is { Length: > 0 } missing)
        {
            _file.Report(_file.Head, $"its section [shape] has no line '{missing[0]}': {Remedy}");
        }
    }

    private void ReadTasks()
    {
        Keep("[tasks]");
        foreach (var line in _file.Section("tasks"))
        {
            var end = line.Text.LastIndexOf('"') + 1;
            var name = JsonParser.Parse(line.Text.Substring(0, end), out _) is { Kind: JsonKind.String, Text: var task } && JsonText.IsUnicode(task) ? task : null;
            KeepIf(name is not null && Numbers(line.Text.Substring(end), 2) is not null, line, "a line of [tasks] has to be a name in quotation marks and two numbers");
            _tasks.Add(name ?? "");
        }
    }

    private void ReadWeights(int count)
    {
        Keep("[weights]");
        var bytes = 0;
        foreach (var line in _file.Section("weights"))
        {
            var read = Base64(line.Text);
            KeepIf(read is not null, line, "a line of [weights] has to be Base64");
            bytes += read ?? 0;
        }

        if (_file.Problems.Count == 0 && bytes != count)
        {
            _file.Report(_file.Head, $"its section [weights] has {Count(bytes)} bytes, not {Count(count)}: {Remedy}");
        }
    }

    private RouterFacts Facts()
    {
        if (!DateTime.TryParseExact(Text("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            _file.Report(_file.Head, "it has no date: write 'date: 2026-11-30'");
        }

        if (!int.TryParse(Text("labels"), NumberStyles.None, CultureInfo.InvariantCulture, out var labels) || labels == 0)
        {
            _file.Report(_file.Head, "it has no count of labelled examples: write 'labels: 412'");
        }

        return new RouterFacts
        {
            Threshold = Number("threshold") ?? double.NaN,
            Embedding = Text(RouterFormat.Embedding),
            Prompt = Text("prompt"),
            Version = Text("version"),
            Weak = Text("weak"),
            Strong = Text("strong"),
            Date = date,
            Labels = labels,
            HeldOut = Number("held-out-weak") is { } weak && Number("held-out-strong") is { } strong && Number("held-out-router") is { } router && Number("held-out-strong-calls") is { } calls
                ? new HeldOut(weak, strong, router, calls)
                : null,
        };
    }

    private string? Text(string name) => _file.Fact(name) is { Text: { Length: > 0 } text } ? text : null;

    private double? Number(string name) => Numbers(Text(name) ?? "", 1)?[0];

    private void Keep(string line) => _text.Append('\n').Append(line);

    private void KeepIf(bool isRight, FactLine line, string rule)
    {
        Keep(line.Text);
        if (!isRight)
        {
            _file.Report(line, $"{rule}: {Remedy}");
        }
    }

    private static double[]? Numbers(string text, int count)
    {
        var parts = text.Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            if (parts.Length != count || !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || double.IsNaN(numbers[i]) || double.IsInfinity(numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }

    private static int? Base64(string text)
    {
        try
        {
            return Convert.FromBase64String(text).Length;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
