namespace PromptGen.Generators.Tests.Hostile.Drawn;

/// <summary>Draws by a seed.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);
    private readonly bool _isWild = seed % 2 == 0;
    private int _names;

    /// <summary>Whether something is drawn that happens once in so many times.</summary>
    public bool Once(int of) => _random.Next(of) == 0;

    /// <summary>Whether something wrong is drawn that happens once in so many times: in half of all programs nothing is wrong on purpose.</summary>
    public bool Wrong(int of) => _isWild && Once(4 * of);

    /// <summary>The wrong one once in so many times, else the right one.</summary>
    public string Mostly(int of, string right, params ReadOnlySpan<string> wrong) => Wrong(of) ? Pick(wrong) : right;

    public T Pick<T>(params ReadOnlySpan<T> items) => items[_random.Next(items.Length)];

    public int Number(int least, int most) => _random.Next(least, most + 1);

    /// <summary>The text once in so many times, else nothing.</summary>
    public string Maybe(int of, string text) => Once(of) ? text : "";

    /// <summary>A few of the items, each once at most, in their order.</summary>
    public T[] Some<T>(int most, params T[] items)
    {
        var count = Number(0, Math.Min(most, items.Length));
        return [.. Enumerable.Range(0, items.Length).OrderBy(_ => _random.Next()).Take(count).Order().Select(index => items[index])];
    }

    /// <summary>A name that nothing else has.</summary>
    public string Name(string stem) => FormattableString.Invariant($"{stem}{++_names}");
}
