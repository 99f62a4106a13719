using PromptGen.Generators.Findings;
using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Tests.Contracts;

public sealed class UnsupportedTypeTests
{
    private const string Declarations = """
        public abstract record Shape(int Id);
        public interface IThing { int Id { get; } }
        [Flags] public enum Access { Read = 1, Write = 2 }
        public enum Nothing;
        public sealed record Point(int X, int Y);
        public sealed class Two { public Two(int a) { A = a; } public Two(string b) { B = b; } public int A { get; } public string? B { get; } }
        public sealed class Closed { private Closed() { } public int A { get; set; } }
        public sealed class Empty;
        public sealed class Computed { public int A => 1; }
        [JsonPolymorphic] public record Animal(string Name);
        [JsonDerivedType(typeof(string), "x")] public record Plant(string Name);
        [JsonDerivedType(typeof(Oak))] public record Tree(string Name);
        public sealed record Oak(string Name) : Tree(Name);
        [JsonDerivedType(typeof(Same), "x"), JsonDerivedType(typeof(Same), "x")] public record Twins(string Name);
        public sealed record Same(string Name) : Twins(Name);
        public abstract record Vague { public sealed record Left(int A, int B = 0) : Vague; public sealed record Right(int A, string? C = null) : Vague; }
        public abstract record Secret { private sealed record Hidden(int A) : Secret; }
        public abstract record Open { public sealed record Some<T>(T A) : Open; }
        [JsonDerivedType(typeof(IPart.Part), "part")] public interface IPart { public abstract record Part(int A) : IPart; }
        public sealed record Extra(int A) { [JsonExtensionData] public Dictionary<string, object>? Rest { get; set; } }
        public sealed record Converted([property: JsonConverter(typeof(JsonConverter<int>))] int A);
        public sealed class Hidden { [JsonIgnore] public required int A { get; init; } public int B { get; init; } }
        public sealed record HiddenParameter([property: JsonIgnore] int A, int B);
        public delegate void Callback();
        public sealed record Deep(Middle Middle);
        public sealed record Middle(List<Dictionary<string, System.IO.Stream>> Bags);
        public sealed record Endless<T>(Endless<List<T>>? Next);
        public ref struct Window { public int A; }
        public sealed record Bad<T>(T Value);
        """;

    public static TheoryData<string, string, string> Types => new()
    {
        { "dynamic", "dynamic", "bound at run time" },
        { "ValueTuple<int>", "ValueTuple<int>", "a tuple of one" },
        { "Tuple<int>", "Tuple<int>", "has no JSON form" },
        { "Shape", "Shape", "Shape is abstract, and nothing in this project derives from it" },
        { "IThing", "IThing", "the interface IThing can't be built" },
        { "Dictionary<DateOnly, string>", "Dictionary<DateOnly, string>", "the keys of a dictionary are strings, integers, enums or Guids, not DateOnly" },
        { "SortedSet<Point>", "SortedSet<Point>", "it is sorted, but Point is not comparable" },
        { "SortedDictionary<Access, int>", "SortedDictionary<Access, int>", "the keys of a dictionary" },
        { "Nothing", "Nothing", "has no members" },
        { "Two", "Two", "several constructors" },
        { "Closed", "Closed", "no accessible constructor" },
        { "Empty", "Empty", "no members that can be set" },
        { "Computed", "Computed", "no members that can be set" },
        { "Animal", "Animal", "no [JsonDerivedType] names a case" },
        { "Plant", "Plant", "its case String does not derive from it" },
        { "Tree", "Tree", "its [JsonDerivedType] of Oak has no discriminator" },
        { "Twins", "Twins", "two of its cases have the discriminator x" },
        { "List<Vague>", "List<Vague>[]", "its cases Left and Right can't be distinguished" },
        { "Secret", "Secret", "its case Hidden is not accessible" },
        { "Open", "Open", "its case Some is generic" },
        { "IPart", "IPart", "its case Part is abstract" },
        { "Extra", "Extra", "extension data" },
        { "Converted", "Converted.A", "[JsonConverter]" },
        { "Hidden", "Hidden", "A is required, but ignored" },
        { "HiddenParameter", "HiddenParameter", "ignored by [JsonIgnore]" },
        { "Callback", "Callback", "can't be written as JSON" },
        { "int[,]", "int[,]", "array of arrays" },
        { "System.IO.Stream", "Stream", "has no JSON form" },
        { "System.Text.Json.JsonDocument", "JsonDocument", "has no JSON form" },
        { "IDisposable", "IDisposable", "can't be built" },
        { "Deep", "Deep.Middle.Bags[][]", "has no JSON form" },
        { "Bad<IThing?>", "Bad<IThing?>.Value", "can't be built" },
        { "List<Shape>", "List<Shape>[]", "Shape is abstract" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void An_unsupported_type_is_reported_with_its_path(string type, string path, string why)
    {
        var model = TestContract.ModelOf(type, Declarations);

        var problem = Assert.Single(model.Problems);
        Assert.Equal("PG0301", problem.Id);
        // Marked is the member that brings it in, else the return type.
        Assert.Equal(path.Contains('.', StringComparison.Ordinal) ? path.Split('.')[^1].TrimEnd('[', ']') : null, (problem.Place as Place.Member)?.Name);
        Assert.Equal(path, problem.Arguments[0]);
        Assert.Contains(why, problem.Arguments[1], StringComparison.Ordinal);
        Assert.False(model.CanEmit);
    }

    [Fact]
    public void A_generic_type_that_grows_in_itself_is_cut_off()
    {
        var model = TestContract.ModelOf("Endless<int>", Declarations);

        var problem = Assert.Single(model.Problems);
        Assert.Contains("64 levels", problem.Arguments[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_generated_code_cannot_name_is_reported()
    {
        var model = TestContract.ModelOf("List<Hidden>", "file sealed record Hidden(int A);");

        Assert.Contains("not accessible", Assert.Single(model.Problems).Arguments[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_does_not_exist_is_left_to_the_compiler()
    {
        var model = TestContract.ModelOf("List<Missing>");

        Assert.Empty(model.Problems);
        Assert.False(model.CanEmit);
    }

    [Fact]
    public void A_type_with_too_many_members_is_reported()
    {
        var members = string.Join(", ", Enumerable.Range(0, 513).Select(i => $"int M{i}"));

        var model = TestContract.ModelOf("Wide", $"public sealed record Wide({members});");

        Assert.Contains("more than 512 members", Assert.Single(model.Problems).Arguments[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Range(5, 1)] int A", "no number lies between 5 and 1")]
    [InlineData("[Range(1, 1, MinimumIsExclusive = true)] double A", "no number lies strictly between 1 and 1")]
    [InlineData("[Range(300, 400)] byte A", "no Byte lies between 300 and 400")]
    [InlineData("[Range(0.2, 0.8)] int A", "no Int32 lies between 0.2 and 0.8")]
    [InlineData("[Range(1, 5)] string A", "[Range] applies to numbers, not to a string")]
    [InlineData("[Range(1, 5)] List<string> A", "[Range] applies to numbers, not to a string")]
    [InlineData("[Range(1, 5), MaxLength(-2)] List<int> A", "a length can't be negative")]
    [InlineData("[Range(typeof(DateTime), \"2020-01-01\", \"2021-01-01\")] DateTime A", "[Range] applies to numbers, not to a DateTime")]
    [InlineData("[Range(typeof(decimal), \"x\", \"y\")] decimal A", "the bounds of [Range] are no numbers")]
    [InlineData("[MinLength(5), MaxLength(1)] string A", "the minimum length 5 is above the maximum length 1")]
    [InlineData("[Length(5, 1)] int[] A", "the minimum length 5 is above the maximum length 1")]
    [InlineData("[StringLength(1, MinimumLength = 2)] string A", "the minimum length 2 is above the maximum length 1")]
    [InlineData("[MinLength(-1)] string A", "a length can't be negative")]
    [InlineData("[MaxLength(-2)] string A", "a length can't be negative")]
    [InlineData("[MaxLength(5)] int A", "[MaxLength] does not apply to a number")]
    [InlineData("[StringLength(5)] List<int> A", "[StringLength] does not apply to a number")]
    [InlineData("[MaxLength(5)] byte[] A", "[MaxLength] does not apply to a byte array")]
    [InlineData("[RegularExpression(\"a(\")] string A", "the regular expression is invalid")]
    [InlineData("[RegularExpression(\"a\")] int A", "[RegularExpression] does not apply to a number")]
    [InlineData("[EmailAddress] List<int> A", "[EmailAddress] does not apply to a number")]
    [InlineData("[Base64String] byte[] A", "[Base64String] does not apply to a byte array")]
    [InlineData("[AllowedValues(1)] string A", "[AllowedValues] names 1, which is no value of a string")]
    [InlineData("[AllowedValues(1, 300)] byte A", "[AllowedValues] names 300, which is no value of a number")]
    [InlineData("[DeniedValues(0.5)] int A", "[DeniedValues] names 0.5, which is no value of a number")]
    [InlineData("[AllowedValues] string A", "[AllowedValues] names no value")]
    [InlineData("[AllowedValues(\"x\")] Guid A", "values of a Guid can't be listed")]
    [InlineData("[AllowedValues(\"x\")] Dictionary<string, List<int>> A", "[AllowedValues] names \"x\", which is no value of a number")]
    [InlineData("[Url] Uri A", "[Url] does not apply to a Uri")]
    public void A_constraint_that_contradicts_itself_or_its_type_is_reported_at_its_member(string member, string why)
    {
        var model = TestContract.ModelOf("Holder", $"public sealed record Holder([property: {member[1..]});");

        var problem = Assert.Single(model.Problems);
        Assert.Equal("PG0302", problem.Id);
        Assert.Equal(new Place.Member("Acme.Holder", "A"), problem.Place);
        Assert.StartsWith("The constraint on 'A' contradicts itself or its type: ", problem.Arguments[0], StringComparison.Ordinal);
        Assert.Contains(why, problem.Arguments[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public sealed record Twice([property: JsonPropertyName(\"a\")] int First, int A);", "'Twice.A' has the same JSON name 'a' as 'Twice.First'; rename one with [JsonPropertyName]")]
    [InlineData("public enum Kind { First, [JsonStringEnumMemberName(\"First\")] Second } public sealed record Twice(Kind Kind);", "'Kind.Second' has the same JSON name 'First' as 'Kind.First'; rename one with [JsonStringEnumMemberName]")]
    public void Two_members_of_one_name_in_json_are_reported(string declarations, string message)
    {
        var model = TestContract.ModelOf("Twice", declarations);

        var problem = Assert.Single(model.Problems);
        Assert.Equal("PG0302", problem.Id);
        Assert.Equal(message, problem.Arguments[0]);
    }

    [Fact]
    public void What_AcceptWhen_reads_is_found_by_name()
    {
        var model = TestContract.ModelOf("Triage", TriageContractTests.Triage);

        var confidence = model.FindMember("Confidence");
        Assert.NotNull(confidence);
        Assert.True(confidence.IsNumeric);
        Assert.Equal(ValueKind.Double, confidence.Value.Kind);
        Assert.Equal((0d, 1d), (confidence.Minimum, confidence.Maximum));
        Assert.False(model.FindMember("Summary")!.IsNumeric);
        Assert.Null(model.FindMember("confidence"));
    }
}
