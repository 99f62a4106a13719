using System.Text;

namespace PromptGen.Contracts.Repair;

/// <summary>The names that members can have, as UTF-8.</summary>
internal sealed class KnownNames
{
    private readonly HashSet<string> _letters;
    private readonly int _mostLetters;
    private readonly int _longest;

    /// <param name="names">The names.</param>
    public KnownNames(IEnumerable<string> names)
    {
        string[] texts = [.. names];
        Utf8 = Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
        _letters = texts.Select(static name => Words.Fold(name)).ToHashSet(StringComparer.Ordinal);
        _mostLetters = _letters.Select(static letters => letters.Length).DefaultIfEmpty().Max();
        _longest = Utf8.Select(static name => name.Length).DefaultIfEmpty().Max();
    }

    /// <summary>The names as UTF-8.</summary>
    public byte[][] Utf8 { get; }

    /// <summary>Whether a member can have this name, ignoring the case of ASCII letters.</summary>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        if (name.Length > _longest)
        {
            return false;
        }

        foreach (var known in Utf8)
        {
            if (known.Length == name.Length && (Ascii.EqualsIgnoreCase(name, known) || name.SequenceEqual(known)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a member can have this name, comparing letters and digits only.</summary>
    public bool HasLettersOf(ReadOnlySpan<byte> name) => Words.Fold(Encoding.UTF8.GetString(name), _mostLetters) is { } letters && _letters.Contains(letters);
}
