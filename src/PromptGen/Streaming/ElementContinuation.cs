using PromptGen.Contracts;

namespace PromptGen.Streaming;

/// <summary>
/// Finds in an answer the elements that are new behind delivered ones: without all of them where the answer begins again, and without the last of them where the
/// answer repeats those. It holds back only what may still be a repetition. Not thread-safe.
/// </summary>
/// <param name="delivered">The delivered elements; at least one.</param>
/// <param name="answer">The text of the answer.</param>
/// <param name="scanner">Finds its elements.</param>
/// <param name="guard">Bounds the work.</param>
internal sealed class ElementContinuation(ElementKey[] delivered, AnswerBuffer answer, ElementScanner scanner, ReadingGuard guard)
{
    private readonly Overlap<ElementKey> _overlap = new(delivered);
    private readonly Queue<ElementPlace> _held = new();
    private bool _isDecided;

    /// <summary>Whether the answer begins like the delivered elements and then differs from them, or ends before them.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Goes to the next new element.</summary>
    /// <returns>False where none is complete so far, or <see cref="HasDiverged"/>.</returns>
    public bool MoveNext(out ElementPlace place)
    {
        while (!_isDecided && scanner.MoveNext())
        {
            var found = ElementPlace.Of(scanner);
            _held.Enqueue(found);
            _overlap.Add(new ElementKey(answer.Text(found.Start, found.End), guard));
            Decide();
        }

        place = default;
        if (!_isDecided || HasDiverged)
        {
            return false;
        }

        if (_held.TryDequeue(out place))
        {
            return true;
        }

        if (!scanner.MoveNext())
        {
            return false;
        }

        place = ElementPlace.Of(scanner);
        return true;
    }

    /// <summary>The answer has ended: what was held back is new, or was a repetition.</summary>
    public void End()
    {
        if (!_isDecided)
        {
            _overlap.End();
            Decide();
        }
    }

    private void Decide()
    {
        if (!_overlap.IsDecided)
        {
            return;
        }

        _isDecided = true;
        HasDiverged = _overlap.Length < delivered.Length && _overlap.Restarted > 0 && (_overlap.EndedInRestart || _overlap.Length < _overlap.Restarted);
        for (var repeated = HasDiverged ? 0 : Repeated(); repeated > 0; repeated--)
        {
            _held.Dequeue();
        }
    }

    private int Repeated()
    {
        var length = _overlap.Length;
        return length == delivered.Length || Array.Exists(delivered[^length..], static element => element.IsDistinctive) ? length : 0;
    }
}

/// <summary>Where an element is in the text of an answer.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Index">How many elements of the answer are before it.</param>
internal readonly record struct ElementPlace(int Start, int End, int Index)
{
    /// <summary>The place of the element that a scanner found last.</summary>
    public static ElementPlace Of(ElementScanner scanner) => new(scanner.ElementStart, scanner.ElementEnd, scanner.Count - 1);
}
