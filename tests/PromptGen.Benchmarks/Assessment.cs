using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace PromptGen.Benchmarks;

public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}

public sealed record Finding(
    [property: MaxLength(80)] string Title,
    Severity Severity,
    [property: Range(1, 10_000)] int Line,
    [property: MaxLength(400)] string Advice);

/// <summary>An answer of usual size: ten properties, an enum, bounds, a list of texts and a list of three records.</summary>
public sealed record Assessment(
    [property: MinLength(1), MaxLength(120)] string Title,
    Severity Severity,
    [property: Range(1, 5)] int Urgency,
    [property: Range(0, 100)] int Score,
    [property: Range(0, 1)] double Confidence,
    [property: MaxLength(600)] string Summary,
    bool IsBlocking,
    IReadOnlyList<string> Tags,
    IReadOnlyList<Finding> Findings,
    string? Owner)
{
    /// <summary>918 bytes.</summary>
    public const string Answer = """{"title":"Unbounded retry loop in the payment webhook","severity":"High","urgency":4,"score":87,"confidence":0.93,"summary":"The handler retries without a limit and without a delay, so that one failing downstream service multiplies the load until the queue overflows and orders are charged twice.","isBlocking":true,"tags":["payments","retries","outage","billing"],"findings":[{"title":"No upper limit","severity":"High","line":142,"advice":"Stop after three attempts and put the message into the dead letter queue."},{"title":"No back-off","severity":"Medium","line":147,"advice":"Wait exponentially with jitter between attempts."},{"title":"Charge is not idempotent","severity":"Critical","line":201,"advice":"Send an idempotency key with every charge so that a repeated attempt cannot take the money a second time."}],"owner":null}""";

    /// <summary>The same with a wrong enum value near the end.</summary>
    public static readonly string WrongAnswer = Answer.Replace("\"Critical\"", "\"Fatal\"", StringComparison.Ordinal);
}

/// <summary>A small answer.</summary>
public sealed record Verdict(Severity Severity, [property: Range(1, 5)] int Urgency, [property: MaxLength(140)] string Summary, [property: Range(0, 1)] double Confidence);

/// <summary>System.Text.Json at its strictest, source-generated: what the contract's reader is measured against.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Assessment))]
[JsonSerializable(typeof(Verdict))]
internal sealed partial class StrictJson : JsonSerializerContext;
