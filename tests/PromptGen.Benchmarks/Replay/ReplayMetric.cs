using System.Globalization;

namespace PromptGen.Benchmarks.Replay;

/// <summary>What the answers are, how they are compared, and when one is right.</summary>
internal sealed class ReplayMetric
{
    private readonly string _normalize;
    private readonly Func<string, string, bool> _isRight;

    private ReplayMetric(string normalize, Func<string, string, bool> isRight) => (_normalize, _isRight) = (normalize, isRight);

    /// <summary>A number: what models write around it (signs of currencies, units, commas) is overlooked.</summary>
    public static ReplayMetric Numeric { get; } = new(
        nameof(ReplayText.Number),
        static (answer, expected) => decimal.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.TryParse(ReplayText.Number(expected), NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
            && number == right);

    /// <summary>A text, such as a literal of Python: quotes around it, and which kind they are, make no difference.</summary>
    public static ReplayMetric Exact { get; } = new(nameof(ReplayText.Letters), static (answer, expected) => answer == ReplayText.Letters(expected));

    /// <summary>The output type of the replayed prompts, in C#.</summary>
    public string OutputType => $$"""
        public sealed record Solution
        {
            private readonly string _answer = "";

            public required string Reasoning { get; init; }

            public required string Answer
            {
                get => _answer;
                init => _answer = global::PromptGen.Benchmarks.Replay.ReplayText.{{_normalize}}(value);
            }
        }
        """;

    public bool IsRight(string answer, string expected) => _isRight(answer, expected);
}
