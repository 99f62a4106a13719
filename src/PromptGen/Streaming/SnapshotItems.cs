using PromptGen.Contracts;

namespace PromptGen.Streaming;

/// <summary>Snapshots of an object while it grows: one for each update that brought something, and one with the value once the contract was checked.</summary>
/// <param name="contract">The contract of the whole answer.</param>
/// <param name="names">The names of its members in JSON.</param>
/// <param name="tolerance">What may be overlooked in the whole answer.</param>
internal sealed class SnapshotItems<T>(PromptContract<T> contract, string[] names, Tolerance tolerance = Tolerance.Lenient) : ItemReader<PromptSnapshot<T>>
{
    private readonly ReadingGuard _guard = new();
    private MemberScanner? _scanner;
    private PromptSnapshot<T>? _last;
    private IReadOnlyList<string> _rungs = [];

    public override IReadOnlyList<string> Rungs => _rungs;

    public override ReadingGuard Guard => _guard;

    public override ItemReader<PromptSnapshot<T>> Another() => new SnapshotItems<T>(contract, names, tolerance);

    public override void Begin()
    {
        base.Begin();
        _scanner = new MemberScanner(Answer, names, _guard);
        _last = null;
        _rungs = [];
    }

    protected override bool FindNext()
    {
        if (Code != PromptErrorCode.None)
        {
            return false;
        }

        if (_last is not null)
        {
            Current = _last;
            _last = null;
            return true;
        }

        if (!_scanner!.Read())
        {
            return false;
        }

        Current = new PromptSnapshot<T>(_scanner.Members());
        return true;
    }

    protected override void Judge()
    {
        var reading = contract.ReadOrRefuse(Text, tolerance, _guard);
        if (reading.Code != PromptErrorCode.None)
        {
            Fail(reading.Code, reading.Violations, reading.Exception);
            return;
        }

        _rungs = reading.Rungs;
        _last = new PromptSnapshot<T>(_scanner!.Members(), reading.Value!);
    }
}
