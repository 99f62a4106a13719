using System.Text.Json;

namespace PromptGen.Generators.Tests.Contracts;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("int", """{"type":"integer"}""")]
    [InlineData("uint", """{"type":"integer","minimum":0}""")]
    [InlineData("byte", """{"type":"integer","minimum":0,"maximum":255}""")]
    [InlineData("double?", """{"type":["number","null"]}""")]
    [InlineData("bool", """{"type":"boolean"}""")]
    [InlineData("char", """{"type":"string","minLength":1,"maxLength":1}""")]
    [InlineData("string?", """{"type":["string","null"]}""")]
    [InlineData("DateTime", """{"type":"string","format":"date-time"}""")]
    [InlineData("DateTimeOffset", """{"type":"string","format":"date-time"}""")]
    [InlineData("DateOnly", """{"type":"string","format":"date"}""")]
    [InlineData("TimeOnly", """{"type":"string","pattern":"^[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,7})?)?$"}""")]
    [InlineData("TimeSpan", """{"type":"string","format":"duration"}""")]
    [InlineData("Guid", """{"type":"string","format":"uuid"}""")]
    [InlineData("Uri", """{"type":"string","format":"uri"}""")]
    [InlineData("byte[]", """{"type":"string","contentEncoding":"base64"}""")]
    [InlineData("List<string?>", """{"type":"array","items":{"type":["string","null"]}}""")]
    [InlineData("Dictionary<string, int>?", """{"type":["object","null"],"additionalProperties":{"type":"integer"}}""")]
    [InlineData("DayOfWeek?", """{"type":["string","null"],"enum":["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday",null]}""")]
    public void A_value_is_in_a_wrapper(string type, string schema)
    {
        var model = TestContract.ModelOf(type);

        Assert.Equal(
            $$"""{"type":"object","properties":{"value":{{schema}}},"required":["value"],"additionalProperties":false}""",
            model.SchemaJson);
    }

    [Theory]
    [InlineData("[property: Range(1, 5)] int A", """{"type":"integer","minimum":1,"maximum":5}""")]
    [InlineData("[property: Range(0, 1, MinimumIsExclusive = true)] double A", """{"type":"number","exclusiveMinimum":0,"maximum":1}""")]
    [InlineData("[property: Range(0, 10, MaximumIsExclusive = true)] int A", """{"type":"integer","minimum":0,"maximum":9}""")]
    [InlineData("[property: Range(0.5, 1.5)] decimal A", """{"type":"number","minimum":0.5,"maximum":1.5}""")]
    [InlineData("[property: Range(typeof(decimal), \"0.10\", \"1e2\")] decimal A", """{"type":"number","minimum":0.1,"maximum":100}""")]
    [InlineData("[property: Range(1, int.MaxValue)] int A", """{"type":"integer","minimum":1}""")]
    [InlineData("[property: Range(0, double.PositiveInfinity)] double A", """{"type":"number","minimum":0}""")]
    [InlineData("[Range(1, 5)] int A", """{"type":"integer","minimum":1,"maximum":5}""")]
    [InlineData("[property: MaxLength(5), MinLength(2)] string A", """{"type":"string","minLength":2,"maxLength":5}""")]
    [InlineData("[property: StringLength(5, MinimumLength = 2)] string? A", """{"type":["string","null"],"minLength":2,"maxLength":5}""")]
    [InlineData("[property: Length(1, 3)] int[] A", """{"type":"array","minItems":1,"maxItems":3,"items":{"type":"integer"}}""")]
    [InlineData("[property: MaxLength(3)] Dictionary<string, bool> A", """{"type":"object","maxProperties":3,"additionalProperties":{"type":"boolean"}}""")]
    [InlineData("[property: RegularExpression(\"^[a-z]+$\")] string A", """{"type":"string","pattern":"^[a-z]+$"}""")]
    [InlineData("[property: RegularExpression(\"a|b\\\\d\")] string A", """{"type":"string","pattern":"^(?:a|b\\d)$"}""")]
    [InlineData("[property: Range(1, 5), MaxLength(3)] List<int> A", """{"type":"array","maxItems":3,"items":{"type":"integer","minimum":1,"maximum":5}}""")]
    [InlineData("[StringLength(5)] Dictionary<string, List<string?>> A", """{"type":"object","additionalProperties":{"type":"array","items":{"type":["string","null"],"maxLength":5}}}""")]
    [InlineData("[property: RegularExpression(\"[a-z]\"), Length(1, 2)] string[] A", """{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string","pattern":"^(?:[a-z])$"}}""")]
    [InlineData("[AllowedValues(\"a\", \"b\\\"c\")] string A", """{"type":"string","enum":["a","b\"c"]}""")]
    [InlineData("[AllowedValues(\"a\")] string A", """{"type":"string","const":"a"}""")]
    [InlineData("[AllowedValues(\"a\", null)] string? A", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("[AllowedValues(1, 2)] long? A", """{"type":"integer","enum":[1,2]}""")]
    [InlineData("[AllowedValues(1, 2.5)] double A", """{"type":"number","enum":[1,2.5]}""")]
    [InlineData("[AllowedValues('a')] char A", """{"type":"string","minLength":1,"maxLength":1,"const":"a"}""")]
    [InlineData("[DeniedValues(\"\")] string A", """{"type":"string","not":{"enum":[""]}}""")]
    [InlineData("[DeniedValues(0)] List<int> A", """{"type":"array","items":{"type":"integer","not":{"enum":[0]}}}""")]
    [InlineData("[AllowedValues(DayOfWeek.Monday, DayOfWeek.Friday)] DayOfWeek A", """{"type":"string","enum":["Monday","Friday"]}""")]
    [InlineData("[DeniedValues(DayOfWeek.Saturday, DayOfWeek.Sunday)] DayOfWeek A", """{"type":"string","enum":["Monday","Tuesday","Wednesday","Thursday","Friday"]}""")]
    [InlineData("[property: Base64String] string A", """{"type":"string","contentEncoding":"base64"}""")]
    [InlineData("[property: EmailAddress] string A", """{"type":"string","format":"email"}""")]
    [InlineData("[property: Url] string A", """{"type":"string","format":"uri"}""")]
    [InlineData("[property: Required] string? A", """{"type":"string","minLength":1}""")]
    [InlineData("[property: Description(\"say \\\"why\\\"\\nand how\")] string A", """{"type":"string","description":"say \"why\"\nand how"}""")]
    public void A_member_carries_its_constraints(string member, string schema)
    {
        var model = TestContract.ModelOf("Holder", $"public sealed record Holder({member});");

        Assert.Empty(model.Problems);
        Assert.Equal($$"""{"type":"object","properties":{"a":{{schema}}},"required":["a"],"additionalProperties":false}""", model.SchemaJson);
    }

    [Fact]
    public void What_has_a_default_is_not_required()
    {
        var model = TestContract.ModelOf("Holder", """
            public sealed record Holder(int A, int B = 5, string C = "c", decimal D = 1.50m, int? E = null)
            {
                public int F { get; init; }
                public int? G { get; init; }
                public required int? H { get; init; }
            }
            """);

        Assert.Equal(
            """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer","default":5},"c":{"type":"string","default":"c"},"d":{"type":"number","default":1.50},"e":{"type":["integer","null"]},"""
            + """ "f":{"type":"integer"},"g":{"type":["integer","null"]},"h":{"type":["integer","null"]}},"required":["a","f","h"],"additionalProperties":false}""".TrimStart(),
            model.SchemaJson);
    }

    [Fact]
    public void A_type_that_is_used_twice_is_defined_once()
    {
        var model = TestContract.ModelOf("Route", """
            [Description("A place")] public sealed record Place(Kind Kind, string Name);
            public enum Kind { Town, Village }
            public sealed record Route(Place From, [property: Description("Where it ends")] Place To, Place? Via, Kind Kind);
            """);

        const string Kind = """{"$ref":"#/$defs/Kind"}""";
        Assert.Equal(
            """{"type":"object","properties":{"from":{"$ref":"#/$defs/Place"},"to":{"anyOf":[{"$ref":"#/$defs/Place"}],"description":"Where it ends"},"""
            + """ "via":{"anyOf":[{"$ref":"#/$defs/Place"},{"type":"null"}]},"kind":""".TrimStart() + Kind + "},"
            + """ "required":["from","to","via","kind"],"additionalProperties":false,"$defs":{"Place":{"type":"object","description":"A place","properties":{"kind":""".TrimStart() + Kind + ","
            + """ "name":{"type":"string"}},"required":["kind","name"],"additionalProperties":false},"Kind":{"type":"string","enum":["Town","Village"]}}}""".TrimStart(),
            model.SchemaJson);
    }

    [Fact]
    public void A_default_is_never_written_beside_a_reference()
    {
        var model = TestContract.ModelOf("Moods", "public enum Mood { Good, Bad } public sealed record Moods(Mood Now, Mood Then = Mood.Bad, Mood? Ever = null);");

        Assert.Contains("""{"now":{"$ref":"#/$defs/Mood"},"then":{"anyOf":[{"$ref":"#/$defs/Mood"}],"default":"Bad"},"ever":{"anyOf":[{"$ref":"#/$defs/Mood"},{"type":"null"}]}}""", model.SchemaJson, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_holds_itself_refers_to_the_root()
    {
        var model = TestContract.ModelOf("Node", "public sealed record Node(string Name, List<Node> Children);");

        Assert.Equal(
            """{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}}},"required":["name","children"],"additionalProperties":false}""",
            model.SchemaJson);
    }

    [Fact]
    public void Descriptions_of_enum_members_are_reported_with_the_enum()
    {
        var model = TestContract.ModelOf("Holder", """
            [Description("Where it goes")] public enum Queue { [Description("money")] Billing, Other }
            public sealed record Holder([property: Description("The queue")] Queue Queue);
            """);

        Assert.Equal(
            """{"type":"object","properties":{"queue":{"type":"string","description":"The queue (Where it goes; Billing: money)","enum":["Billing","Other"]}},"required":["queue"],"additionalProperties":false}""",
            model.SchemaJson);
    }

    [Theory]
    [InlineData("List<Triage>", "Acme.ListOfTriage.Contract.g.cs", "global::PromptGen.Generated.Acme.ListOfTriageContract", "ListOfTriage")]
    [InlineData("Triage?", "Acme.NullableTriage.Contract.g.cs", "global::PromptGen.Generated.Acme.NullableTriageContract", "NullableTriage")]
    [InlineData("Outer.Inner", "Acme.Outer.Inner.Contract.g.cs", "global::PromptGen.Generated.Acme.Outer_InnerContract", "Outer_Inner")]
    [InlineData("Page<Page<int>>", "Acme.PageOfPageOfInt32.Contract.g.cs", "global::PromptGen.Generated.Acme.PageOfPageOfInt32Contract", "PageOfPageOfInt32")]
    [InlineData("Page<Acme.Other.Triage>", "Acme.PageOfAcme_Other_Triage.Contract.g.cs", "global::PromptGen.Generated.Acme.PageOfAcme_Other_TriageContract", "PageOfAcme_Other_Triage")]
    [InlineData("Dictionary<string, int?>", "DictionaryOfStringAndNullableInt32.Contract.g.cs", "global::PromptGen.Generated.DictionaryOfStringAndNullableInt32Contract", "DictionaryOfStringAndNullableInt32")]
    [InlineData("string?[]", "ArrayOfNullableString.Contract.g.cs", "global::PromptGen.Generated.ArrayOfNullableStringContract", "ArrayOfNullableString")]
    public void A_contract_is_named_after_its_type(string type, string hintName, string contract, string schemaName)
    {
        var model = TestContract.ModelOf(type, $$"""
            {{TriageContractTests.Triage}}
            public static class Outer { public sealed record Inner(int A); }
            public sealed record Page<T>(T Value);
            namespace Other { public sealed record Triage(int A); }
            """);

        Assert.Equal((hintName, contract, schemaName), (model.HintName, model.ContractTypeName, model.SchemaName));
    }

    [Fact]
    public void A_long_name_is_cut_and_distinguished_by_its_hash()
    {
        var model = TestContract.ModelOf(string.Concat(Enumerable.Repeat("List<", 30)) + "int" + new string('>', 30));

        Assert.True(model.HintName.Length < 130);
        Assert.Equal(64, model.SchemaName.Length);
        using var schema = JsonDocument.Parse(model.SchemaJson);
    }
}
