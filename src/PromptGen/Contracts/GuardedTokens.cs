using System.Text.Json;

namespace PromptGen.Contracts;

/// <summary>Skips tokens of JSON and counts the work, so that token and deadline are checked however long the JSON is.</summary>
internal static class GuardedTokens
{
    /// <summary>Skips the value on whose first token the reader is.</summary>
    /// <returns>False where the JSON ends before the value does.</returns>
    public static bool TrySkip(this ref Utf8JsonReader tokens, ReadingGuard guard)
    {
        if (tokens.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            guard.ChargeToken(tokens.ValueSpan.Length);
            return true;
        }

        var depth = tokens.CurrentDepth;
        var charged = tokens.BytesConsumed;
        var isWhole = false;
        while (!isWhole && tokens.Read())
        {
            isWhole = tokens.CurrentDepth == depth && tokens.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (tokens.BytesConsumed - charged >= ReadingGuard.Slice)
            {
                guard.ChargeToken(tokens.BytesConsumed - charged);
                charged = tokens.BytesConsumed;
            }
        }

        guard.ChargeToken(tokens.BytesConsumed - charged);
        return isWhole;
    }
}
