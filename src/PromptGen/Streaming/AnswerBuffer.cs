namespace PromptGen.Streaming;

/// <summary>
/// The text of a streamed answer so far. It only grows, so that what was read of it once never has to be read again, and a piece of it
/// does not change while the rest arrives: a snapshot can create its text on first access.
/// </summary>
internal sealed class AnswerBuffer
{
    private char[] _chars = new char[256];

    /// <summary>How many characters there are.</summary>
    public int Length { get; private set; }

    public char this[int index] => _chars[index];

    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_chars.AsSpan(Length));
        Length += text.Length;
    }

    public void Append(char character)
    {
        Reserve(1);
        _chars[Length++] = character;
    }

    /// <summary>What came from an index on.</summary>
    public ReadOnlySpan<char> From(int start) => _chars.AsSpan(start, Length - start);

    public ReadOnlySpan<char> Between(int start, int end) => _chars.AsSpan(start, end - start);

    public string Text(int start, int end) => new(_chars, start, end - start);

    /// <summary>Drops everything. Valid only if no piece of it is in use.</summary>
    public void Clear() => Truncate(0);

    /// <summary>Drops everything from an index on. Valid only if no piece of that is in use.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>All of it.</summary>
    public override string ToString() => Text(0, Length);

    private void Reserve(int more)
    {
        if (_chars.Length - Length < more)
        {
            // Readers of older pieces may still hold the old array, so it is left as it is.
            var larger = new char[Math.Max(_chars.Length * 2, Length + more)];
            _chars.AsSpan(0, Length).CopyTo(larger);
            _chars = larger;
        }
    }
}
