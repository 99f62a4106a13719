
namespace PromptGen.Generators.Tests.Contracts;

/// <summary>What the user's own code has to say of a value is a breach like any other.</summary>
public sealed class CheckTests
{
    private const string Declarations = """
        [ContractCheck(nameof(Check))]
        public sealed record Trip(DateOnly From, DateOnly To, string? Note = null)
        {
            internal static string? Check(Trip value) => value.To < value.From ? "to must not be before from" : value.Note == "" ? "an empty note" : null;
        }
        public sealed record Plan(string Name, List<Trip> Trips, int Stars);

        public abstract record Base(int Number) { public static string? NotSeven(Base value) => value.Number == 7 ? "not seven" : null; }
        [ContractCheck("NotSeven"), ContractCheck(nameof(Even))]
        public sealed record Derived(int Number, int built = 0) : Base(Number) { public static string? Even(Derived value) => value.Number % 2 == 0 ? null : "even"; }

        public sealed record Self([property: JsonPropertyName("begin")] int Start, int End, string Text = "x") : IValidatableObject
        {
            public IEnumerable<ValidationResult> Validate(ValidationContext context)
            {
                yield return ValidationResult.Success!;
                if (Start > End) yield return new ValidationResult("end before begin", [nameof(Start), nameof(End)]);
                if (Text.Length == 0) yield return new ValidationResult("no text", [nameof(Text)]);
                if (Start == 5) yield return new ValidationResult("five");
                if (Start == 6) yield return new ValidationResult("six", ["Unknown"]);
            }
        }
        [ContractCheck(nameof(Check))]
        public sealed record Buggy(int Number) : IValidatableObject
        {
            public static string? Check(Buggy value) => value.Number == 1 ? throw new ArgumentException("bug") : null;
            public IEnumerable<ValidationResult> Validate(ValidationContext context) { if (Number == 2) throw new FormatException("bug"); yield break; }
        }
        public struct Slot : IValidatableObject { public int Hour { get; init; } public IEnumerable<ValidationResult> Validate(ValidationContext context) => Hour > 23 ? [new("too late")] : []; }
        """;

    private static readonly Lazy<Dictionary<string, TestContract>> s_contracts = new(() => TestContract.Of(["Plan", "Derived", "Self", "Slot?", "Buggy"], Declarations));

    [Theory]
    [InlineData("Plan", """{"name":"a","trips":[{"from":"2026-01-01","to":"2026-01-02"}],"stars":1}""")]
    [InlineData("Derived", """{"number":2}""")]
    [InlineData("Self", """{"begin":1,"end":2}""")]
    [InlineData("Slot?", """{"value":{"hour":23}}""")]
    public void What_passes_is_accepted(string type, string answer)
    {
        var reading = s_contracts.Value[type].Read(answer);

        Assert.Empty(reading.Breaches);
        Assert.Equal(PromptErrorCode.None, reading.Code);
    }

    [Theory]
    [InlineData("Derived", """{"number":7}""", new[] { ": a value that the type accepts (not seven) ← {\"number\":7}", ": a value that the type accepts (even) ← {\"number\":7}" })]
    [InlineData("Self", """{"end":1,"begin":2,"text":""}""", new[] { "/begin: a value that the type accepts (end before begin) ← 2", "/end: a value that the type accepts (end before begin) ← 1", "/text: a value that the type accepts (no text) ← \"\"" })]
    [InlineData("Self", """{"begin":5,"end":5}""", new[] { ": a value that the type accepts (five) ← {\"begin\":5,\"end\":5}" })]
    [InlineData("Self", """{"begin":6,"end":6}""", new[] { ": a value that the type accepts (six) ← {\"begin\":6,\"end\":6}" })]
    [InlineData("Slot?", """{"value":{"hour":24}}""", new[] { "/value: a value that the type accepts (too late) ← {\"hour\":24}" })]
    [InlineData("Self", """{"begin":5,"end":"x"}""", new[] { "/end: a 32-bit integer ← \"x\"" })]
    public void What_does_not_pass_is_reported_at_its_place(string type, string answer, string[] breaches)
    {
        var reading = s_contracts.Value[type].Read(answer, Tolerance.Exact);

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Null(reading.Value);
        Assert.Equal(breaches, reading.Breaches);
    }

    [Theory]
    [InlineData(1, typeof(ArgumentException))]
    [InlineData(2, typeof(FormatException))]
    public void What_a_check_throws_is_a_bug_and_no_violation(int number, Type bug)
    {
        var error = Assert.Throws<PromptException>(() => s_contracts.Value["Buggy"].Read($$"""{"number":{{number}}}"""));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.IsType(bug, error.InnerException);
        Assert.Equal($"A check of Buggy threw {bug.Name}.", error.Message);
    }

    [Fact]
    public void Every_value_is_checked_and_what_comes_after_a_refusal_is_still_read()
    {
        const string Trips = """{"to":"2026-01-01","from":"2026-01-02"},{"from":"2026-01-01","to":"2026-01-01","note":"x"},{"to":"2026-01-03","from":"2026-01-04"}""";

        var reading = s_contracts.Value["Plan"].Read($$"""{"trips":[{{Trips}}],"name":"a","stars":"many"}""", Tolerance.Exact);

        Assert.Equal(["/trips/0", "/trips/2", "/stars"], reading.Violations.Select(static violation => violation.Pointer));
    }
}
