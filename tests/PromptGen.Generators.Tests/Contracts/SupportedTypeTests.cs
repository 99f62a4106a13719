using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Generators.Emission;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>Each supported type as a root and as a member: what System.Text.Json writes is read and comes out the same.</summary>
public sealed class SupportedTypeTests
{
    private const string Declarations = """
        public enum Mood { Good, @default, [JsonStringEnumMemberName("so-so")] SoSo }
        public sealed record Point(int X, int Y);
        public record struct Size(double Width, double Height);
        public readonly record struct Temperature(decimal Celsius);
        public sealed class Person
        {
            public required string Name { get; init; }
            public int Age { get; set; }
            public string? Nick { get; init; }
        }
        public class Animal { public string Kind { get; set; } = ""; }
        public sealed class Dog : Animal { public required int Legs { get; init; } public int Twice => Legs * 2; }
        public sealed class Account(string id, int balance = 5) { public string Id { get; } = id; public int Balance => balance; }
        public static class Outer { public sealed record Inner(string @class, bool Flag); }
        public sealed record Page<T>(IReadOnlyList<T> Items, T? First, int Total);
        public sealed record Node(string Name, List<Node> Children, Node? Next);
        public struct Slot { public int Hour; public required string Label; }
        public sealed record Renamed([property: JsonPropertyName("the name")] string Name, [property: JsonPropertyName("a\"b\\c/d~e")] int Odd)
        {
            [JsonIgnore] public int Ignored { get; set; }
        }
        public sealed record Holder<T>(T Held);
        public sealed record Defaults(int Count = 5, string Text = "a\"b", Mood Mood = Mood.SoSo, double Ratio = 0.5, decimal Price = 1.50m, char Letter = '\'', bool On = true, long Big = 9007199254740993, Guid Id = default, int? Maybe = null, string? Note = null);
        """;

    public static TheoryData<string, string> Values => new()
    {
        { "bool", "true" },
        { "char", "\"x\"" },
        { "sbyte", "-128" },
        { "byte", "255" },
        { "short", "-32768" },
        { "ushort", "65535" },
        { "int", "-2147483648" },
        { "uint", "4294967295" },
        { "long", "-9223372036854775808" },
        { "ulong", "18446744073709551615" },
        { "float", "1.5" },
        { "double", "-0.1" },
        { "decimal", "79228162514264337593543950335" },
        { "DateTime", "\"2026-11-21T22:30:00.125Z\"" },
        { "DateTime", "\"2026-11-21T22:30:00\"" },
        { "DateTimeOffset", "\"2026-11-21T22:30:00+02:00\"" },
        { "DateOnly", "\"2026-11-21\"" },
        { "TimeOnly", "\"14:30:00\"" },
        { "TimeSpan", "\"1.02:30:00\"" },
        { "Guid", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"" },
        { "Uri", "\"https://example.org/a?b=c\"" },
        { "byte[]", "\"AQID\"" },
        { "Mood", "\"Good\"" },
        { "Mood", "\"default\"" },
        { "Mood", "\"so-so\"" },
        { "int?", "null" },
        { "int?", "3" },
        { "Mood?", "null" },
        { "string?", "null" },
        { "string?", "\"\"" },
        { "List<int>", "[1,2,3]" },
        { "List<string?>", "[\"a\",null]" },
        { "string[]", "[]" },
        { "int?[]", "[null,1]" },
        { "IReadOnlyList<Point>", "[{\"x\":1,\"y\":2}]" },
        { "IList<bool>", "[true,false]" },
        { "ICollection<byte>", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]" },
        { "IReadOnlyCollection<Mood>", "[\"Good\",\"so-so\"]" },
        { "IEnumerable<double>", "[0.5]" },
        { "ImmutableArray<Guid>", "[\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"]" },
        { "HashSet<string>", "[\"a\",\"b\"]" },
        { "ISet<int>", "[1,2]" },
        { "IReadOnlySet<int>", "[1,2]" },
        { "Dictionary<string, int>", "{\"a\":1,\"B c\":2}" },
        { "IReadOnlyDictionary<string, List<int>>", "{\"a\":[1],\"b\":[]}" },
        { "IDictionary<string, Point?>", "{\"a\":null}" },
        { "List<List<string>>", "[[\"a\"],[],[\"b\",\"c\"]]" },
        { "Dictionary<string, Dictionary<string, bool>>", "{\"a\":{\"b\":true}}" },
        { "Point?", "null" },
        { "Point?", "{\"x\":1,\"y\":2}" },
        { "Size?", "{\"width\":1.5,\"height\":2}" },
    };

    public static TheoryData<string, string> Objects => new()
    {
        { "Point", "{\"x\":1,\"y\":2}" },
        { "Size", "{\"width\":1.5,\"height\":2}" },
        { "Temperature", "{\"celsius\":36.60}" },
        { "Person", "{\"name\":\"Ada\",\"age\":36,\"nick\":null}" },
        { "Dog", "{\"legs\":4,\"twice\":8,\"kind\":\"dog\"}" },
        { "Account", "{\"id\":\"a\",\"balance\":7}" },
        { "Outer.Inner", "{\"class\":\"x\",\"flag\":true}" },
        { "Page<Point>", "{\"items\":[{\"x\":1,\"y\":2}],\"first\":null,\"total\":1}" },
        { "Page<int>", "{\"items\":[1],\"first\":1,\"total\":1}" },
        { "Page<string>", "{\"items\":[\"a\"],\"first\":\"a\",\"total\":1}" },
        { "Node", "{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[],\"next\":null}],\"next\":{\"name\":\"c\",\"children\":[],\"next\":null}}" },
        { "Renamed", "{\"the name\":\"Ada\",\"a\\\"b\\\\c/d~e\":1}" },
        { "Slot", "{\"hour\":3,\"label\":\"x\"}" },
    };

    // One compilation for all: what takes time is the compiler.
    private static readonly Lazy<Dictionary<string, TestContract>> s_contracts = new(() =>
    {
        var values = Values.Select(static row => row.Data.Item1).Distinct().ToList();
        return TestContract.Of([.. values, .. values.Select(type => $"Holder<{type}>"), .. Objects.Select(static row => row.Data.Item1), "Defaults"], Declarations);
    });

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_read_in_its_wrapper_and_bare(string type, string json)
    {
        var contract = s_contracts.Value[type];

        var wrapped = contract.Read($$"""{"value":{{json}}}""");
        var bare = contract.Read(json);

        Assert.Empty(wrapped.Breaches);
        Assert.Equal(PromptErrorCode.None, wrapped.Code);
        Assert.Empty(wrapped.Rungs);
        AssertSameJson(json, contract.Write(wrapped.Value));
        Assert.Equal(PromptErrorCode.None, bare.Code);
        Assert.Equal(["Unwrapped"], bare.Rungs);
        AssertSameJson(json, contract.Write(bare.Value));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_read_as_a_member(string type, string json)
    {
        var contract = s_contracts.Value[$"Holder<{type}>"];

        var reading = contract.Read($$"""{"held":{{json}}}""");

        Assert.Empty(reading.Breaches);
        AssertSameJson($$"""{"held":{{json}}}""", contract.Write(reading.Value));
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void An_object_is_read(string type, string json)
    {
        var contract = s_contracts.Value[type];

        // What is computed is written by the serializer, but it is no part of the answer.
        var reading = contract.Read(json.Replace(",\"twice\":8", "", StringComparison.Ordinal));

        Assert.Empty(reading.Breaches);
        Assert.Equal(PromptErrorCode.None, reading.Code);
        AssertSameJson(json, contract.Write(reading.Value));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"count":null,"text":null,"mood":null,"ratio":null,"price":null,"letter":null,"on":null,"big":null,"id":null,"maybe":null,"note":null}""")]
    public void A_constructor_default_replaces_what_is_absent_or_null(string answer)
    {
        var contract = s_contracts.Value["Defaults"];

        var reading = contract.Read(answer);

        Assert.Empty(reading.Breaches);
        AssertSameJson(
            """{"count":5,"text":"a\"b","mood":"so-so","ratio":0.5,"price":1.50,"letter":"'","on":true,"big":9007199254740993,"id":"00000000-0000-0000-0000-000000000000","maybe":null,"note":null}""",
            contract.Write(reading.Value));
    }

    [Fact]
    public void An_empty_list_of_every_collection_type_is_read()
    {
        var contract = TestContract.Of("Lists", """
            public sealed record Lists(int[] A, List<int> B, ImmutableArray<int> C, HashSet<int> D, Dictionary<string, int> E, IEnumerable<int> F);
            """);

        var reading = contract.Read("""{"a":[],"b":[],"c":[],"d":[],"e":{},"f":[]}""");

        Assert.Equal("""{"a":[],"b":[],"c":[],"d":[],"e":{},"f":[]}""", contract.Write(reading.Value));
    }

    [Fact]
    public void Generated_code_is_valid_in_the_language_of_net8()
    {
        var model = TestContract.ModelOf("Page<Node>", Declarations);

        var compilation = Compile.Sources(LanguageVersion.CSharp12, "namespace Acme;\n" + Declarations).With(model.HintName, ContractEmitter.Emit(model));

        Assert.Empty(compilation.Complaints());
    }

    [Fact]
    public void Two_tuples_that_differ_in_names_have_two_contracts()
    {
        var contracts = TestContract.Of(["(int X, int Y)", "(int Left, int Top)"], "");

        Assert.Equal("(1, 2)", contracts["(int X, int Y)"].Read("""{"x":1,"y":2}""").Value!.ToString());
        Assert.Equal("(1, 2)", contracts["(int Left, int Top)"].Read("""{"left":1,"top":2}""").Value!.ToString());
    }

    [Fact]
    public void A_type_of_another_assembly_is_read_as_one_of_this()
    {
        var library = Compile.Sources("""
            namespace Library;
            public enum Kind { Near, Far }
            public record Place(string Name, Kind Kind, [property: Range(0, 9)] int Stars = 3) { public Place(string name) : this(name, Kind.Far) { } public string? Note { get; init; } }
            """);

        var contract = TestContract.Of("Library.Place", library);

        var reading = contract.Read("""{"name":"x","kind":"Near","note":"y"}""");
        Assert.Empty(reading.Breaches);
        Assert.Contains("Name = x, Kind = Near, Stars = 3, Note = y", reading.Value!.ToString(), StringComparison.Ordinal);
        Assert.Equal("/stars", Assert.Single(contract.Read("""{"name":"x","kind":"Near","stars":10}""").Violations).Pointer);
    }

    [Fact]
    public void Text_is_returned_as_it_is_and_has_no_file()
    {
        var model = TestContract.ModelOf("string");

        Assert.True(model.IsText);
        Assert.Equal("global::PromptGen.Contracts.TextContract", model.ContractTypeName);
        Assert.Equal("", model.SchemaJson);
    }

    [Fact]
    public void More_members_than_one_word_of_bits_are_reported_apart()
    {
        var members = Enumerable.Range(0, 130).ToList();
        var contract = TestContract.Of("Wide", $"public sealed record Wide({string.Join(", ", members.Select(i => $"int M{i}"))});");

        var complete = contract.Read($"{{{string.Join(",", members.Select(i => $"\"m{i}\":{i}"))}}}");
        var incomplete = contract.Read($"{{{string.Join(",", members.Where(i => i is not (63 or 64 or 129)).Select(i => $"\"m{i}\":{i}"))},\"m65\":1}}");

        Assert.Equal(PromptErrorCode.None, complete.Code);
        Assert.Equal(["/m65", "/m63", "/m64", "/m129"], incomplete.Violations.Select(violation => violation.Pointer));
    }

    private static void AssertSameJson(string expected, string actual)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(left.RootElement, right.RootElement), $"expected {expected}\nactual   {actual}");
    }
}
