using System.Globalization;

namespace PromptGen.Streaming;

/// <summary>
/// Finds in an answer what is new behind delivered text: without the whole of it where the answer begins again, and without its end where the answer repeats
/// that. It holds back only what may still be a repetition. Not thread-safe.
/// </summary>
internal sealed class TextContinuation
{
    /// <summary>How much of the delivered text an answer has to begin with, in characters, to be a new beginning; of a text below twice that, half.</summary>
    private const int Restart = 16;

    /// <summary>From this length on equal text is no coincidence, wherever a word begins.</summary>
    private const int Long = 12;

    /// <summary>The shortest repetition of the beginning of a word: a word may begin with the same letter twice.</summary>
    private const int Spaced = 2;

    /// <summary>The shortest repetition where white space separates the answer from the delivered text, as it separates two different words.</summary>
    private const int Separate = 8;

    /// <summary>The shortest repetition in a script that does not separate words.</summary>
    private const int Unspaced = 4;

    private readonly string _delivered;
    private readonly int _start;
    private readonly int _lastInWord;
    private readonly Overlap<char> _overlap;
    private readonly AnswerBuffer _held = new();
    private int _visible;
    private bool _hasEnded;

    /// <param name="delivered">The delivered text; not blank.</param>
    public TextContinuation(string delivered)
    {
        _delivered = delivered;
        while (char.IsWhiteSpace(delivered[_start]))
        {
            _start++;
        }

        for (_lastInWord = delivered.Length - 1; _lastInWord >= 0 && !char.IsLetterOrDigit(delivered[_lastInWord]); _lastInWord--)
        {
        }

        _overlap = new Overlap<char>(delivered.AsMemory(_start));
    }

    /// <summary>Whether it is known what is new: all that comes from now on.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Whether the answer begins like the delivered text and then differs from it, or ends before it.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Whether nothing visible has come.</summary>
    public bool IsBlank => _visible == _held.Length;

    /// <summary>Adds text of the answer.</summary>
    /// <returns>What is new, as far as that is known.</returns>
    public ReadOnlySpan<char> Add(ReadOnlySpan<char> text)
    {
        if (IsDecided)
        {
            return HasDiverged ? [] : text;
        }

        _held.Append(text);
        while (_visible < _held.Length && _visible == _held.Length - text.Length && char.IsWhiteSpace(text[0]))
        {
            _visible++;
            text = text[1..];
        }

        foreach (var character in text)
        {
            _overlap.Add(character);
        }

        return Decide();
    }

    /// <summary>The answer has ended.</summary>
    /// <returns>What is new and was held back.</returns>
    public ReadOnlySpan<char> End()
    {
        _hasEnded = true;
        _overlap.End();
        return IsDecided ? [] : Decide();
    }

    private ReadOnlySpan<char> Decide()
    {
        // What follows a repetition shows whether it ends with a word.
        if (!_overlap.IsDecided || (!_hasEnded && _held.Length == _visible + _overlap.Length))
        {
            return [];
        }

        IsDecided = true;
        var delivered = _delivered.Length - _start;
        HasDiverged = _overlap.Length < delivered
            && _overlap.Restarted >= Math.Min(Restart, (delivered + 1) / 2)
            && (_overlap.EndedInRestart || _overlap.Length < _overlap.Restarted);
        if (HasDiverged)
        {
            return [];
        }

        var repeated = _overlap.Length;
        while (repeated > 0 && !IsRepetition(repeated))
        {
            repeated = _overlap.ShorterThan(repeated);
        }

        return _held.From(repeated == 0 ? 0 : _visible + repeated);
    }

    /// <summary>Whether the end of that length, which the answer begins with, is repeated, and not the same by chance.</summary>
    private bool IsRepetition(int length)
    {
        var start = _delivered.Length - length;
        if (start == _start)
        {
            return true;
        }

        var repeated = _delivered.AsSpan(start);
        if (char.IsLowSurrogate(repeated[0]) || _lastInWord < start)
        {
            return false;
        }

        var next = _visible + length;
        var endsWord = next == _held.Length || !IsSpacedWord(_held[next]) || !IsSpacedWord(repeated[^1]);
        var isSeparate = _visible > 0 || char.IsWhiteSpace(_delivered[^1]);
        return length >= Long
            || (IsUnspaced(repeated[0]) ? length >= Unspaced
                : (!IsSpacedWord(repeated[0]) || !IsSpacedWord(_delivered[start - 1])) && (isSeparate ? length >= Separate && endsWord : length >= Spaced));
    }

    private static bool IsSpacedWord(char character) => char.IsLetterOrDigit(character) && !IsUnspaced(character);

    private static bool IsUnspaced(char character) => char.GetUnicodeCategory(character) == UnicodeCategory.OtherLetter;
}
