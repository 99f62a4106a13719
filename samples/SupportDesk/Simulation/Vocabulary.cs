using System.Collections.Concurrent;

namespace Acme.Support.Simulation;

/// <summary>The phrases that a simulated model knows, from the text files in <c>Simulation/Vocabulary</c>.</summary>
internal sealed class Vocabulary
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Phrase>> Files = new(StringComparer.Ordinal);

    private readonly ILookup<string, Phrase> _phrases;

    private Vocabulary(IEnumerable<Phrase> phrases) => _phrases = phrases.ToLookup(phrase => phrase.Topic, StringComparer.Ordinal);

    /// <summary>The files' phrases together, for example <c>Of("en", "de")</c>.</summary>
    public static Vocabulary Of(params string[] files) => new(files.SelectMany(file => Files.GetOrAdd(file, Load)));

    /// <summary>All phrases of a topic.</summary>
    public IEnumerable<Phrase> About(string topic) => _phrases[topic];

    private static List<Phrase> Load(string file)
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream($"vocabulary/{file}.txt")
            ?? throw new InvalidOperationException($"There is no vocabulary named {file}.");
        using var reader = new StreamReader(stream);

        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(Phrase.Parse)];
    }
}
