using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>
/// The items that a prompt is evaluated with: JSON Lines {id, input, expected or elements, category?, difficulty?, cluster?, weight?} (<c>.jsonl</c>, <c>.jsonl.gz</c>), or tests of promptfoo (<c>.yaml</c>,
/// <c>.yml</c>, <c>.csv</c>).
/// </summary>
public sealed class EvaluationSet
{
    /// <summary>Makes a set of items.</summary>
    /// <param name="name">The name of the set: the task.</param>
    /// <param name="items">The items.</param>
    /// <exception cref="RecordedDataException">There are none, or two have one id, or one has nothing that is right or a weight of 0 or less.</exception>
    public EvaluationSet(string name, IReadOnlyList<EvaluationItem> items)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(items);
        (Name, Items) = (name, items);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var errors = new List<string>();
        foreach (var item in items)
        {
            var problem = !known.Add(item.Id) ? $"has the id '{item.Id}' a second time"
                : item.Expected is null && item.Elements.Count == 0 ? "needs what is right: 'expected' or 'elements'"
                : item.Expected is not null && item.Elements.Count > 0 ? "has both 'expected' and 'elements': remove one of the two"
                : item.Weight is not (> 0 and < 1e15) ? "has a weight that is not more than 0"
                : null;
            if (problem is not null)
            {
                errors.Add($"{item.Place} {problem}.");
            }
        }

        ThrowIfAny(errors);
        if (items.Count == 0)
        {
            throw new RecordedDataException($"'{name}' has no items.");
        }
    }

    /// <summary>The name of the set: that of its file.</summary>
    public string Name { get; }

    /// <summary>The items in the order of the data.</summary>
    public IReadOnlyList<EvaluationItem> Items { get; }

    /// <summary>A hash of the items: 16 hexadecimal digits.</summary>
    public string Version => field ??= SetHash.Of([.. Items.SelectMany(static item => (string[])[item.Id, item.Digest])]);

    /// <summary>Reads a set. Every fault is reported, not only the first one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The set.</returns>
    /// <exception cref="RecordedDataException">The file cannot be read, or an item cannot be used; the message has a line with file and line for each.</exception>
    public static EvaluationSet Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new RecordedDataException($"There is no file '{path}'.");
        }

        var name = Path.GetFileName(path).Split('.')[0];
        return DataFile.Is(path, ".jsonl") ? new(name, ReadLines(path))
            : PromptfooTests.Is(path) ? new(name, PromptfooTests.Read(path))
            : throw new RecordedDataException($"'{path}' is neither .jsonl, .yaml nor .csv.");
    }

    /// <summary>What is wrong with the items: a line for each fault, with file and line of the item.</summary>
    /// <param name="problemsOf">What is wrong with an item: each the end of a sentence that begins with the item.</param>
    internal IReadOnlyList<string> Faults(Func<EvaluationItem, IEnumerable<string>> problemsOf) =>
        [.. Items.SelectMany(item => problemsOf(item).Select(problem => $"{item.Place} ('{item.Id}') {problem}."))];

    /// <summary>Ends the reading with all that is wrong.</summary>
    internal static void ThrowIfAny(IReadOnlyCollection<string> errors)
    {
        if (errors.Count > 0)
        {
            throw new RecordedDataException(string.Join(Environment.NewLine, errors));
        }
    }

    private static List<EvaluationItem> ReadLines(string path)
    {
        var (items, errors) = (new List<EvaluationItem>(), new List<string>());
        foreach (var line in JsonLine.Read(path))
        {
            try
            {
                items.Add(ItemOf(line));
            }
            catch (RecordedDataException exception)
            {
                errors.Add(exception.Message);
            }
        }

        ThrowIfAny(errors);
        return items;
    }

    private static EvaluationItem ItemOf(JsonLine line)
    {
        if (!line.Value.TryGetProperty("input", out var input) || input.ValueKind != JsonValueKind.Object)
        {
            throw line.Error("needs an 'input': an object with a member for each parameter of the prompt");
        }

        var elements = line.Value.TryGetProperty("elements", out var texts) ? texts : default;
        if (elements.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Array) || (elements.ValueKind == JsonValueKind.Array && elements.EnumerateArray().Any(static text => text.ValueKind != JsonValueKind.String)))
        {
            throw line.Error("has 'elements' that are not a list of texts");
        }

        if (line.Value.TryGetProperty("weight", out _) && line.Number("weight") is null)
        {
            throw line.Error("has a weight that is not a number");
        }

        return new(
            line.Id(),
            input.EnumerateObject().GroupBy(static member => member.Name, StringComparer.Ordinal).ToDictionary(static member => member.Key, static member => member.Last().Value, StringComparer.Ordinal),
            line.Value.TryGetProperty("expected", out var expected) ? expected : null,
            elements.ValueKind == JsonValueKind.Array ? [.. elements.EnumerateArray().Select(line.Text)] : [])
        {
            Category = line.Scalar("category"),
            Difficulty = line.Scalar("difficulty"),
            Cluster = line.Scalar("cluster"),
            Weight = line.Number("weight") ?? 1,
            Place = line.Place,
        };
    }
}
