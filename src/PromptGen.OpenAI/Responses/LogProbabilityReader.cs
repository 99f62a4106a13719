using System.Text;
using System.Text.Json;
using PromptGen.Providers;

namespace PromptGen.OpenAI.Responses;

/// <summary>Reads <c>logprobs</c> of a choice.</summary>
internal static class LogProbabilityReader
{
    /// <summary>The tokens of the answer's text; null where the server sent none, or not in the documented form.</summary>
    public static TokenLogProbability[]? Read(JsonElement choice)
    {
        if (choice.Member("logprobs"u8)?.Member("content"u8) is not { ValueKind: JsonValueKind.Array } content)
        {
            return null;
        }

        var tokens = new TokenLogProbability[content.GetArrayLength()];
        var count = 0;
        foreach (var entry in content.EnumerateArray())
        {
            if (Utf8Bytes(entry) is not { } bytes || entry.Member("logprob"u8) is not { ValueKind: JsonValueKind.Number } logProbability)
            {
                return null;
            }

            tokens[count++] = new TokenLogProbability(bytes, logProbability.GetDouble());
        }

        return tokens;
    }

    /// <summary>The bytes of a token, which may be a part of a character; some servers send its text alone.</summary>
    private static byte[]? Utf8Bytes(JsonElement entry)
    {
        if (entry.Member("bytes"u8) is not { ValueKind: JsonValueKind.Array } numbers)
        {
            return entry.Member("token"u8) is { ValueKind: JsonValueKind.String } token ? Encoding.UTF8.GetBytes(token.GetString()!) : null;
        }

        var bytes = new byte[numbers.GetArrayLength()];
        var count = 0;
        foreach (var number in numbers.EnumerateArray())
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetByte(out bytes[count++]))
            {
                return null;
            }
        }

        return bytes;
    }
}
