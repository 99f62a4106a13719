namespace PromptGen.Generators.Tests.Contracts;

/// <summary>Each way to break a contract: where it is reported, what was asked for and what came.</summary>
public sealed class ViolationTests
{
    private const string Declarations = """
        public enum Mood { Good, Bad }
        [Flags] public enum Access { None, Read, Write, All = 3 }
        public sealed record Point(int X, int Y);
        public sealed record Holder<T>(T A);
        public sealed record Text(
            [property: MinLength(2)] string? Short = null,
            [property: MaxLength(3)] string? Long = null,
            [property: Length(2, 3)] string? Both = null,
            [property: StringLength(2, MinimumLength = 2)] string? Exact = null,
            [property: RegularExpression("[0-9]{5}")] string? Zip = null,
            [property: RegularExpression("(a+)+(?=b)b")] string? Look = null,
            [property: EmailAddress] string? Mail = null,
            [property: Url] string? Site = null,
            [Required] string? There = "x");
        public sealed record Numbers(
            [property: Range(1, 5)] int Small = 1,
            [property: Range(0, 1, MinimumIsExclusive = true)] double Above = 1,
            [property: Range(0, 1, MaximumIsExclusive = true)] double Below = 0,
            [property: Range(0, 10, MinimumIsExclusive = true, MaximumIsExclusive = true)] int Inside = 1,
            [property: Range(typeof(decimal), "0.1", "79228162514264337593543950335")] decimal Price = 1,
            [property: Range(1, double.MaxValue)] double AtLeast = 1,
            [property: Range(0.7, 1)] float Rough = 1,
            [property: Range(0.5, 1)] Half Half = default,
            [property: Range(1, 5)] Int128 Wide = default,
            [property: Range(0, 5)] UInt128 Unsigned = default,
            [property: Range(typeof(decimal), "-1e20", "1e20")] System.Numerics.BigInteger Big = default,
            [property: Range(0, 300)] byte Byte = 0);
        public sealed record Chosen(
            [AllowedValues("a", "b")] string? Text = null,
            [AllowedValues((byte)1, 2)] byte? Number = null,
            [AllowedValues(0.5, 1)] float Rough = 1,
            [AllowedValues(true)] bool Sure = true,
            [AllowedValues('x')] char Letter = 'x',
            [AllowedValues(1.25)] decimal Price = 1.25m,
            [AllowedValues(Mood.Good)] Mood Mood = Mood.Good,
            [DeniedValues("", "n/a")] string? Name = null,
            [AllowedValues(1, 2), DeniedValues(2)] int Odd = 1,
            [Range(1, 5), DeniedValues(3), MaxLength(2)] List<int>? Items = null,
            [RegularExpression("[a-z]+"), Length(1, 2)] Dictionary<string, List<string>>? Words = null,
            [Base64String] string? Code = null);
        public sealed record Lists([property: Length(1, 2)] List<Point>? Some = null, [property: MaxLength(1)] Dictionary<string, int>? Map = null);
        public sealed record Positive
        {
            public Positive(int value) { ArgumentOutOfRangeException.ThrowIfNegative(value); Value = value; }
            public int Value { get; }
        }
        """;

    private static readonly string[] s_types =
    [
        "bool", "char", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "string", "DateTime", "DateTimeOffset",
        "DateOnly", "TimeOnly", "TimeSpan", "Guid", "Uri", "byte[]", "Mood", "Mood?", "Point", "Point?", "List<int>", "List<Point?>", "Dictionary<string, int>", "HashSet<string>",
        "object", "System.Text.Json.Nodes.JsonNode", "System.Text.Json.Nodes.JsonObject", "System.Text.Json.Nodes.JsonArray?", "System.Text.Json.JsonElement", "(int X, bool)",
        "Half", "Int128", "UInt128", "System.Numerics.BigInteger", "Access", "Access?", "Dictionary<Mood, int>", "Dictionary<sbyte, bool>", "Dictionary<Guid, int>",
    ];

    private static readonly Lazy<Dictionary<string, TestContract>> s_contracts =
        new(() => TestContract.Of([.. s_types.Select(type => $"Holder<{type}>"), "Text", "Numbers", "Chosen", "Lists", "Positive"], Declarations));

    [Theory]
    [InlineData("bool", "\"true\"", "true or false")]
    [InlineData("bool", "null", "true or false")]
    [InlineData("char", "\"ab\"", "a string of one character")]
    [InlineData("char", "\"\"", "a string of one character")]
    [InlineData("sbyte", "128", "an integer from -128 to 127")]
    [InlineData("byte", "-1", "an integer from 0 to 255")]
    [InlineData("byte", "256", "an integer from 0 to 255")]
    [InlineData("short", "32768", "an integer from -32768 to 32767")]
    [InlineData("ushort", "65536", "an integer from 0 to 65535")]
    [InlineData("int", "2147483648", "a 32-bit integer")]
    [InlineData("int", "1.5", "a 32-bit integer")]
    [InlineData("int", "1.00000000000000000000000000000000001", "a 32-bit integer")]
    [InlineData("int", "1e10", "a 32-bit integer")]
    [InlineData("int", "1e999999999999", "a 32-bit integer")]
    [InlineData("int", "\"1\"", "a 32-bit integer")]
    [InlineData("int", "true", "a 32-bit integer")]
    [InlineData("uint", "-1", "an integer from 0 to 4294967295")]
    [InlineData("long", "9223372036854775808", "a 64-bit integer")]
    [InlineData("ulong", "18446744073709551616", "an integer from 0 to 18446744073709551615")]
    [InlineData("ulong", "-1", "an integer from 0 to 18446744073709551615")]
    [InlineData("Int128", "170141183460469231731687303715884105728", "a 128-bit integer")]
    [InlineData("Int128", "1.5", "a 128-bit integer")]
    [InlineData("UInt128", "-1", "an integer from 0 to 340282366920938463463374607431768211455")]
    [InlineData("System.Numerics.BigInteger", "1e-1", "an integer")]
    [InlineData("System.Numerics.BigInteger", "1e1000", "an integer")]
    [InlineData("System.Numerics.BigInteger", "1e999999999999", "an integer")]
    [InlineData("System.Numerics.BigInteger", "\"1\"", "an integer")]
    [InlineData("Half", "65505", "a number from -65504 to 65504")]
    [InlineData("Half", "-1e9", "a number from -65504 to 65504")]
    [InlineData("Access", "\"Read\"", "an array of one of \"Read\", \"Write\", \"All\", each at most once")]
    [InlineData("Access", "null", "an array of one of \"Read\", \"Write\", \"All\", each at most once")]
    [InlineData("Access?", "3", "an array of one of \"Read\", \"Write\", \"All\", each at most once, or null")]
    [InlineData("object", "null", "any JSON value but null")]
    [InlineData("System.Text.Json.Nodes.JsonNode", "null", "any JSON value but null")]
    [InlineData("System.Text.Json.Nodes.JsonObject", "[1]", "an object")]
    [InlineData("System.Text.Json.Nodes.JsonArray?", "{}", "an array, or null")]
    [InlineData("System.Text.Json.JsonElement", """["\ud800"]""", "any JSON value")]
    [InlineData("(int X, bool)", "[1,true]", "an object")]
    [InlineData("float", "1e39", "a number")]
    [InlineData("double", "1e400", "a number")]
    [InlineData("double", "\"NaN\"", "a number")]
    [InlineData("decimal", "79228162514264337593543950336", "a number")]
    [InlineData("string", "1", "a string")]
    [InlineData("string", "null", "a string")]
    [InlineData("string", """ "\ud800" """, "a string")]
    [InlineData("DateTime", "\"yesterday\"", "a date and time such as \"2026-01-31T14:30:00\"")]
    [InlineData("DateTimeOffset", "\"2026-13-01T00:00:00Z\"", "a date and time such as \"2026-01-31T14:30:00Z\"")]
    [InlineData("DateOnly", "\"31.01.2026\"", "a date such as \"2026-01-31\"")]
    [InlineData("DateOnly", "\"2026-02-30\"", "a date such as \"2026-01-31\"")]
    [InlineData("TimeOnly", "\"25:00:00\"", "a time such as \"14:30:00\"")]
    [InlineData("TimeSpan", "\"an hour\"", "a duration such as \"PT1H30M\"")]
    [InlineData("TimeSpan", "\"P1Y\"", "a duration such as \"PT1H30M\"")]
    [InlineData("Guid", "\"123\"", "a UUID")]
    [InlineData("Uri", "\"not a uri\"", "an absolute URI")]
    [InlineData("byte[]", "\"%%\"", "a base64 string")]
    [InlineData("Mood", "\"Great\"", "one of \"Good\", \"Bad\"")]
    [InlineData("Mood", "0", "one of \"Good\", \"Bad\"")]
    [InlineData("Mood", "null", "one of \"Good\", \"Bad\"")]
    [InlineData("Mood?", "\"fine\"", "one of \"Good\", \"Bad\", or null")]
    [InlineData("Point", "[1,2]", "an object")]
    [InlineData("Point", "null", "an object")]
    [InlineData("Point?", "7", "an object, or null")]
    [InlineData("List<int>", "{\"x\":[{}]}", "an array")]
    [InlineData("Dictionary<string, int>", "[]", "an object")]
    [InlineData("HashSet<string>", "\"a\"", "an array")]
    public void A_value_of_the_wrong_kind_or_range(string type, string json, string expected)
    {
        var reading = s_contracts.Value[$"Holder<{type}>"].Read($$"""{"a":{{json}}}""", Tolerance.Exact);

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Equal([$"/a: {expected} ← {json.Trim()}"], reading.Breaches);
    }

    [Theory]
    [InlineData("List<int>", """{"a":[1,"2",3,null]}""", new[] { "/a/1: a 32-bit integer ← \"2\"", "/a/3: a 32-bit integer ← null" })]
    [InlineData("List<Point?>", """{"a":[null,{"x":1,"y":2},{"x":"1"}]}""", new[] { "/a/2/x: a 32-bit integer ← \"1\"", "/a/2/y: a 32-bit integer ← nothing" })]
    [InlineData("Dictionary<string, int>", """{"a":{"x/y":"1","~":2.5,"b":1,"b":2}}""", new[] { "/a/x~1y: a 32-bit integer ← \"1\"", "/a/~0: a 32-bit integer ← 2.5", "/a/b: the member only once ← the member again" })]
    [InlineData("Access", """{"a":["Read","None","Read",1]}""", new[] { "/a/1: one of \"Read\", \"Write\", \"All\" ← \"None\"", "/a/2: each item only once ← \"Read\"", "/a/3: one of \"Read\", \"Write\", \"All\" ← 1" })]
    [InlineData("Dictionary<Mood, int>", """{"a":{"Good":1,"good":2,"Bad":"x"}}""", new[] { "/a/good: a member whose name is one of \"Good\", \"Bad\" ← 2", "/a/Bad: a 32-bit integer ← \"x\"" })]
    [InlineData("Dictionary<sbyte, bool>", """{"a":{"-128":true,"128":true,"01":true,"+1":true," 1":true,"":true,"1":true,"\u0031":false}}""", new[] { "/a/128: a member whose name is an integer from -128 to 127 ← true", "/a/01: a member whose name is an integer from -128 to 127 ← true", "/a/+1: a member whose name is an integer from -128 to 127 ← true", "/a/ 1: a member whose name is an integer from -128 to 127 ← true", "/a/: a member whose name is an integer from -128 to 127 ← true", "/a/1: the member only once ← the member again" })]
    [InlineData("Dictionary<Guid, int>", """{"a":{"x":{"y":[1]}}}""", new[] { "/a/x: a member whose name is a UUID ← {\"y\":[1]}" })]
    [InlineData("object", """{"a":{"b":[0,{"c/d":1,"e":2,"c/d":3}]}}""", new[] { "/a/b/1/c~1d: the member only once ← the member again" })]
    [InlineData("(int X, bool)", """{"a":{"x":"1","item1":1}}""", new[] { "/a/x: a 32-bit integer ← \"1\"", "/a/item1: no member of this name, only \"x\", \"item2\" ← 1", "/a/item2: true or false ← nothing" })]
    [InlineData("Point", """{"a":{"x":1,"y":2,"z":{"x":[1,2]}}}""", new[] { "/a/z: no member of this name, only \"x\", \"y\" ← {\"x\":[1,2]}" })]
    [InlineData("Point", "{}", new[] { "/a: an object ← nothing" })]
    [InlineData("Point", "[]", new[] { ": an object ← []" })]
    [InlineData("int", """{"\u0041":1,"a":1,"\u0061":2}""", new[] { "/A: no member of this name, only \"a\" ← 1", "/a: the member only once ← the member again" })]
    public void A_breach_inside_a_value(string type, string answer, string[] breaches)
    {
        var reading = s_contracts.Value[$"Holder<{type}>"].Read(answer, Tolerance.Exact);

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Equal(breaches, reading.Breaches);
    }

    [Theory]
    [InlineData("Text", """{"short":"a"}""", "/short: a string of at least 2 characters, or null ← \"a\"")]
    [InlineData("Text", """{"short":"😀"}""", "/short: a string of at least 2 characters, or null ← \"😀\"")]
    [InlineData("Text", """{"long":"abcd"}""", "/long: a string of at most 3 characters, or null ← \"abcd\"")]
    [InlineData("Text", """{"long":"äöüß"}""", "/long: a string of at most 3 characters, or null ← \"äöüß\"")]
    [InlineData("Text", """{"both":"abcd"}""", "/both: a string of 2 to 3 characters, or null ← \"abcd\"")]
    [InlineData("Text", """{"exact":"abc"}""", "/exact: a string of exactly 2 characters, or null ← \"abc\"")]
    [InlineData("Text", """{"zip":"1234"}""", "/zip: a string that matches the regular expression [0-9]{5}, or null ← \"1234\"")]
    [InlineData("Text", """{"zip":"123456"}""", "/zip: a string that matches the regular expression [0-9]{5}, or null ← \"123456\"")]
    [InlineData("Text", """{"zip":"12345\n"}""", "/zip: a string that matches the regular expression [0-9]{5}, or null ← \"12345\\n\"")]
    [InlineData("Text", """{"look":"ac"}""", "/look: a string that matches the regular expression (a+)+(?=b)b, or null ← \"ac\"")]
    [InlineData("Text", """{"mail":"a@b@c"}""", "/mail: an e-mail address, or null ← \"a@b@c\"")]
    [InlineData("Text", """{"site":"ftps:x"}""", "/site: an absolute URL, or null ← \"ftps:x\"")]
    [InlineData("Text", """{"there":""}""", "/there: a string of at least 1 character ← \"\"")]
    [InlineData("Numbers", """{"small":0}""", "/small: an integer from 1 to 5 ← 0")]
    [InlineData("Numbers", """{"small":5.5}""", "/small: an integer from 1 to 5 ← 5.5")]
    [InlineData("Numbers", """{"above":0}""", "/above: a number above 0 and at most 1 ← 0")]
    [InlineData("Numbers", """{"below":1.0}""", "/below: a number of at least 0 and below 1 ← 1.0")]
    [InlineData("Numbers", """{"inside":10}""", "/inside: an integer from 1 to 9 ← 10")]
    [InlineData("Numbers", """{"price":0.09}""", "/price: a number from 0.1 to 79228162514264337593543950335 ← 0.09")]
    [InlineData("Numbers", """{"atLeast":0.99}""", "/atLeast: a number of at least 1 ← 0.99")]
    [InlineData("Numbers", """{"rough":0.69}""", "/rough: a number from 0.7 to 1 ← 0.69")]
    [InlineData("Numbers", """{"half":0.4}""", "/half: a number from 0.5 to 1 ← 0.4")]
    [InlineData("Numbers", """{"wide":6}""", "/wide: an integer from 1 to 5 ← 6")]
    [InlineData("Numbers", """{"unsigned":6}""", "/unsigned: an integer from 0 to 5 ← 6")]
    [InlineData("Numbers", """{"big":1e21}""", "/big: an integer from -100000000000000000000 to 100000000000000000000 ← 1e21")]
    [InlineData("Numbers", """{"byte":256}""", "/byte: an integer from 0 to 255 ← 256")]
    [InlineData("Chosen", """{"text":"c"}""", "/text: one of \"a\", \"b\", or null ← \"c\"")]
    [InlineData("Chosen", """{"text":1}""", "/text: one of \"a\", \"b\", or null ← 1")]
    [InlineData("Chosen", """{"number":3}""", "/number: one of 1, 2, or null ← 3")]
    [InlineData("Chosen", """{"rough":0.6}""", "/rough: one of 0.5, 1 ← 0.6")]
    [InlineData("Chosen", """{"sure":false}""", "/sure: true ← false")]
    [InlineData("Chosen", """{"letter":"y"}""", "/letter: \"x\" ← \"y\"")]
    [InlineData("Chosen", """{"price":1.2}""", "/price: 1.25 ← 1.2")]
    [InlineData("Chosen", """{"mood":"Bad"}""", "/mood: \"Good\" ← \"Bad\"")]
    [InlineData("Chosen", """{"name":"n/a"}""", "/name: a string other than \"\", \"n/a\", or null ← \"n/a\"")]
    [InlineData("Chosen", """{"odd":2}""", "/odd: 1 ← 2")]
    [InlineData("Chosen", """{"items":[1,3]}""", "/items/1: an integer from 1 to 5 other than 3 ← 3")]
    [InlineData("Chosen", """{"items":[6]}""", "/items/0: an integer from 1 to 5 other than 3 ← 6")]
    [InlineData("Chosen", """{"items":[1,1,1]}""", "/items: an array of at most 2 items, or null ← 3 items")]
    [InlineData("Chosen", """{"words":{"x":["a","B"]}}""", "/words/x/1: a string that matches the regular expression [a-z]+ ← \"B\"")]
    [InlineData("Chosen", """{"words":{}}""", "/words: an object of 1 to 2 members, or null ← 0 items")]
    [InlineData("Chosen", """{"code":"%"}""", "/code: a base64 string, or null ← \"%\"")]
    [InlineData("Lists", """{"some":[]}""", "/some: an array of 1 to 2 items, or null ← 0 items")]
    [InlineData("Lists", """{"some":[{"x":1,"y":1},{"x":1,"y":1},{"x":1,"y":1}]}""", "/some: an array of 1 to 2 items, or null ← 3 items")]
    [InlineData("Lists", """{"map":{"a":1,"b":2}}""", "/map: an object of at most 1 member, or null ← 2 items")]
    [InlineData("Positive", """{"value":-1}""", ": a value that the type accepts")]
    public void A_constraint_that_is_not_kept(string type, string answer, string breach)
    {
        var reading = s_contracts.Value[type].Read(answer);

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.StartsWith(breach, Assert.Single(reading.Breaches), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Text", """{"short":"ab","long":"😀😀😀","both":"äö","exact":"😀😀","zip":"12345","look":"aab","mail":"ada@example.org","site":"https://example.org/","there":"y"}""")]
    [InlineData("Numbers", """{"small":5,"above":1,"below":0,"inside":9,"price":0.1,"atLeast":1e300,"rough":0.7,"byte":255,"half":0.5,"wide":5.0,"unsigned":0e5,"big":-1000.0e17}""")]
    [InlineData("Chosen", """{"text":"b","number":2,"rough":0.5,"sure":true,"letter":"x","price":1.250,"mood":"Good","name":"x","odd":1,"items":[1,5],"words":{"x":["ab"]},"code":"AQI="}""")]
    [InlineData("Chosen", """{"text":null,"number":null,"items":null}""")]
    [InlineData("Numbers", """{"small":3.0,"inside":3e0,"byte":2.55e2}""")]
    [InlineData("Lists", """{"some":[{"x":1,"y":1},{"x":-0,"y":100e-2}],"map":{}}""")]
    public void A_constraint_that_is_just_kept(string type, string answer)
    {
        var reading = s_contracts.Value[type].Read(answer);

        Assert.Empty(reading.Breaches);
        Assert.Equal(PromptErrorCode.None, reading.Code);
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_is_stopped()
    {
        var reading = s_contracts.Value["Text"].Read($$"""{"look":"{{new string('a', 40)}}c"}""");

        Assert.Equal("/look", Assert.Single(reading.Violations).Pointer);
    }

    [Fact]
    public void A_snippet_has_at_most_64_characters_and_whole_ones()
    {
        var text = $"\"{new string('x', 61)}😀{new string('y', 500)}\"";

        var actual = Assert.Single(s_contracts.Value["Holder<int>"].Read($$"""{"a":{{text}}}""").Violations).Actual;

        Assert.Equal($"\"{new string('x', 61)}…", actual);
    }
}
