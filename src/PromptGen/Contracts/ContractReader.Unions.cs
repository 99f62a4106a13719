using System.Text.Json;

namespace PromptGen.Contracts;

// What an object is when it can be one of several: decided by looking ahead, before any of it is read.
public ref partial struct ContractReader
{
    /// <summary>What the value is.</summary>
    internal readonly JsonKinds Kind => _tokens.TokenType switch
    {
        JsonTokenType.Null => JsonKinds.Null,
        JsonTokenType.True or JsonTokenType.False => JsonKinds.Boolean,
        JsonTokenType.Number => JsonKinds.Number,
        JsonTokenType.String => JsonKinds.String,
        JsonTokenType.StartArray => JsonKinds.Array,
        JsonTokenType.StartObject => JsonKinds.Object,
        _ => JsonKinds.None,
    };

    /// <summary>Looks for a member anywhere in the object at the reader's position, without moving.</summary>
    /// <param name="name">The name as UTF-8.</param>
    /// <returns>A reader on the member's value; on nothing if there is no such member.</returns>
    public readonly ContractReader LookFor(ReadOnlySpan<byte> name)
    {
        var ahead = this;
        try
        {
            while (Kind == JsonKinds.Object && ahead.NextMember())
            {
                if (ahead._name.SequenceEqual(name))
                {
                    ChargeAhead(in ahead);
                    return ahead;
                }

                ahead.Skip();
            }
        }
        catch (JsonException)
        {
            // The reader of the object meets and reports it again.
        }

        ChargeAhead(in ahead);
        return default;
    }

    /// <summary>Whether the value is this integer.</summary>
    /// <param name="value">The integer.</param>
    /// <returns>True where it is.</returns>
    public readonly bool IsInteger(int value) =>
        _tokens.TokenType == JsonTokenType.Number
        && (_tokens.TryGetInt64(out var number) || JsonInteger.TryParse(_tokens.ValueSpan, out number))
        && number == value;

    /// <summary>Records that the tag of the object names none of its cases, or is missing, and skips the object.</summary>
    /// <typeparam name="T">The type of the value that there would have been.</typeparam>
    /// <param name="tag">What <see cref="LookFor"/> found.</param>
    /// <param name="name">The name of the tag.</param>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="tags">The tags that it knows, in words.</param>
    /// <returns>A default that is never returned, since an answer with violations has no value.</returns>
    public T NoCase<T>(scoped in ContractReader tag, string name, string expected, string tags)
    {
        if (Kind != JsonKinds.Object)
        {
            return Mismatch<T>(expected);
        }

        var pointer = $"{Pointer()}/{JsonPointer.Escape(name)}";
        Skip();
        if (Ended)
        {
            return default!;
        }

        var value = tag;
        var start = (int)value._tokens.TokenStartIndex;
        value.Skip();
        Add(pointer, tags, tag.Kind == JsonKinds.None ? "nothing" : Snippet(_json[start..(int)value._tokens.BytesConsumed]));
        return default!;
    }

    /// <summary>Determines by its members which case the object at the reader's position is, without moving.</summary>
    /// <param name="cases">The cases, of which no object fits two.</param>
    /// <returns>The index of the case that it is, or of the one that it comes closest to; -1 where none is closest.</returns>
    public readonly int Case(ContractCase[] cases)
    {
        Span<int> breaches = stackalloc int[cases.Length];
        for (var i = 0; i < cases.Length; i++)
        {
            breaches[i] = cases[i].Required;
        }

        var ahead = this;
        try
        {
            while (Kind == JsonKinds.Object && ahead.NextMember())
            {
                for (var i = 0; i < cases.Length; i++)
                {
                    var member = cases[i].Find(ahead._name);
                    breaches[i] += (member is null || !member.Fits(ref ahead) ? 1 : 0) - (member is { IsRequired: true } ? 1 : 0);
                }

                ahead.Skip();
            }
        }
        catch (JsonException)
        {
            return -1;
        }

        ChargeAhead(in ahead);
        var least = breaches.IndexOf(Min(breaches));
        return Kind != JsonKinds.Object || ahead.Ended || breaches[(least + 1)..].Contains(breaches[least]) ? -1 : least;
    }

    /// <summary>Counts what was looked ahead at and not counted on the way.</summary>
    private readonly void ChargeAhead(scoped in ContractReader ahead) => _guard?.ChargeToken(Math.Max(1, ahead.Consumed - Math.Max(ahead._charged, Consumed)));

    private static int Min(ReadOnlySpan<int> values)
    {
        var least = int.MaxValue;
        foreach (var value in values)
        {
            least = Math.Min(least, value);
        }

        return least;
    }
}
