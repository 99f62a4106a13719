using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts;

/// <summary>
/// Walks the UTF-8 of an answer once on behalf of a generated contract: generated code states what it expects next, the reader returns
/// the value or records a violation and continues. Between two calls it is on the first token of a value, or, once that value
/// was read, on its last one.
/// </summary>
/// <remarks>
/// It never throws for an answer that breaks its contract or ends early; only a syntax error surfaces as <see cref="JsonException"/>,
/// which <see cref="PromptContract{T}"/> catches. The position of a value is one number per open container, so that a pointer is
/// put together only for a violation.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct ContractReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ContractLimits.Depth };

    private readonly ReadOnlySpan<byte> _json;
    private readonly bool _isAscii;
    private readonly bool _isExact;
    private readonly ReadingGuard _guard;
    private Utf8JsonReader _tokens;
    private ReadOnlySpan<byte> _name;
    private List<SchemaViolation>? _violations;
    private int? _skipped;
    private int _refusals;
    private bool _isTrial;
    private bool _hasFailedTrial;
    private int _reached;
    private long _work;
    private int _charged;
    private Path _path;

    internal ContractReader(ReadOnlySpan<byte> json, bool isAscii, ReadingGuard guard, bool isExact = false)
    {
        _guard = guard;
        _json = json;
        _isAscii = isAscii;
        _isExact = isExact;
        // Not the final block: an answer that ends early is then a Read() that returns false instead of an exception.
        _tokens = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(Options));
    }

    /// <summary>Whether the value cannot be built: something broke the contract, or the answer ended early.</summary>
    public readonly bool HasFailed => _violations is not null || Ended;

    /// <summary>Whether a name was accepted in another case than the contract's.</summary>
    internal bool HasOtherCase { get; private set; }

    /// <summary>Whether something was recorded that no reading without a loss makes good: a number or text that is out of bounds, an unknown name.</summary>
    internal bool IsBeyondRepair { get; private set; }

    /// <summary>Whether the answer ended before its JSON did.</summary>
    internal bool Ended { get; private set; }

    /// <summary>Whether reading stopped before the end of the answer, because it has too many violations. The last of them reports that.</summary>
    internal bool HasStopped { get; private set; }

    /// <summary>The breaches so far, in the order of the answer.</summary>
    internal readonly IReadOnlyList<SchemaViolation> Violations => _violations ?? (IReadOnlyList<SchemaViolation>)[];

    /// <summary>How many bytes have been read.</summary>
    internal readonly int Consumed => (int)_tokens.BytesConsumed;

    /// <summary>Goes to the root value.</summary>
    internal bool Start() => Advance();

    /// <summary>Counts what was read since the last time: at most a slice of short tokens, and one that may be long.</summary>
    internal void Charge()
    {
        _guard.ChargeToken(Math.Max(0, Consumed - _charged));
        _charged = Math.Max(_charged, Consumed);
    }

    /// <summary>Enters an object.</summary>
    /// <param name="expected">What the contract asks for here.</param>
    /// <returns>False where there is no object; that is then recorded.</returns>
    public bool StartObject(string expected)
    {
        if (_tokens.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        Mismatch(expected);
        return false;
    }

    /// <summary>Goes to the value of the next member.</summary>
    /// <returns>False at the end of the object.</returns>
    public bool NextMember()
    {
        if (!Advance() || _tokens.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        var start = (int)_tokens.TokenStartIndex;
        _path[_tokens.CurrentDepth - 1] = start;
        ChargeAt(start);
        _name = _tokens.ValueIsEscaped ? Unescape(_tokens.ValueSpan, _guard) : _tokens.ValueSpan;
        return Advance();
    }

    /// <summary>Whether the current member has this name. A second one of the same name is recorded.</summary>
    /// <param name="name">The name as UTF-8.</param>
    /// <param name="seen">One bit for each member of the object that has been read.</param>
    /// <param name="bit">The number of this member's bit.</param>
    /// <returns>True where it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(ReadOnlySpan<byte> name, ref ulong seen, int bit)
    {
        if (!_name.SequenceEqual(name))
        {
            return false;
        }

        if ((seen & (1UL << bit)) != 0)
        {
            Duplicate();
        }

        seen |= 1UL << bit;
        return true;
    }

    /// <summary>The name of the current member.</summary>
    /// <returns>The name, unescaped.</returns>
    public readonly string MemberName() => Encoding.UTF8.GetString(_name);

    /// <summary>Enters an array.</summary>
    /// <param name="expected">What the contract asks for here.</param>
    /// <returns>False where there is no array; that is then recorded.</returns>
    public bool StartArray(string expected)
    {
        if (_tokens.TokenType == JsonTokenType.StartArray)
        {
            _path[_tokens.CurrentDepth] = 0;
            return true;
        }

        Mismatch(expected);
        return false;
    }

    /// <summary>Goes to the next item.</summary>
    /// <returns>False at the end of the array.</returns>
    public bool NextItem()
    {
        if (!Advance() || _tokens.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        _path[_tokens.CurrentDepth - 1]--;
        ChargeAt((int)_tokens.TokenStartIndex);
        return true;
    }

    /// <summary>Whether the value is <c>null</c>.</summary>
    /// <returns>True where it is.</returns>
    public readonly bool IsNull() => _tokens.TokenType == JsonTokenType.Null;

    /// <summary>Counts what was read, once it is a slice. In a short answer it never is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ChargeAt(int position)
    {
        if (position - _charged >= ReadingGuard.Slice)
        {
            Charge();
        }
    }

    private bool Advance()
    {
        if (_tokens.Read())
        {
            return true;
        }

        Ended = true;
        return false;
    }

    /// <summary>
    /// For each open container the path to its current value: the offset of a member's name (never 0, which is the offset of the root), or
    /// the complement of an item's index.
    /// </summary>
    [InlineArray(ContractLimits.Depth)]
    private struct Path
    {
        private int _first;
    }
}
