namespace PromptGen.Generators.Tests.Contracts;

/// <summary>
/// The ladder by example: what models write instead of strict JSON, and the result with each tolerance. The letters identify the kind of deviation:
/// fences, prose, several roots, commas and comments, truncation, quotation marks, scalars, enums, keys, wrappers, defaults, unions, depth and texts that are no answer.
/// How a stream handles an early end (T1, T2, T5) is tested with streaming; finish reasons, refusals and tool calls (T4, X2, X3) are tested with execution.
/// </summary>
public sealed class LadderTests
{
    private const string Declarations = """
        public sealed record Foo(int A, string B);
        public sealed record Inv(double Total, List<string> Lines, string? Note = null);
        public enum Sev { Low, High }
        public enum Place { [JsonStringEnumMemberName("café")] Coffee, [JsonStringEnumMemberName("Straße")] Street, Other }
        public sealed record One(int Count);
        public sealed record Text(string Body);
        public sealed record Graded(Sev Sev);
        public sealed record Outer(Foo Inner);
        public sealed record Nest(One Left, int Right);
        public sealed record Tree(string Name, List<Tree> Children);
        public sealed record When(DateOnly Day, DateTime At, Guid Id, Uri Link, TimeSpan For);
        public sealed record Camel(int UserName, string Città);
        public sealed record Optional(int? A = null, string? B = null);
        public abstract record Offer { public sealed record Item(string Name, int Count) : Offer; public sealed record Service(string Name, double Price) : Offer; }
        public abstract record Expr { public sealed record Number(double Value) : Expr; public sealed record Sum(Expr Left, Expr Right) : Expr; }
        public sealed record Order(Offer Offer);
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
        [JsonDerivedType(typeof(Card), "card"), JsonDerivedType(typeof(Cash), "cash")]
        public abstract record Payment(decimal Amount);
        public sealed record Card(decimal Amount, string Number) : Payment(Amount);
        public sealed record Cash(decimal Amount) : Payment(Amount);
        """;

    private static readonly Lazy<Dictionary<string, TestContract>> s_contracts = new(() => TestContract.Of(
        [
            "Foo", "Inv", "Sev", "Sev?", "Place", "One", "Text", "Graded", "Outer", "Nest", "Tree", "When", "Camel", "Optional", "int", "double", "bool", "string?",
            "int[]", "string[]", "List<Foo>", "Dictionary<string, Foo>", "Foo?", "Offer", "Expr", "Order", "Payment", "List<Offer>",
        ],
        Declarations));

    // id, type, answer, value as JSON, rungs
    public static TheoryData<string, string, string, string, string> Lenient => new()
    {
        { "F1", "Foo", "```json\n{\"a\":1,\"b\":\"x\"}\n```", """{"a":1,"b":"x"}""", "Fence" },
        { "F2", "int[]", "```json\n{\"a\":1,\"b\":\"x\"}\n```\nand\n```json\n[1,2]\n```", "[1,2]", "Fence Prose Unwrapped" },
        { "F3", "Foo", "```json\n{\"a\":1,\"b\":\"x\"}\n```\nand\n```json\n[1,2]\n```", """{"a":1,"b":"x"}""", "Fence Prose" },
        { "F4", "Foo", "```json\n{\"a\":1,\"b\":\"x\",}\n```", """{"a":1,"b":"x"}""", "Fence TrailingComma" },
        { "F5", "Foo", "json\n```json\n{\"a\":1,\"b\":\"x\"}", """{"a":1,"b":"x"}""", "Fence Prose" },
        { "F5", "Foo", "```json\n{\"a\":1,\"b\":\"x\",}", """{"a":1,"b":"x"}""", "Fence TrailingComma" },
        { "F6", "Foo", """{"a":1,"b":"```js\nlet x = {};\n```",}""", """{"a":1,"b":"```js\nlet x = {};\n```"}""", "TrailingComma" },
        { "F6", "Foo", "{\"a\":1,\"b\":\"```js\nlet x = {};\n```\"}", """{"a":1,"b":"```js\nlet x = {};\n```"}""", "ControlCharacter" },
        { "F7", "Sev?", "It is neither Low nor High, so:\n```\nnull\n```", "null", "Fence Prose Unwrapped" },
        { "P1", "Foo", "Sure! {\"a\":1,\"b\":\"x\"} Hope it helps", """{"a":1,"b":"x"}""", "Prose" },
        { "P2", "Foo", "<thinking>maybe\n```json\n{\"a\":9,\"b\":\"draft\"}\n```\n</thinking>\n{\"a\":1,\"b\":\"x\"}", """{"a":1,"b":"x"}""", "Thinking" },
        { "P2", "Foo", "maybe {\"a\":9,\"b\":\"draft\"}</think>\n\n{'a':1,'b':'x'}", """{"a":1,"b":"x"}""", "Thinking Quotes" },
        { "P3", "List<Foo>", "- note [1]: the first (see [here](http://x))\n- another {note}\n\n[{a: 1, b: one thing}, {a: 2, b: another}]", """[{"a":1,"b":"one thing"},{"a":2,"b":"another"}]""", "Prose Unwrapped Unquoted" },
        { "P4", "Foo", "Hello {name}, here it is: {\"a\":1,\"b\":\"x\",}", """{"a":1,"b":"x"}""", "Prose TrailingComma" },
        { "P5", "Foo", "Hello {{name}, here it is: {\"a\":1,\"b\":\"x\"}", """{"a":1,"b":"x"}""", "Prose" },
        { "P5", "Foo", "Of `[Ko[{n` and {\"x\": 1} I make:\n\n```json\n{\"a\":1,\"b\":\"x\"}\n```", """{"a":1,"b":"x"}""", "Fence Prose" },
        { "P6", "string?", "Just text, as it came.", "\"Just text, as it came.\"", "Unwrapped" },
        { "R1", "Foo", "{\"a\":1,\"b\":\"x\"} {\"a\":2,\"b\":\"y\"}", """{"a":1,"b":"x"}""", "Prose" },
        { "R1", "List<Foo>", "{\"a\":1,\"b\":\"x\"} {\"a\":2,\"b\":\"y\"}", """[{"a":1,"b":"x"},{"a":2,"b":"y"}]""", "Joined Unwrapped" },
        { "R2", "Foo", """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}}} {"a":1,"b":"x",}""", """{"a":1,"b":"x"}""", "Prose TrailingComma" },
        { "R2", "Optional", """{"type":"object","properties":{"a":{"type":"integer"}}} {"a":1,}""", """{"a":1,"b":null}""", "Prose TrailingComma" },
        { "R3", "Foo", """{"data":{"a":1,"b":"x"}}""", """{"a":1,"b":"x"}""", "Wrapper" },
        { "R3", "Foo", """{"foo":{"a":1,"b":"x"}}""", """{"a":1,"b":"x"}""", "Wrapper" },
        { "C1", "int[]", "[1,2,]", "[1,2]", "Unwrapped TrailingComma" },
        { "C2", "Foo", "{\n  // first\n  \"a\": 1, /* then */ \"b\": \"x\"\n}", """{"a":1,"b":"x"}""", "Comment" },
        { "C2", "Foo", "{\n  # first\n  \"a\": 1, # then\n \"b\": \"x // y\"\n}", """{"a":1,"b":"x // y"}""", "Comment" },
        { "C3", "Foo", "{\n  \"a\": 1\n  \"b\": \"x\"\n}", """{"a":1,"b":"x"}""", "MissingComma" },
        { "C4", "Foo", "] {\"a\":1,\"b\":\"x\",}", """{"a":1,"b":"x"}""", "TrailingComma StrayCloser" },
        { "C4", "Foo", "{\"a\":1,\"b\":\"x\",}}", """{"a":1,"b":"x"}""", "TrailingComma StrayCloser" },
        { "Q1", "Foo", "{a: 1, b: free text with spaces}", """{"a":1,"b":"free text with spaces"}""", "Unquoted" },
        { "Q2", "Foo", "{'a': 1, 'b': 'it's x'}", """{"a":1,"b":"it's x"}""", "Quotes" },
        { "Q2", "Foo", "{`a`: 1, `b`: `x\ny`}", """{"a":1,"b":"x\ny"}""", "Quotes ControlCharacter" },
        { "Q2", "Foo", "{“a”: 1, “b”: “x ‘y’”}", """{"a":1,"b":"x ‘y’"}""", "Quotes" },
        { "Q2", "Foo", "{\"a\": 1, \"b\": \"\"\"say \"hi\"\"\"\"}", """{"a":1,"b":"say \"hi\""}""", "TripleQuotes" },
        { "Q3", "Foo", """{"a":1,"b":"say "hi" now"}""", """{"a":1,"b":"say \"hi\" now"}""", "InnerQuotes" },
        { "Q3", "Foo", """{"b":"given {"l": 1, "t": 2}, say "hi"","a":1}""", """{"a":1,"b":"given {\"l\": 1, \"t\": 2}, say \"hi\""}""", "InnerQuotes" },
        { "Q3", "Foo", "{\n  \"b\": \"x, y,\n  \"a\": 1\n}", """{"a":1,"b":"x, y"}""", "MissingQuote" },
        { "Q3", "Foo", "{\"a\":1,\"b\":\"x \" +\n \"y\"}", """{"a":1,"b":"x y"}""", "Concatenation" },
        { "Q4", "string[]", """["he said "x", and "y"", "z"]""", """["he said \"x\", and \"y\"","z"]""", "Unwrapped InnerQuotes" },
        { "Q5", "Foo", "{\"a\":1,\"b\":\"x\ny\tz\"}", """{"a":1,"b":"x\ny\tz"}""", "ControlCharacter" },
        { "Q6", "Foo", "{a: 1, b: f(x: int, y: T[]): P<Q>}", """{"a":1,"b":"f(x: int, y: T[]): P<Q>"}""", "Unquoted" },
        { "Q7", "Foo", "{b: Это предложение., a: 1}", """{"a":1,"b":"Это предложение."}""", "Unquoted" },
        { "Q8", "Foo", "{\"a\": 1, \"b\": \"\"\"\n    if x:\n        go()\n    \"\"\"}", """{"a":1,"b":"if x:\n    go()"}""", "TripleQuotes" },
        { "Q8", "Foo", "{\"a\": 1, \"b\": ```python\n    if x:\n        go()\n```}", """{"a":1,"b":"if x:\n    go()"}""", "TripleQuotes" },
        { "Q9", "Foo", "{\"a\": 1, \"b\": \"\"\"print(\"\"\"x\"\"\")\"\"\"}", """{"a":1,"b":"print(\"\"\"x\"\"\")"}""", "TripleQuotes" },
        { "S1", "int", "12,111", "12111", "Unwrapped NumberText" },
        { "S1", "int", "-2,000.00", "-2000", "Unwrapped NumberText" },
        { "S1", "Foo", """{"a":"1,234","b":5}""", """{"a":1234,"b":"5"}""", "NumberText Text" },
        { "S1", "double", "12,111.123", "12111.123", "Unwrapped NumberText" },
        { "S1", "double", "\".5\"", "0.5", "Unwrapped NumberText" },
        { "S4", "int", "36.0", "36", "Unwrapped" },
        { "S4", "Foo", """{"a":"36.0","b":"x"}""", """{"a":36,"b":"x"}""", "NumberText" },
        { "S6", "bool", "True", "true", "Unwrapped BooleanText" },
        { "S6", "bool", "**FALSE**", "false", "Unwrapped BooleanText" },
        { "S7", "string?", "null", "null", "Unwrapped" },
        { "S7", "string?", "None", "\"None\"", "Unwrapped" },
        { "S8", "When", """{"day":"November 21, 2026","at":"2026-11-21 14:30","id":"{6F9619FF-8B86-D011-B42D-00C04FC964FF}","link":"<https://example.org/>","for":"1 hour 30 min"}""",
            """{"day":"2026-11-21","at":"2026-11-21T14:30:00","id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","link":"https://example.org/","for":"01:30:00"}""", "FormatText" },
        { "E1", "Sev", "high", "\"High\"", "Unwrapped Case" },
        { "E1", "Sev", "\"HIGH\"", "\"High\"", "Unwrapped Case" },
        { "E1", "Sev", "**High**", "\"High\"", "Unwrapped Name" },
        { "E2", "Sev", "High: because the site is down, and not Low", "\"High\"", "Prose Unwrapped Name" },
        { "E5", "Place", "cafe", "\"café\"", "Unwrapped Name" },
        { "E5", "Place", "\"STRASSE\"", "\"Straße\"", "Unwrapped Name" },
        { "K1", "Foo", """{" A ":1,"B":"x"}""", """{"a":1,"b":"x"}""", "Key" },
        { "K1", "Camel", """{"user_name":1,"citta":"x"}""", """{"userName":1,"città":"x"}""", "Key" },
        { "K2", "Foo", """{"a":1,"b":"x","c":[{}]}""", """{"a":1,"b":"x"}""", "ExtraMember" },
        { "K3", "Foo", """{"a":1,"b":"x","a":1}""", """{"a":1,"b":"x"}""", "Duplicate" },
        { "W1", "string[]", "\"x\"", """["x"]""", "Unwrapped SingleToList" },
        { "W1", "Inv", """{"total":1,"lines":"x"}""", """{"total":1,"lines":["x"],"note":null}""", "SingleToList" },
        { "W1", "Foo", """{"a":[1],"b":["x"]}""", """{"a":1,"b":"x"}""", "ListToSingle" },
        { "W1", "Foo", """[{"a":1,"b":"x"}]""", """{"a":1,"b":"x"}""", "ListToSingle" },
        { "W1", "List<Foo>", """{"a":1,"b":"x"}""", """[{"a":1,"b":"x"}]""", "Unwrapped SingleToList" },
        { "W2", "One", "7", """{"count":7}""", "ImpliedKey" },
        { "W2", "Graded", "high", """{"sev":"High"}""", "ImpliedKey Case" },
        { "W2", "Text", "\"x\"", """{"body":"x"}""", "ImpliedKey" },
        { "W3", "Foo", """{"a":1,"b":"{\"a\":2}",}""", """{"a":1,"b":"{\"a\":2}"}""", "TrailingComma" },
        { "W3", "Foo", """ "{\"a\":1,\"b\":\"x\"}" """, """{"a":1,"b":"x"}""", "Stringified" },
        { "W3", "Foo", """{\"a\":1,\"b\":\"x \\\"y\\\"\"}""", """{"a":1,"b":"x \"y\""}""", "Stringified" },
        { "W4", "Outer", """{"a":1,"b":"x"}""", """{"inner":{"a":1,"b":"x"}}""", "ImpliedKey" },
        { "D1", "Inv", """{"total":1,"lines":[],}""", """{"total":1,"lines":[],"note":null}""", "TrailingComma" },
        { "U4", "Tree", """{"name":"a","children":[{"name":"b","children":[],},],}""", """{"name":"a","children":[{"name":"b","children":[]}]}""", "TrailingComma" },
        { "S6", "Foo", "{\"a\": 1, \"b\": True}", """{"a":1,"b":"true"}""", "Constant Text" },
        { "S7", "Foo?", "None", "null", "Unwrapped Constant" },
    };

    // id, type, answer, value as a record writes it, rungs. U2 asks for a text or a number, which C# has no type for: it is in the tests of schema files.
    public static TheoryData<string, string, string, string, string> Unions => new()
    {
        { "U1", "Offer", """{"name":"x","price":"1.5"}""", "Service { Name = x, Price = 1.5 }", "Unwrapped NumberText" },
        { "U1", "Offer", "```json\n{'name':'x','count':2,}\n```", "Item { Name = x, Count = 2 }", "Fence Unwrapped TrailingComma Quotes" },
        { "U1", "Offer", """{"Name":"x","COUNT":"2"}""", "Item { Name = x, Count = 2 }", "Unwrapped Key NumberText" },
        { "U1", "Offer", """{"name":"x","price":1.5,"color":"red"}""", "Service { Name = x, Price = 1.5 }", "Unwrapped ExtraMember" },
        { "U1", "Order", """{"offer":{"name":"x","price":"1.5"}}""", "Order { Offer = Service { Name = x, Price = 1.5 } }", "NumberText" },
        { "U1", "Payment", """{"amount":"1","kind":"card","number":4}""", "Card { Amount = 1, Number = 4 }", "Unwrapped NumberText Text" },
        { "U1", "Payment", """{"kind":"cash","amount":1,}""", "Cash { Amount = 1 }", "Unwrapped TrailingComma" },
        { "U4", "Expr", """{"left":{"value":"1"},"right":{"right":{"value":3},"left":{"value":2},}}""", "Sum { Left = Number { Value = 1 }, Right = Sum { Left = Number { Value = 2 }, Right = Number { Value = 3 } } }", "Unwrapped TrailingComma NumberText" },
    };

    // id, type, answer, value as JSON, rungs: what only the widest tolerance takes
    public static TheoryData<string, string, string, string, string> Salvaged => new()
    {
        { "S1", "int", "$1,234", "1234", "Unwrapped NumberText Currency" },
        { "S1", "double", "$1,234.56", "1234.56", "Unwrapped NumberText Currency" },
        { "S3", "double", "1/5", "0.2", "Unwrapped NumberText Fraction" },
        { "S3", "double", "50%", "50", "Unwrapped NumberText Percent" },
        { "S4", "int", "36.6", "37", "Unwrapped Rounded" },
        { "S5", "int", "There are 12 of them.", "12", "Unwrapped NumberText FromProse" },
        { "S6", "bool", "Answer: **True**", "true", "Unwrapped FromProse" },
        { "E1", "Sev", "**High** is best", "\"High\"", "Unwrapped FromProse" },
        { "E3", "Sev", "High here, high there, Low never mind", "\"High\"", "Unwrapped FromProse" },
        { "K3", "Foo", """{"a":1,"b":"x","a":2}""", """{"a":2,"b":"x"}""", "LastDuplicate" },
        { "W3", "Foo", """{"a":1,"b":{"c":[1]}}""", """{"a":1,"b":"{\"c\":[1]}"}""", "RawText" },
    };

    // id, type, answer, code: what no tolerance takes
    public static TheoryData<string, string, string, PromptErrorCode> Refused => new()
    {
        { "F5", "Foo", "```json\n{\"a\":1,\"b\":\"x\"", PromptErrorCode.Truncated },
        { "R1", "List<Foo>", "Not {\"a\":1,\"b\":\"x\"} but rather {\"a\":2,\"b\":\"y\"}", PromptErrorCode.SchemaMismatch },
        { "R3", "Foo", """{"data":{"a":1}}""", PromptErrorCode.SchemaMismatch },
        { "R3", "Foo", """{"wrong":{"a":1,"b":"x"}}""", PromptErrorCode.SchemaMismatch },
        { "R3", "Optional", """{"anything":{"a":1}}""", PromptErrorCode.SchemaMismatch },
        { "C1", "int[]", "[1,,2]", PromptErrorCode.InvalidJson },
        { "C1", "int[]", "[1, ..., 9]", PromptErrorCode.InvalidJson },
        { "C1", "string[]", """["a",,"b"]""", PromptErrorCode.InvalidJson },
        { "C1", "string[]", """["a", ..., "b"]""", PromptErrorCode.InvalidJson },
        { "C1", "string[]", """["a", b, "c"]""", PromptErrorCode.InvalidJson },
        { "T1", "int[]", "[10,20,3", PromptErrorCode.Truncated },
        { "T2", "Foo", """{"a":1,"b":"hel""", PromptErrorCode.Truncated },
        { "T2", "Foo", "{'a':1,'b':'hel", PromptErrorCode.Truncated },
        { "T2", "Foo", "{\"a\":1,\"b\":\"first\nhel", PromptErrorCode.Truncated },
        { "T2", "Foo", "{a: 1, b: hel", PromptErrorCode.Truncated },
        { "T3", "Dictionary<string, Foo>", """{"value":{"k":{"a":1,"b":""", PromptErrorCode.Truncated },
        { "T3", "Dictionary<string, Foo>", """{"value":{'k':{'a':1,'b':""", PromptErrorCode.Truncated },
        { "Q3", "Foo", """{"a":1,"b":"x", "c": "y" z": 1}""", PromptErrorCode.InvalidJson },
        { "Q4", "string[]", """["he said "x", "y" too", "z"]""", PromptErrorCode.InvalidJson },
        { "S2", "double", "1.234,56 €", PromptErrorCode.InvalidJson },
        { "S2", "double", "3,14", PromptErrorCode.InvalidJson },
        { "S2", "double", "12,111", PromptErrorCode.InvalidJson },
        { "S5", "int", "between 12 and 14", PromptErrorCode.InvalidJson },
        { "S6", "bool", "true or false", PromptErrorCode.InvalidJson },
        { "S6", "bool", "it is not true", PromptErrorCode.InvalidJson },
        { "S8", "When", """{"day":"03/04/2026","at":"2026-11-21T14:30:00","id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","link":"https://example.org/","for":"PT1H"}""", PromptErrorCode.SchemaMismatch },
        { "E3", "Sev", "High, not Low", PromptErrorCode.InvalidJson },
        { "E3", "Sev", "High or Low", PromptErrorCode.InvalidJson },
        { "E4", "Place", "Coffee", PromptErrorCode.InvalidJson },
        { "E6", "Sev", "7", PromptErrorCode.SchemaMismatch },
        { "E6", "Graded", """{"sev":1}""", PromptErrorCode.SchemaMismatch },
        { "W1", "Foo", """[{"a":1,"b":"x"},{"a":2,"b":"y"}]""", PromptErrorCode.SchemaMismatch },
        { "W2", "Text", "I can't help with that.", PromptErrorCode.InvalidJson },
        { "W2", "Nest", """{"left":7,"right":8}""", PromptErrorCode.SchemaMismatch },
        { "D1", "Inv", """{"total":1}""", PromptErrorCode.SchemaMismatch },
        { "D1", "Inv", """{"lines":[]}""", PromptErrorCode.SchemaMismatch },
        { "D2", "Foo", """{"a":1,"b":null}""", PromptErrorCode.SchemaMismatch },
        { "D2", "Foo", "{\"a\":1,\"b\":None}", PromptErrorCode.InvalidJson },
        { "U1", "Offer", """{"name":"x"}""", PromptErrorCode.SchemaMismatch },
        { "U1", "Offer", """{"name":"x","price":1.5,"count":2}""", PromptErrorCode.SchemaMismatch },
        { "U1", "Offer", """{"name":"x","price":"cheap"}""", PromptErrorCode.SchemaMismatch },
        { "U1", "Payment", """{"amount":"1","number":"4"}""", PromptErrorCode.SchemaMismatch },
        { "U1", "Payment", """{"kind":"cheque","amount":"1"}""", PromptErrorCode.SchemaMismatch },
        { "X1", "Optional", "{\"a\": null{\n\"b\": \"x\"}", PromptErrorCode.InvalidJson },
        { "X1", "Optional", """{"a":1},"b":"x"}""", PromptErrorCode.InvalidJson },
        { "X1", "Optional", """{'a':1},"b":"x"}""", PromptErrorCode.InvalidJson },
        { "X1", "Foo", """{"a":1,"b":"x "note": y", "c": 2}""", PromptErrorCode.InvalidJson },
        { "X2", "Foo", "I'm sorry, but I can't help with that.", PromptErrorCode.InvalidJson },
    };

    [Theory]
    [MemberData(nameof(Lenient))]
    public void What_can_be_read_in_one_way_without_a_loss(string id, string type, string answer, string value, string rungs)
    {
        Assert.NotEmpty(id);
        Check(type, answer, Tolerance.Lenient, value, rungs);
        Check(type, answer, Tolerance.Salvage, value, rungs);
        Assert.NotEqual(PromptErrorCode.None, s_contracts.Value[type].Read(answer, Tolerance.Exact).Code);
    }

    [Theory]
    [MemberData(nameof(Salvaged))]
    public void What_can_be_read_with_a_loss_only_where_the_prompt_says_so(string id, string type, string answer, string value, string rungs)
    {
        Assert.NotEmpty(id);
        Check(type, answer, Tolerance.Salvage, value, rungs);
        Assert.NotEqual(PromptErrorCode.None, s_contracts.Value[type].Read(answer, Tolerance.Lenient).Code);
    }

    [Theory]
    [MemberData(nameof(Unions))]
    public void The_case_of_a_union_that_the_members_leave(string id, string type, string answer, string value, string rungs)
    {
        Assert.NotEmpty(id);
        foreach (var tolerance in (Tolerance[])[Tolerance.Lenient, Tolerance.Salvage])
        {
            var reading = s_contracts.Value[type].Read(answer, tolerance);

            Assert.Empty(reading.Breaches);
            Assert.Equal((value, rungs), (reading.Value?.ToString(), string.Join(' ', reading.Rungs)));
        }

        Assert.NotEqual(PromptErrorCode.None, s_contracts.Value[type].Read(answer, Tolerance.Exact).Code);
    }

    [Fact]
    public void U3_cases_that_nothing_distinguishes_are_a_diagnostic() => Assert.Contains(
        "can't be distinguished",
        Assert.Single(TestContract.ModelOf("Offer", "public abstract record Offer { public sealed record Left(int A) : Offer; public sealed record Right(int A) : Offer; }").Problems).Arguments[^1],
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_no_tolerance_takes(string id, string type, string answer, PromptErrorCode code)
    {
        Assert.NotEmpty(id);
        foreach (var tolerance in Enum.GetValues<Tolerance>())
        {
            var reading = s_contracts.Value[type].Read(answer, tolerance);

            Assert.NotEqual(PromptErrorCode.None, reading.Code);
            Assert.True(reading.Value is null || Equals(reading.Value, Activator.CreateInstance(reading.Value.GetType())));
            Assert.Empty(reading.Rungs);
        }

        Assert.Equal(code, s_contracts.Value[type].Read(answer).Code);
    }

    [Theory]
    [InlineData("Foo", """{"a":1,"b":"x"}""", PromptErrorCode.None)]
    [InlineData("Foo", " \r\n{\"a\":1,\"b\":\"x\"}\t", PromptErrorCode.None)]
    [InlineData("int[]", """{"value":[1]}""", PromptErrorCode.None)]
    [InlineData("int[]", "[1]", PromptErrorCode.SchemaMismatch)]
    [InlineData("Foo", "\uFEFF{\"a\":1,\"b\":\"x\"}", PromptErrorCode.InvalidJson)]
    [InlineData("Foo", """{"a":1,"b":"x"} {"a":1,"b":"x"}""", PromptErrorCode.InvalidJson)]
    [InlineData("Foo", """{"a":1,"b":"x","c":2}""", PromptErrorCode.SchemaMismatch)]
    [InlineData("Graded", """{"sev":"High"}""", PromptErrorCode.None)]
    [InlineData("Graded", """{"sev":"high"}""", PromptErrorCode.SchemaMismatch)]
    [InlineData("Foo", " ", PromptErrorCode.EmptyOutput)]
    [InlineData("Foo", """{"a":1""", PromptErrorCode.Truncated)]
    public void Exact_takes_the_json_of_the_contract_and_nothing_else(string type, string answer, PromptErrorCode code)
    {
        var reading = s_contracts.Value[type].Read(answer, Tolerance.Exact);

        Assert.Equal(code, reading.Code);
        Assert.Empty(reading.Rungs);
    }

    [Fact]
    public void What_is_reported_of_a_failed_answer_is_what_strict_reading_found() => Assert.Equal(
        ["/a: a 32-bit integer ← \"x\"", "/c: no member of this name, only \"a\", \"b\" ← 1", "/b: a string ← nothing"],
        s_contracts.Value["Foo"].Read("""{"a":"x","c":1}""", Tolerance.Salvage).Breaches);

    [Fact]
    public void A_depth_bomb_fails_at_the_limit()
    {
        foreach (var bomb in (string[])[new string('[', 1_000_000), new string('{', 1_000_000), string.Concat(Enumerable.Repeat("{name:'a',children:[", 100_000))])
        {
            Assert.NotEqual(PromptErrorCode.None, s_contracts.Value["Tree"].Read(bomb, Tolerance.Salvage).Code);
        }
    }

    private static void Check(string type, string answer, Tolerance tolerance, string value, string rungs)
    {
        var contract = s_contracts.Value[type];
        var reading = contract.Read(answer, tolerance);

        Assert.True(reading.Code == PromptErrorCode.None, $"{reading.Code} {string.Join('\n', reading.Breaches)}\n{answer}");
        Assert.Equal(value, contract.Write(reading.Value));
        Assert.Equal(rungs, string.Join(' ', reading.Rungs));
    }
}
