using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.Sqlite;

/// <summary>The parts of an answer that are stored as JSON.</summary>
internal static class JournalJson
{
    // Of the library that has the type, which may be a later one than this package was built with.
    private static readonly JsonTypeInfo<UsageDetails> s_usage = (JsonTypeInfo<UsageDetails>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(UsageDetails));

    public static string? Write(UsageDetails? usage) => usage is null ? null : JsonSerializer.Serialize(usage, s_usage);

    public static string? Write(IReadOnlyList<TokenLogProbability>? tokens) => tokens is null ? null
        : JsonSerializer.Serialize([.. tokens.Select(static token => new StoredToken(token.Utf8Bytes.ToArray(), token.LogProbability))], StoredTokens.Default.StoredTokenArray);

    public static UsageDetails? ReadUsage(string? json) => json is null ? null : JsonSerializer.Deserialize(json, s_usage);

    public static IReadOnlyList<TokenLogProbability>? ReadTokens(string? json) => json is null ? null
        : [.. JsonSerializer.Deserialize(json, StoredTokens.Default.StoredTokenArray)!.Select(static token => new TokenLogProbability(token.Bytes, token.LogProbability))];
}

/// <summary>A token of an answer, as a journal stores it.</summary>
/// <param name="Bytes">A part of the answer's text in UTF-8; in Base64.</param>
/// <param name="LogProbability">The natural logarithm of its probability.</param>
internal sealed record StoredToken(byte[] Bytes, double LogProbability);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredToken[]))]
internal sealed partial class StoredTokens : JsonSerializerContext;
