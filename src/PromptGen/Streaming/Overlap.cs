namespace PromptGen.Streaming;

/// <summary>
/// Compares the beginning of an answer with what was delivered before it, while the answer comes: how much of the beginning repeats the end, the longest
/// first, and how much repeats the beginning. Takes time linear in both, whatever they are (Knuth, Morris, Pratt; the answer is the pattern). Not thread-safe.
/// </summary>
/// <typeparam name="T">What both consist of: characters, elements.</typeparam>
/// <param name="delivered">What was delivered.</param>
internal sealed class Overlap<T>(ReadOnlyMemory<T> delivered)
    where T : IEquatable<T>
{
    private readonly List<T> _answer = [];

    /// <summary>For each length of the answer's beginning, the length of its longest own end, shorter than itself, that it begins with.</summary>
    private readonly List<int> _borders = [];

    /// <summary>How much of what was delivered is compared. Its last <see cref="Length"/> items are the beginning of the answer.</summary>
    private int _scanned;

    private bool _hasEnded;

    /// <summary>Whether nothing that may still come changes the result.</summary>
    public bool IsDecided => _scanned == delivered.Length;

    /// <summary>The longest end of what was delivered that the answer begins with. Final where <see cref="IsDecided"/>.</summary>
    public int Length { get; private set; }

    /// <summary>How much of the beginning of what was delivered the answer begins with. Final where <see cref="IsDecided"/>.</summary>
    public int Restarted { get; private set; }

    /// <summary>Whether the answer ended before it differed from the beginning of what was delivered, or came to the end of it.</summary>
    public bool EndedInRestart { get; private set; }

    /// <summary>The next shorter end of what was delivered that the answer begins with; 0 = none.</summary>
    /// <param name="length">The length of such an end.</param>
    public int ShorterThan(int length) => _borders[length - 1];

    /// <summary>Compares a further item of the answer.</summary>
    public void Add(T item)
    {
        if (IsDecided)
        {
            return;
        }

        AddBorder(item);
        _answer.Add(item);
        Compare();
    }

    /// <summary>The answer has ended.</summary>
    public void End()
    {
        _hasEnded = true;
        Compare();
    }

    private void AddBorder(T item)
    {
        if (_answer.Count == 0)
        {
            _borders.Add(0);
            return;
        }

        var border = _borders[^1];
        while (border > 0 && !_answer[border].Equals(item))
        {
            border = _borders[border - 1];
        }

        _borders.Add(_answer[border].Equals(item) ? border + 1 : 0);
    }

    private void Compare()
    {
        var all = delivered.Span;
        while (_scanned < all.Length && (Length < _answer.Count || _hasEnded))
        {
            if (Length < _answer.Count && all[_scanned].Equals(_answer[Length]))
            {
                _scanned++;
                Length++;
                Restarted = _scanned == Length ? Length : Restarted;
                continue;
            }

            EndedInRestart |= Length > 0 && _scanned == Length && Length == _answer.Count;
            if (Length > 0)
            {
                Length = _borders[Length - 1];
            }
            else
            {
                _scanned++;
            }
        }
    }
}
