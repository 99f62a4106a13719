using System.Globalization;
using PromptGen.Contracts;

namespace PromptGen.Streaming;

/// <summary>The elements of a JSON array, each read by its own contract as soon as it is complete.</summary>
/// <param name="element">The contract of one element.</param>
/// <param name="tolerance">What may be overlooked in an element.</param>
internal sealed class ElementItems<T>(PromptContract<T> element, Tolerance tolerance = Tolerance.Lenient) : ItemReader<T>
{
    private readonly List<string> _rungs = [];
    private readonly ReadingGuard _guard = new();
    private ElementScanner? _scanner;

    /// <summary>What was overlooked around the elements, and in any of them, each rung once.</summary>
    public override IReadOnlyList<string> Rungs => [.. _scanner?.Rungs ?? [], .. _rungs];

    public override ReadingGuard Guard => _guard;

    public override ItemReader<T> Another() => new ElementItems<T>(element, tolerance);

    public override void Begin()
    {
        base.Begin();
        _scanner = new ElementScanner(Answer, _guard);
        _rungs.Clear();
    }

    protected override bool FindNext()
    {
        if (Code != PromptErrorCode.None)
        {
            return false;
        }

        var scanner = _scanner!;
        if (!scanner.MoveNext())
        {
            TakeOver(scanner);
            return false;
        }

        var reading = element.ReadElement(Answer.Between(scanner.ElementStart, scanner.ElementEnd), tolerance, _guard);
        if (reading.Code != PromptErrorCode.None)
        {
            Fail(reading.Code, Placed(reading.Violations), reading.Exception);
            return false;
        }

        _rungs.AddRange(reading.Rungs.Except(_rungs));
        Current = reading.Value!;
        return true;
    }

    protected override void Judge()
    {
        _scanner!.End();
        TakeOver(_scanner);
    }

    private void TakeOver(ElementScanner scanner)
    {
        if (Code == PromptErrorCode.None && scanner.Code != PromptErrorCode.None)
        {
            Fail(scanner.Code, scanner.Violation is { } violation ? [violation] : []);
        }
    }

    /// <summary>Pointers into the element become pointers into the answer.</summary>
    private SchemaViolation[] Placed(IReadOnlyList<SchemaViolation> violations)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{(_scanner!.IsWrapped ? "/value" : "")}/{_scanner.Count - 1}");
        return [.. violations.Select(violation => violation with { Pointer = place + violation.Pointer })];
    }
}
