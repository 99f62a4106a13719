using System.Globalization;
using PromptGen.Contracts;

namespace PromptGen.Streaming;

/// <summary>The elements of a JSON array, each read by its own contract as soon as it is complete.</summary>
/// <param name="element">The contract of one element.</param>
/// <param name="tolerance">What may be overlooked in an element.</param>
/// <param name="canContinue">Whether another answer may continue this one: the text of each element is kept for that.</param>
internal sealed class ElementItems<T>(PromptContract<T> element, Tolerance tolerance = Tolerance.Lenient, bool canContinue = false) : ItemReader<T>
{
    private readonly List<string> _rungs = [];
    private readonly List<string> _found = [];
    private readonly ReadingGuard _guard = new();
    private ElementScanner? _scanner;
    private ElementContinuation? _continuation;
    private string _before = "";
    private int _foundBefore;

    /// <summary>What was overlooked around the elements, and in any of them, each rung once.</summary>
    public override IReadOnlyList<string> Rungs => [.. _scanner?.Rungs ?? [], .. _rungs];

    public override ReadingGuard Guard => _guard;

    public override ItemReader<T> Another() => new ElementItems<T>(element, tolerance, canContinue);

    /// <summary>All text that came; what a continued answer and the one that continues it have of it, on lines of their own.</summary>
    public override string Text => _before + Answer;

    public override bool CanContinue => canContinue;

    public override bool HasDiverged => _continuation is { HasDiverged: true };

    public override void Begin()
    {
        base.Begin();
        BeginAnswer();
        _found.Clear();
        (_before, _foundBefore, _continuation) = ("", 0, null);
    }

    public override Continuation ContinuationBehind(int count) => Continuation.OfElements(_found[..count]);

    public override void Continue(int count)
    {
        _found.RemoveRange(count, _found.Count - count);
        // An answer none of whose elements was handed over is forgotten, as any that comes to nothing.
        if (count > _foundBefore)
        {
            (_before, _foundBefore) = (Text + "\n", count);
        }

        Answer.Clear();
        Reset();
        BeginAnswer();
        _continuation = null;
    }

    protected override bool FindNext()
    {
        if (Code != PromptErrorCode.None)
        {
            return false;
        }

        if (!Find(out var place))
        {
            TakeOver();
            return false;
        }

        var reading = element.ReadElement(Answer.Between(place.Start, place.End), tolerance, _guard);
        if (reading.Code != PromptErrorCode.None)
        {
            Fail(reading.Code, Placed(place, reading.Violations), reading.Exception);
            return false;
        }

        _rungs.AddRange(reading.Rungs.Except(_rungs));
        if (canContinue)
        {
            _found.Add(Answer.Text(place.Start, place.End));
        }

        Current = reading.Value!;
        return true;
    }

    protected override void Judge()
    {
        // What an answer holds back at its end may be new: it is still to be found.
        _scanner!.End();
        Repetition?.End();
        TakeOver();
    }

    /// <summary>What finds the new elements in an answer that continues another one; null where all are new.</summary>
    private ElementContinuation? Repetition => _foundBefore == 0 ? null
        : _continuation ??= new ElementContinuation([.. _found.Select(text => new ElementKey(text, _guard))], Answer, _scanner!, _guard);

    private void BeginAnswer()
    {
        _scanner = new ElementScanner(Answer, _guard);
        _rungs.Clear();
    }

    private bool Find(out ElementPlace place)
    {
        if (Repetition is { } repetition)
        {
            return repetition.MoveNext(out place);
        }

        var isFound = _scanner!.MoveNext();
        place = isFound ? ElementPlace.Of(_scanner) : default;
        return isFound;
    }

    private void TakeOver()
    {
        if (HasDiverged)
        {
            Fail(PromptErrorCode.NotAccepted);
        }
        else if (Code == PromptErrorCode.None && _scanner!.Code != PromptErrorCode.None)
        {
            Fail(_scanner.Code, _scanner.Violation is { } violation ? [violation] : []);
        }
    }

    /// <summary>Pointers into the element become pointers into the answer.</summary>
    private SchemaViolation[] Placed(in ElementPlace place, IReadOnlyList<SchemaViolation> violations)
    {
        var pointer = string.Create(CultureInfo.InvariantCulture, $"{(_scanner!.IsWrapped ? "/value" : "")}/{place.Index}");
        return [.. violations.Select(violation => violation with { Pointer = pointer + violation.Pointer })];
    }
}
