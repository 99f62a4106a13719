using System.Text.Json;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Contracts;

// Trials: a schema reads a value to find out whether it holds, and then resets the reader to the beginning of the value.
public ref partial struct ContractReader
{
    /// <summary>Whether this is a trial: breaches end it and are not recorded.</summary>
    internal readonly bool IsTrial => _isTrial;

    /// <summary>Remembers the value on whose first token the reader is.</summary>
    /// <returns>The way back to it.</returns>
    public readonly SchemaMark Mark() => new(_tokens, _name, _isTrial, _hasFailedTrial, Ended);

    /// <summary>Goes back to a value after it was read; what was recorded stays.</summary>
    /// <param name="mark">The value.</param>
    public void Rewind(in SchemaMark mark)
    {
        if (!_hasFailedTrial && !Ended)
        {
            Count(in mark, Consumed);
            _tokens = mark.Tokens;
            _name = mark.Name;
        }
    }

    /// <summary>Goes to a value to find out whether a schema holds for it.</summary>
    /// <param name="mark">The value.</param>
    public void Try(in SchemaMark mark)
    {
        if (!HasStopped)
        {
            _tokens = mark.Tokens;
            _name = mark.Name;
        }

        _isTrial = true;
        _hasFailedTrial = false;
    }

    /// <summary>The same for the name of the current member instead of its value.</summary>
    /// <param name="mark">The value.</param>
    public void TryName(in SchemaMark mark)
    {
        var start = _tokens.CurrentDepth == 0 ? 0 : _path[_tokens.CurrentDepth - 1];
        Try(in mark);
        if (HasStopped)
        {
            return;
        }

        var tokens = new Utf8JsonReader(_json[start..], isFinalBlock: false, new JsonReaderState(Options));
        _ = tokens.Read();
        _tokens = tokens;
    }

    /// <summary>Ends a trial and goes back to the value.</summary>
    /// <param name="mark">The value.</param>
    /// <returns>Whether the schema holds.</returns>
    public bool Held(in SchemaMark mark) => Held(in mark, out _);

    internal bool Held(in SchemaMark mark, out int reached)
    {
        var holds = !_hasFailedTrial && !Ended;
        reached = _hasFailedTrial ? _reached : Consumed;
        Count(in mark, reached);
        _isTrial = mark.IsTrial;
        _hasFailedTrial = mark.HasFailed;
        if (!HasStopped)
        {
            _tokens = mark.Tokens;
            _name = mark.Name;
            Ended = mark.HasEnded;
        }

        return holds;
    }

    /// <summary>Begins with the schemas of an <c>anyOf</c> or <c>oneOf</c>.</summary>
    /// <param name="branches">How many there are.</param>
    /// <param name="enough">How many have to hold until the others need not be read.</param>
    /// <returns>The way through them.</returns>
    public readonly SchemaFork Fork(int branches, int enough) => new(Mark(), branches, enough);

    /// <summary>Records that none of the schemas holds, unless one has said why.</summary>
    /// <param name="fork">The schemas.</param>
    /// <param name="expected">What they ask for.</param>
    public void CheckAny(in SchemaFork fork, string expected)
    {
        if (fork.Holding == 0 && !fork.HasExplained)
        {
            Note(expected);
        }
    }

    /// <summary>Records that none or more than one of the schemas holds.</summary>
    /// <param name="fork">The schemas.</param>
    /// <param name="expected">What they ask for.</param>
    public void CheckOne(in SchemaFork fork, string expected)
    {
        CheckAny(in fork, expected);
        if (fork.Holding > 1)
        {
            Note("exactly one of the alternatives, and this fits several: " + expected);
        }
    }

    /// <summary>Ends a trial: there is nothing left to read, so that whatever reads on behalf of the schema comes to its end at once.</summary>
    private void GiveUp()
    {
        if (!_hasFailedTrial)
        {
            _hasFailedTrial = true;
            _reached = (int)_tokens.TokenStartIndex;
            _tokens = new Utf8JsonReader(ReadOnlySpan<byte>.Empty, isFinalBlock: false, default);
        }
    }

    /// <summary>Schemas that look at one value again and again can multiply with its depth; an honest answer comes nowhere near this.</summary>
    private void Count(in SchemaMark mark, int reached)
    {
        var work = 16 + Math.Max(0, reached - (int)mark.Tokens.TokenStartIndex);
        _guard.ChargeToken(16 + Math.Max(0, reached - _charged));
        // What is read from the mark on is counted again.
        _charged = Math.Min(_charged, (int)mark.Tokens.BytesConsumed);
        _work += work;
        if (_work > ContractLimits.SchemaWork + (ContractLimits.SchemaWorkPerByte * _json.Length))
        {
            throw new ArgumentException("it has fewer alternatives to distinguish");
        }
    }
}
