using System.ComponentModel;

namespace PromptGen.Contracts.Schemas;

/// <summary>
/// The schemas of an <c>anyOf</c> or <c>oneOf</c>, one after the other: each is tried on the same value until enough of them hold. Where none
/// does, the one that got furthest into the value is read once more and says why, since that is most likely the one that was meant.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SchemaFork
{
    private readonly SchemaMark _start;
    private readonly int _branches;
    private readonly int _enough;
    private int _furthest;
    private int _best;
    private bool _isExplaining;

    internal SchemaFork(SchemaMark start, int branches, int enough)
    {
        _start = start;
        _branches = branches;
        _enough = enough;
        _furthest = (int)start.Tokens.TokenStartIndex;
        _best = -1;
        Branch = -1;
    }

    /// <summary>The number of the schema that is to be read now, from 0.</summary>
    public int Branch { get; private set; }

    /// <summary>How many schemas hold.</summary>
    internal int Holding { get; private set; }

    /// <summary>Whether a schema has said what is wrong.</summary>
    internal readonly bool HasExplained => _isExplaining;

    /// <summary>Ends the schema before and begins the next one.</summary>
    /// <param name="reader">The answer.</param>
    /// <returns>False where there is none to read any more; the reader is then on the value's first token.</returns>
    public bool Next(ref ContractReader reader)
    {
        if (_isExplaining)
        {
            reader.Rewind(in _start);
            return false;
        }

        if (Branch >= 0)
        {
            Close(ref reader);
        }

        Branch++;
        if (Branch < _branches && Holding < _enough)
        {
            reader.Try(in _start);
            return true;
        }

        _isExplaining = Holding == 0 && _best >= 0 && !reader.IsTrial;
        Branch = _isExplaining ? _best : Branch;
        return _isExplaining;
    }

    /// <summary>The same where it matters what the schemas that hold have looked at.</summary>
    /// <param name="reader">The answer.</param>
    /// <param name="branch">What the schema before has looked at.</param>
    /// <param name="evaluated">What all that hold have looked at.</param>
    /// <returns>False where there is none to read any more.</returns>
    public bool Next(ref ContractReader reader, ref EvaluatedSet branch, ref EvaluatedSet evaluated)
    {
        var holding = Holding;
        var next = Next(ref reader);
        if (Holding > holding)
        {
            evaluated.Add(in branch);
        }

        branch = default;
        return next;
    }

    private void Close(ref ContractReader reader)
    {
        if (reader.Held(in _start, out var reached))
        {
            Holding++;
        }
        else if (reached > _furthest)
        {
            _furthest = reached;
            _best = Branch;
        }
    }
}
