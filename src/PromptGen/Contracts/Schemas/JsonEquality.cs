using System.Buffers;
using System.Text.Json;

namespace PromptGen.Contracts.Schemas;

/// <summary>Equality of JSON values as JSON Schema means it: numbers by value, strings by their characters, objects in any order of members.</summary>
internal static class JsonEquality
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 2 * ContractLimits.Depth };

    /// <summary>Whether two values, each of which is whole, are equal.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ReadingGuard guard)
    {
        var one = Read(left);
        var other = Read(right);
        return AreEqual(ref one, right, ref other, guard);
    }

    /// <summary>A hash code: equal values have the same.</summary>
    public static int Hash(ReadOnlySpan<byte> json, ReadingGuard guard)
    {
        var reader = Read(json);
        return HashOf(ref reader, guard);
    }

    /// <summary>Whether two items of the array on whose first token a reader is are equal; false where the array has no end.</summary>
    public static bool HasEqualItems(ReadOnlySpan<byte> json, Utf8JsonReader tokens, ReadingGuard guard)
    {
        var items = ArrayPool<(int Hash, int Start, int Length)>.Shared.Rent(16);
        try
        {
            var count = 0;
            while (tokens.Read() && tokens.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)tokens.TokenStartIndex;
                if (!tokens.TrySkip(guard))
                {
                    return false;
                }

                if (count == items.Length)
                {
                    var larger = ArrayPool<(int Hash, int Start, int Length)>.Shared.Rent(2 * count);
                    items.CopyTo(larger, 0);
                    ArrayPool<(int Hash, int Start, int Length)>.Shared.Return(items);
                    items = larger;
                }

                var length = (int)tokens.BytesConsumed - start;
                items[count++] = (Hash(json.Slice(start, length), guard), start, length);
            }

            return tokens.TokenType == JsonTokenType.EndArray && HasEqual(json, items.AsSpan(0, count), guard);
        }
        finally
        {
            ArrayPool<(int Hash, int Start, int Length)>.Shared.Return(items);
        }
    }

    private static bool HasEqual(ReadOnlySpan<byte> json, Span<(int Hash, int Start, int Length)> items, ReadingGuard guard)
    {
        Sort(items, guard);
        for (var i = 1; i < items.Length; i++)
        {
            guard.Charge(1);
            for (var j = i - 1; j >= 0 && items[j].Hash == items[i].Hash; j--)
            {
                if (AreEqual(json.Slice(items[i].Start, items[i].Length), json.Slice(items[j].Start, items[j].Length), guard))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void Sort(Span<(int Hash, int Start, int Length)> items, ReadingGuard guard)
    {
        if (items.Length < ReadingGuard.Slice)
        {
            items.Sort(static (left, right) => left.Hash.CompareTo(right.Hash));
        }
        else
        {
            SortInSlices(items, guard);
        }
    }

    // A method of its own, so that a short array costs no closure.
    private static void SortInSlices(Span<(int Hash, int Start, int Length)> items, ReadingGuard guard)
    {
        try
        {
            items.Sort((left, right) =>
            {
                guard.Charge(1);
                return left.Hash.CompareTo(right.Hash);
            });
        }
        catch (InvalidOperationException exception) when (exception.InnerException is ReadingEndedException ended)
        {
            throw new ReadingEndedException(ended.Code);
        }
    }

    private static Utf8JsonReader Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: true, new JsonReaderState(Options));
        reader.Read();
        return reader;
    }

    private static bool AreEqual(ref Utf8JsonReader left, ReadOnlySpan<byte> rightJson, ref Utf8JsonReader right, ReadingGuard guard)
    {
        guard.ChargeToken(left.ValueSpan.Length + 1);
        if (left.TokenType != right.TokenType)
        {
            return false;
        }

        switch (left.TokenType)
        {
            case JsonTokenType.Number:
                return new JsonNumber(left.ValueSpan).CompareTo(new JsonNumber(right.ValueSpan)) == 0;
            case JsonTokenType.String:
                return ContractReader.TextOf(ref left, guard).SequenceEqual(ContractReader.TextOf(ref right, guard));
            case JsonTokenType.StartArray:
                while (left.Read() && right.Read() && left.TokenType != JsonTokenType.EndArray)
                {
                    if (!AreEqual(ref left, rightJson, ref right, guard))
                    {
                        return false;
                    }
                }

                return left.TokenType == right.TokenType;
            case JsonTokenType.StartObject:
                return AreObjectsEqual(ref left, rightJson, ref right, guard);
            default:
                return true;
        }
    }

    private static bool AreObjectsEqual(ref Utf8JsonReader left, ReadOnlySpan<byte> rightJson, ref Utf8JsonReader right, ReadingGuard guard)
    {
        while (left.Read() && right.Read() && left.TokenType == JsonTokenType.PropertyName && right.TokenType == JsonTokenType.PropertyName)
        {
            if (!ContractReader.TextOf(ref left, guard).SequenceEqual(ContractReader.TextOf(ref right, guard)))
            {
                return AreRestsEqual(ref left, rightJson, ref right, guard);
            }

            guard.ChargeToken(left.ValueSpan.Length + 1);
            left.Read();
            right.Read();
            if (!AreEqual(ref left, rightJson, ref right, guard))
            {
                return false;
            }
        }

        return left.TokenType == right.TokenType;
    }

    /// <summary>Whether the remaining members, which are in another order, are equal. Each reader is on a member's name.</summary>
    private static bool AreRestsEqual(ref Utf8JsonReader left, ReadOnlySpan<byte> rightJson, ref Utf8JsonReader right, ReadingGuard guard)
    {
        var members = Members(ref right, guard);
        var count = 0;
        do
        {
            if (!members.TryGetValue(Name(ref left, guard), out var member))
            {
                return false;
            }

            left.Read();
            count++;
            var other = Read(rightJson[member]);
            if (!AreEqual(ref left, rightJson[member], ref other, guard))
            {
                return false;
            }
        }
        while (left.Read() && left.TokenType == JsonTokenType.PropertyName);

        return count == members.Count;
    }

    private static Dictionary<string, Range> Members(ref Utf8JsonReader reader, ReadingGuard guard)
    {
        var members = new Dictionary<string, Range>(StringComparer.Ordinal);
        do
        {
            var name = Name(ref reader, guard);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.TrySkip(guard);
            members[name] = start..(int)reader.BytesConsumed;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName);

        return members;
    }

    private static string Name(ref Utf8JsonReader reader, ReadingGuard guard)
    {
        guard.ChargeToken(reader.ValueSpan.Length + 1);
        return System.Text.Encoding.UTF8.GetString(ContractReader.TextOf(ref reader, guard));
    }

    private static int HashOf(ref Utf8JsonReader reader, ReadingGuard guard)
    {
        guard.ChargeToken(reader.ValueSpan.Length + 1);
        var hash = default(HashCode);
        hash.Add(reader.TokenType);
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                hash.Add(new JsonNumber(reader.ValueSpan).GetValueHash());
                break;
            case JsonTokenType.String:
                hash.AddBytes(ContractReader.TextOf(ref reader, guard));
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    hash.Add(HashOf(ref reader, guard));
                }

                break;
            case JsonTokenType.StartObject:
                hash.Add(HashOfMembers(ref reader, guard));
                break;
        }

        return hash.ToHashCode();
    }

    /// <summary>The same in any order of members.</summary>
    private static int HashOfMembers(ref Utf8JsonReader reader, ReadingGuard guard)
    {
        var sum = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var hash = default(HashCode);
            hash.AddBytes(ContractReader.TextOf(ref reader, guard));
            guard.ChargeToken(reader.ValueSpan.Length + 1);
            reader.Read();
            hash.Add(HashOf(ref reader, guard));
            sum = unchecked(sum + hash.ToHashCode());
        }

        return sum;
    }
}
