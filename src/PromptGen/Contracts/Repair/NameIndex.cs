namespace PromptGen.Contracts.Repair;

/// <summary>The names that a value or a member can have, indexed by their exact text, by their text in any case, and by their letters and digits.</summary>
internal sealed class NameIndex
{
    private readonly Dictionary<string, string?> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _byCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _byLetters = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Letters, string Signs), string?> _bySigns = [];
    private readonly int _mostSigns;
    private readonly int _longest;

    /// <param name="names">The names.</param>
    public NameIndex(IReadOnlyList<string> names)
    {
        Names = names;
        foreach (var name in names)
        {
            var (letters, signs) = (Words.Fold(name), Words.Signs(name));
            Add(_byText, name, name);
            Add(_byCase, name, name);
            Add(_byLetters, letters, name);
            Add(_bySigns, (letters, signs), name);
            MostLetters = Math.Max(MostLetters, letters.Length);
            _mostSigns = Math.Max(_mostSigns, signs.Length);
            _longest = Math.Max(_longest, name.Length);
        }
    }

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many names there are.</summary>
    public int Count => Names.Count;

    /// <summary>How many letters and digits a name has at most.</summary>
    public int MostLetters { get; }

    /// <summary>Whether any name has signs that distinguish it from others.</summary>
    public bool HasSigns => _mostSigns > 0;

    /// <summary>Whether there is a name of exactly this text.</summary>
    public bool Contains(string text) => text.Length <= _longest && _byText.ContainsKey(text);

    /// <summary>The only name that equals the text, ignoring case; null where there is none or more than one.</summary>
    public string? InAnyCase(ReadOnlySpan<char> text) => text.Length <= _longest ? _byCase.GetValueOrDefault(text.ToString()) : null;

    /// <summary>The only name with the text's letters and digits; null where there is none or more than one.</summary>
    public string? ByLetters(string text, ReadingGuard guard) => Fold(text, guard) is { Length: > 0 } letters ? _byLetters.GetValueOrDefault(letters) : null;

    /// <summary>Whether any name has the text's letters and digits.</summary>
    public bool HasLettersOf(string text, ReadingGuard guard) => Fold(text, guard) is { } letters && _byLetters.ContainsKey(letters);

    /// <summary>The only name with the text's letters, digits and signs; null where there is none or more than one.</summary>
    public string? ByLettersAndSigns(ReadOnlySpan<char> text, ReadingGuard guard) =>
        Fold(text, guard) is { Length: > 0 } letters && Words.Signs(text, _mostSigns, guard) is { } signs ? _bySigns.GetValueOrDefault((letters, signs)) : null;

    /// <summary>The letters and digits of a text; null where there are more than in any name.</summary>
    public string? Fold(ReadOnlySpan<char> text, ReadingGuard guard) => Words.Fold(text, MostLetters, guard);

    private static void Add<TKey>(Dictionary<TKey, string?> names, TKey key, string name)
        where TKey : notnull
    {
        if (!names.TryAdd(key, name))
        {
            names[key] = null;
        }
    }
}
