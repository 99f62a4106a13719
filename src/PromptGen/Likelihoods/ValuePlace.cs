using System.Buffers;
using System.Text.Json;
using PromptGen.Contracts;

namespace PromptGen.Likelihoods;

/// <summary>The position of a value in the UTF-8 of an answer.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind it.</param>
internal readonly record struct ValuePlace(int Start, int End)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ContractLimits.Depth };

    private static readonly SearchValues<byte> Openers = SearchValues.Create("{["u8);

    /// <summary>What may follow the JSON: space, and the end of a fence.</summary>
    private static readonly SearchValues<byte> Behind = SearchValues.Create(" \t\r\n`"u8);

    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    /// <summary>Finds a value in an answer that its contract has read.</summary>
    /// <param name="answer">The answer: JSON, with space or a fence around it.</param>
    /// <param name="isWrapped">Whether the value is the member <c>value</c> of an object.</param>
    /// <param name="member">The name of the member in JSON; null = the whole value.</param>
    /// <returns>The place, of a text without its quotes unless it is empty; null where the member is not there, or the answer is not such a one.</returns>
    public static ValuePlace? Find(ReadOnlySpan<byte> answer, bool isWrapped, string? member)
    {
        var start = answer.IndexOfAny(Openers);
        if (start < 0)
        {
            return null;
        }

        try
        {
            var json = answer[start..];
            json = json[..LengthOf(json)];
            return answer[(start + json.Length)..].IndexOfAnyExcept(Behind) < 0 && FindInside(json, isWrapped, member) is { } place
                ? new ValuePlace(start + place.Start, start + place.End)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text without the space around it.</summary>
    public static ValuePlace Trim(ReadOnlySpan<byte> text)
    {
        var start = text.Length - text.TrimStart(Space).Length;
        return new ValuePlace(start, start + text.Trim(Space).Length);
    }

    private static int LengthOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        reader.Skip();
        return (int)reader.BytesConsumed;
    }

    private static ValuePlace? FindInside(ReadOnlySpan<byte> json, bool isWrapped, string? member)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        if ((isWrapped && !TryEnter(ref reader, "value")) || (member is not null && !TryEnter(ref reader, member)))
        {
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        var isText = reader.TokenType == JsonTokenType.String;
        reader.Skip();
        var end = (int)reader.BytesConsumed;
        return isText && end - start > 2 ? new ValuePlace(start + 1, end - 1) : new ValuePlace(start, end);
    }

    /// <summary>Goes to the value of a member.</summary>
    private static bool TryEnter(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMeant = reader.ValueTextEquals(name);
            reader.Read();
            if (isMeant)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
