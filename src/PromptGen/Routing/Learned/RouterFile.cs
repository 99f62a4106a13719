using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace PromptGen.Routing;

/// <summary>What the file of a learned router holds for its decisions. Dates, counts and curves are for people and tools and are skipped here.</summary>
internal sealed class RouterFile
{
    private readonly FactFile _file;

    private RouterFile(FactFile file)
    {
        if (file.Problems is [var (_, problem), ..])
        {
            throw new FormatException($"The router's file cannot be read: {problem}.");
        }

        _file = file;
        Threshold = Numbers("threshold", 1)[0];
        Bias = Pair("bias");
        Scale = Pair("scale");
        Calibration = Pair("calibration");
        EmbeddingModel = file.Fact(RouterFormat.Embedding)?.Text;
        Dimensions = EmbeddingModel is null ? 0 : ReadDimensions();
        Shape = ReadShape(file.Section("shape"));
        Tasks = ReadTasks(file.Section("tasks"));
        Weights = ReadWeights(file.Section("weights"), EmbeddingModel is null ? TextFeatures.Buckets : Dimensions);
    }

    /// <summary>The score from which the first step is good enough.</summary>
    public double Threshold { get; }

    public (double Weak, double Strong) Bias { get; }

    /// <summary>What one unit of a weight is worth.</summary>
    public (double Weak, double Strong) Scale { get; }

    /// <summary>From the difference of the probabilities to the logit that only the strong model is right.</summary>
    public (double Slope, double Offset) Calibration { get; }

    /// <summary>The model of the embeddings that are read; null = words are read.</summary>
    public string? EmbeddingModel { get; }

    /// <summary>How many numbers such an embedding has; 0 = words are read.</summary>
    public int Dimensions { get; }

    public ShapeWeight[] Shape { get; }

    public Dictionary<string, (double Weak, double Strong)> Tasks { get; }

    /// <summary>Two for each bucket, or for each number of an embedding: those of the weak and of the strong model.</summary>
    public sbyte[] Weights { get; }

    public static RouterFile Parse(ReadOnlySpan<byte> utf8) => new(FactFile.Read(Encoding.UTF8.GetString(utf8), RouterFormat.FirstLine));

    private static ShapeWeight[] ReadShape(IReadOnlyList<FactLine> lines)
    {
        var byName = new Dictionary<string, ShapeWeight>(StringComparer.Ordinal);
        foreach (var (line, _, _) in lines)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var numbers = Split(line[(blank + 1)..], 4, "shape");
            byName[line[..Math.Max(blank, 0)]] = new ShapeWeight(numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        return [.. TextShape.Names.Select(name => byName.TryGetValue(name, out var weight) ? weight : throw Wrong("shape", $"has no line '{name}'"))];
    }

    private static Dictionary<string, (double Weak, double Strong)> ReadTasks(IReadOnlyList<FactLine> lines)
    {
        var tasks = new Dictionary<string, (double Weak, double Strong)>(lines.Count, StringComparer.Ordinal);
        foreach (var (line, _, _) in lines)
        {
            var end = line.LastIndexOf('"') + 1;
            var name = Unquote(line[..end]);
            var numbers = Split(line[end..], 2, "tasks");
            tasks[name] = (numbers[0], numbers[1]);
        }

        return tasks;
    }

    private static string Unquote(string quoted)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(quoted));
            reader.Read();
            return reader.GetString() ?? throw Wrong("tasks", "has a line without a name in quotation marks");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Wrong("tasks", "has a line without a name in quotation marks");
        }
    }

    private static sbyte[] ReadWeights(IReadOnlyList<FactLine> lines, int count)
    {
        var weights = new sbyte[2 * count];
        var bytes = MemoryMarshal.AsBytes(weights.AsSpan());
        var position = 0;
        foreach (var (line, _, _) in lines)
        {
            if (!Convert.TryFromBase64String(line, bytes[position..], out var written))
            {
                throw Wrong("weights", "is not Base64, or too long");
            }

            position += written;
        }

        return position == bytes.Length
            ? weights
            : throw Wrong("weights", string.Create(CultureInfo.InvariantCulture, $"has {position} bytes instead of {bytes.Length}"));
    }

    private static double[] Split(string text, int count, string name)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            if (parts.Length != count || !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"does not have {count} numbers in a line"));
            }
        }

        return numbers;
    }

    private static FormatException Wrong(string name, string problem) => new($"The router's file cannot be read: '{name}' {problem}.");

    private double[] Numbers(string name, int count) => Split(_file.Fact(name)?.Text ?? "", count, name);

    private int ReadDimensions() =>
        int.TryParse(_file.Fact(RouterFormat.Dimensions)?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var dimensions) && dimensions is > 0 and <= RouterFormat.MaxDimensions
            ? dimensions
            : throw Wrong(RouterFormat.Dimensions, string.Create(CultureInfo.InvariantCulture, $"is not a number from 1 to {RouterFormat.MaxDimensions}"));

    private (double, double) Pair(string name)
    {
        var numbers = Numbers(name, 2);
        return (numbers[0], numbers[1]);
    }
}
