using System.Text.Json;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>The ladder by example, where the contract is a schema file. The letters are those of <see cref="LadderTests"/>.</summary>
public sealed class SchemaLadderTests
{
    private const string Good = """{"number":"INV-2031","total":19.9,"lines":[{"item":"Paper","quantity":2}],"kind":"paid","due":"2026-11-21"}""";

    private static readonly Dictionary<string, string> s_texts = new()
    {
        ["invoice"] = """
            {
              "type": "object",
              "properties": {
                "number": { "type": "string", "pattern": "^INV-\\d{4}$" },
                "total": { "type": "number", "minimum": 0 },
                "lines": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/line" } },
                "kind": { "enum": ["open", "paid"] },
                "due": { "type": ["string", "null"], "format": "date" }
              },
              "required": ["number", "total", "lines"],
              "additionalProperties": false,
              "$defs": {
                "line": { "type": "object", "properties": { "item": { "type": "string" }, "quantity": { "type": "integer", "exclusiveMinimum": 0 } }, "required": ["item", "quantity"] }
              }
            }
            """,
        ["shape"] = """
            { "oneOf": [
              { "type": "object", "properties": { "kind": { "const": "circle" }, "radius": { "type": "number" } }, "required": ["kind", "radius"], "additionalProperties": false },
              { "type": "object", "properties": { "kind": { "const": "square" }, "side": { "type": "number" } }, "required": ["kind", "side"], "additionalProperties": false } ] }
            """,
        ["order"] = """
            { "type": "object", "required": ["what"], "properties": { "what": { "anyOf": [
              { "type": "object", "properties": { "name": { "type": "string" }, "count": { "type": "integer" } }, "required": ["name", "count"], "additionalProperties": false },
              { "type": "object", "properties": { "name": { "type": "string" }, "price": { "type": "number" } }, "required": ["name", "price"], "additionalProperties": false } ] } } }
            """,
        ["amount"] = """{ "type": "object", "properties": { "amount": { "anyOf": [{ "type": "integer" }, { "type": "string" }] } }, "required": ["amount"] }""",
        ["either"] = """{ "type": "object", "properties": { "a": { "anyOf": [{ "type": "integer" }, { "type": "boolean" }] } }, "required": ["a"] }""",
        ["tags"] = """{ "type": "array", "items": { "type": "string" }, "uniqueItems": true }""",
        ["color"] = """{ "enum": ["red", "dark green"] }""",
        ["count"] = """{ "type": "integer", "maximum": 9 }""",
        ["given"] = """{ "type": "object", "properties": { "a": { "const": 7, "default": 7 }, "b": { "enum": ["only"] }, "c": { "type": "array" } }, "required": ["a", "b", "c"] }""",
        ["open"] = """{ "type": "object", "properties": { "a": { "type": "integer" } }, "required": ["a"] }""",
        ["solution"] = """{ "type": "object", "properties": { "reasoning": { "type": "string" }, "answer": { "type": "string" } }, "required": ["reasoning", "answer"], "additionalProperties": false }""",
        ["pair"] = """{ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" }, "user name": { "type": "string" } }, "required": ["a"], "additionalProperties": false }""",
        ["map"] = """{ "type": "object", "additionalProperties": { "type": "string" } }""",
        ["list"] = """{ "type": "object", "properties": { "items": { "type": "array", "items": { "type": "string" } } }, "required": ["items"] }""",
        ["nested"] = """{ "type": "object", "properties": { "in": { "$ref": "#/$defs/in" } }, "required": ["in"], "$defs": { "in": { "type": "object", "properties": { "a": { "type": "integer" } }, "required": ["a"] } } }""",
        ["language"] = """{ "enum": ["C#", "Java", "F#"] }""",
        ["bound"] = """{ "enum": ["<5", "5 to 10", "1"] }""",
        ["truth"] = """{ "type": "boolean" }""",
        ["maybe"] = """{ "anyOf": [{ "type": "string" }, { "type": "null" }] }""",
    };

    private static readonly Lazy<(CompiledSchemas Schemas, Dictionary<string, int> Numbers)> s_compiled = new(static () =>
    {
        var schemas = new CompiledSchemas();
        var numbers = s_texts.ToDictionary(static pair => pair.Key, pair => schemas.AddContract(pair.Value, pair.Key));
        return (schemas.Build(), numbers);
    });

    // id, schema, answer, value, rungs
    public static TheoryData<string, string, string, string, string> Lenient => new()
    {
        { "F1", "invoice", "```json\n" + Good + "\n```", Good, "Fence" },
        { "P1", "invoice", "Here it is: " + Good + " Anything else?", Good, "Prose" },
        { "P2", "open", "<thinking>{\"a\":9}</thinking>{\"a\":1}", """{"a":1}""", "Thinking" },
        { "R2", "open", """{"type":"object","properties":{"a":{"type":"integer"}}} {"a":1,}""", """{"a":1}""", "Prose TrailingComma" },
        { "R3", "open", """{"result":{"a":1}}""", """{"a":1}""", "Wrapper" },
        { "R3", "open", """{"open":{"a":1}}""", """{"a":1}""", "Wrapper" },
        { "C1", "open", """{"a":1,}""", """{"a":1}""", "TrailingComma" },
        { "C2", "open", "{\"a\":1 // one\n}", """{"a":1}""", "Comment" },
        { "Q1", "open", "{a: 1, b: some text}", """{"a":1,"b":"some text"}""", "Unquoted" },
        { "Q2", "tags", "['a', 'b']", """["a","b"]""", "Unwrapped Quotes" },
        { "S1", "invoice", Good.Replace("19.9", "\"1,019.90\"", StringComparison.Ordinal), Good.Replace("19.9", "1019.90", StringComparison.Ordinal), "NumberText" },
        { "S1", "invoice", Good.Replace(":2}", ":\"2\"}", StringComparison.Ordinal), Good, "NumberText" },
        { "S1", "count", "\"7\"", "7", "Unwrapped NumberText" },
        { "S8", "invoice", Good.Replace("2026-11-21", "November 21, 2026", StringComparison.Ordinal), Good, "FormatText" },
        { "E1", "invoice", Good.Replace("paid", "Paid", StringComparison.Ordinal), Good, "Case" },
        { "E1", "color", "RED", "\"red\"", "Unwrapped Case" },
        { "E1", "color", "\"dark-green\"", "\"dark green\"", "Unwrapped Name" },
        { "K1", "invoice", Good.Replace("\"total\"", "\"Total\"", StringComparison.Ordinal), Good, "Key" },
        { "K2", "invoice", Good.Replace("\"total\"", "\"note\":\"x\",\"total\"", StringComparison.Ordinal), Good, "ExtraMember" },
        { "W1", "invoice", Good.Replace("[{", "{", StringComparison.Ordinal).Replace("}]", "}", StringComparison.Ordinal), Good, "SingleToList" },
        { "W1", "tags", "\"a\"", """["a"]""", "Unwrapped SingleToList" },
        { "W1", "open", """[{"a":1}]""", """{"a":1}""", "ListToSingle" },
        { "W2", "open", "1", """{"a":1}""", "ImpliedKey" },
        { "W3", "open", """ "{\"a\":1}" """, """{"a":1}""", "Stringified" },
        { "W3", "nested", """{"in":"{\"a\":1}"}""", """{"in":{"a":1}}""", "Stringified" },
        { "W3", "list", """{"items":"[\"a\", \"b\"]"}""", """{"items":["a","b"]}""", "Stringified" },
        { "Q2", "pair", "{a: \"x\", 'b': \"she said \"yes\", then: no\"}", """{"a":"x","b":"she said \"yes\", then: no"}""", "Quotes InnerQuotes Unquoted" },
        { "Q2", "solution", """{"reasoning": "r", "answer": "answer": "answer" : "42"}""", """{"reasoning":"r","answer":"42"}""", "RepeatedName" },
        { "E1", "language", "c#", "\"C#\"", "Unwrapped Case" },
        { "E1", "language", "**C#**", "\"C#\"", "Unwrapped Name" },
        { "E1", "bound", "- 5-to-10", "\"5 to 10\"", "Unwrapped Name" },
        { "S9", "truth", "- True!", "true", "Unwrapped BooleanText" },
        { "S7", "maybe", "None", "\"None\"", "Unwrapped" },
        { "S7", "maybe", "hello world", "\"hello world\"", "Unwrapped" },
        { "U1", "shape", "{'kind':'circle','radius':'1.5'}", """{"kind":"circle","radius":1.5}""", "Quotes NumberText" },
        { "U1", "shape", """{"kind":"square","side":1,"color":"red"}""", """{"kind":"square","side":1}""", "ExtraMember" },
        { "U1", "shape", """{"kind":"Circle","radius":1.5}""", """{"kind":"circle","radius":1.5}""", "Case" },
        { "U1", "shape", """{"Kind":"circle","Radius":1.5}""", """{"kind":"circle","radius":1.5}""", "Key" },
        { "U1", "order", """{"what":{"name":"x","price":"1.5"}}""", """{"what":{"name":"x","price":1.5}}""", "NumberText" },
        { "U1", "order", """{"what":{"name":5,"count":2}}""", """{"what":{"name":"5","count":2}}""", "Text" },
        { "U2", "amount", "{'amount':'1 cup butter'}", """{"amount":"1 cup butter"}""", "Quotes" },
        { "U2", "amount", "{amount: 1 cup butter}", """{"amount":"1 cup butter"}""", "Unquoted" },
        { "U2", "amount", "{'amount':'12'}", """{"amount":"12"}""", "Quotes" },
    };

    // id, schema, answer, value, rungs: what only the widest tolerance takes
    public static TheoryData<string, string, string, string, string> Salvaged => new()
    {
        { "S1", "invoice", Good.Replace("19.9", "\"$19.9\"", StringComparison.Ordinal), Good, "NumberText Currency" },
        { "S4", "count", "6.6", "7", "Unwrapped Rounded" },
        { "E1", "color", "I would say red.", "\"red\"", "Unwrapped FromProse" },
        { "S1", "count", "<5", "5", "Unwrapped NumberText FromProse" },
        // Members recognized by their names alone: quotation marks in a text, a missing one, an escaped one, one of another kind; more text after the value.
        { "Q3", "solution", """{"reasoning": "f({"a" : "b", "c" : "d"}) is it", "answer": "(\\"a\\", 1)"}""", """{"reasoning":"f({\"a\" : \"b\", \"c\" : \"d\"}) is it","answer":"(\\\"a\\\", 1)"}""", "ByName" },
        { "Q3", "solution", "```json\n{\"reasoning\": \"So it is 5.\n\nAnswer: \"answer\": \"5\"\n}\n```", """{"reasoning":"So it is 5.\n\nAnswer:","answer":"5"}""", "Fence ByName" },
        { "Q3", "solution", """{"reasoning": "r", "answer": \"HI~\""}""", """{"reasoning":"r","answer":"\"HI~\""}""", "ByName" },
        { "Q3", "solution", "{\"reasoning\": \"r\",\n\"answer\": \"['mA', 2]'\n}", """{"reasoning":"r","answer":"['mA', 2]"}""", "ByName" },
        { "Q3", "solution", "{\"reasoning\": \"r\", \"answer\": \"{}\".\n}", """{"reasoning":"r","answer":"{}"}""", "ByName" },
        { "Q3", "solution", "\"reasoning\": \"r\",\n\"answer\": \"16\"\n}", """{"reasoning":"r","answer":"16"}""", "ByName" },
        { "Q3", "solution", "{\"reasoning\": \"[{\"brown\": 2}, {\"blue\": 5}]\", \"answer\": {\"brown\": 2, \"in\": {\"blue\": 5}}\n}\nNote: none", """{"reasoning":"[{\u0022brown\u0022: 2}, {\u0022blue\u0022: 5}]","answer":"{\u0022brown\u0022:2,\u0022in\u0022:{\u0022blue\u0022:5}}"}""", "Prose RawText ByName" },
        { "K3", "open", """{"a":1,"x":1,"x":2}""", """{"a":1,"x":2}""", "LastDuplicate" },
        // The second attempt, after the first was given up.
        { "R1", "solution", "```json\n{\"reasoning\": \"5.\n\nAnswer: \"5\"\n```\n\n```json\n{\"reasoning\": \"It is 5.\", \"answer\": \"5\"}\n```", """{"reasoning":"It is 5.","answer":"5"}""", "Fence Prose" },
    };

    // id, schema, answer, code: what no tolerance takes
    public static TheoryData<string, string, string, PromptErrorCode> Refused => new()
    {
        { "D1", "invoice", """{"number":"INV-2031","total":19.9}""", PromptErrorCode.SchemaMismatch },
        { "D1", "given", "{}", PromptErrorCode.SchemaMismatch },
        { "D1", "given", """{"a":7,"b":"only",}""", PromptErrorCode.InvalidJson },
        { "D2", "open", """{"a":null}""", PromptErrorCode.SchemaMismatch },
        { "R3", "open", """{"other":{"a":1}}""", PromptErrorCode.SchemaMismatch },
        { "S1", "count", "\"12\"", PromptErrorCode.SchemaMismatch },
        { "S1", "invoice", Good.Replace("19.9", "\"-1\"", StringComparison.Ordinal), PromptErrorCode.SchemaMismatch },
        { "S5", "count", "between 2 and 3", PromptErrorCode.InvalidJson },
        { "E3", "color", "red or dark green", PromptErrorCode.InvalidJson },
        { "W1", "open", """[{"a":1},{"a":2}]""", PromptErrorCode.SchemaMismatch },
        { "W1", "invoice", Good.Replace("[{\"item\":\"Paper\",\"quantity\":2}]", "[]", StringComparison.Ordinal), PromptErrorCode.SchemaMismatch },
        { "U1", "shape", """{"radius":"1"}""", PromptErrorCode.SchemaMismatch },
        { "K3", "given", """{"a":7,"b":"only","c":[{"x":1,"x":2}]}""", PromptErrorCode.SchemaMismatch },
        { "U1", "shape", """{"kind":"circle","side":"1"}""", PromptErrorCode.SchemaMismatch },
        { "U1", "order", """{"what":{"name":"x","price":"1.5","count":"2"}}""", PromptErrorCode.SchemaMismatch },
        { "U2", "either", """{"a":"1"}""", PromptErrorCode.SchemaMismatch },
        { "Q3", "invoice", Good.Replace("INV-2031", "2031", StringComparison.Ordinal), PromptErrorCode.SchemaMismatch },
        // A member whose marks or colon were forgotten does not become a part of the text before it.
        { "X1", "pair", """{"a": "x", "b: "z"}""", PromptErrorCode.InvalidJson },
        { "X1", "pair", """{"a": "x", "b" "z"}""", PromptErrorCode.InvalidJson },
        { "X1", "pair", """{"a": "x", b = "z"}""", PromptErrorCode.InvalidJson },
        { "X1", "pair", """{"a": "x", **b**: "z"}""", PromptErrorCode.InvalidJson },
        { "X1", "pair", """{"a": "x", userName: "z", "b: "z"}""", PromptErrorCode.InvalidJson },
        { "X1", "map", "{5: \"b\",\n2.17: \"e\"}", PromptErrorCode.InvalidJson },
        { "W3", "list", """{"items":"[a, b]"}""", PromptErrorCode.SchemaMismatch },
        { "W3", "list", """{"items":""}""", PromptErrorCode.SchemaMismatch },
        // A sign makes another name of it.
        { "E3", "language", "C++", PromptErrorCode.InvalidJson },
        { "E3", "language", "\"I would say C++\"", PromptErrorCode.SchemaMismatch },
        { "E3", "bound", "\">5\"", PromptErrorCode.SchemaMismatch },
        { "E3", "bound", "\"-1\"", PromptErrorCode.SchemaMismatch },
        { "S9", "truth", "\"!true\"", PromptErrorCode.SchemaMismatch },
        { "S1", "count", "\"(5)\"", PromptErrorCode.SchemaMismatch },
        { "S1", "count", "\"5-\"", PromptErrorCode.SchemaMismatch },
        { "S1", "count", "\"--5\"", PromptErrorCode.SchemaMismatch },
        // Two that differ, none of which is the answer for certain.
        { "R1", "solution", """{"reasoning":"r","answer":"1"} or {"reasoning":"r","answer":"2"}""", PromptErrorCode.SchemaMismatch },
        // What ended early is not completed, a duplicate name is ambiguous, another member would become part of a text, expressions are not evaluated.
        { "T1", "solution", "{\"reasoning\": \"5.\n\nAnswer: \"answer\": \"5\"\n```", PromptErrorCode.InvalidJson },
        { "Q3", "solution", "{\"reasoning\": \"x \"answer\": \"4\" y, \"answer\": \"5\"\n}", PromptErrorCode.InvalidJson },
        { "Q3", "solution", """{"reasoning": "r", "answer": "<" * 10}""", PromptErrorCode.InvalidJson },
        { "X2", "invoice", "I'm sorry, but I can't help with that.", PromptErrorCode.InvalidJson },
    };

    [Theory]
    [MemberData(nameof(Lenient))]
    public void What_can_be_read_in_one_way_without_a_loss(string id, string schema, string answer, string value, string rungs)
    {
        Assert.NotEmpty(id);
        Check(schema, answer, Tolerance.Lenient, value, rungs);
        Check(schema, answer, Tolerance.Salvage, value, rungs);
        Assert.NotEqual(PromptErrorCode.None, Contract(schema).Read(answer, Tolerance.Exact).Code);
    }

    [Theory]
    [MemberData(nameof(Salvaged))]
    public void What_can_be_read_with_a_loss_only_where_the_prompt_says_so(string id, string schema, string answer, string value, string rungs)
    {
        Assert.NotEmpty(id);
        Check(schema, answer, Tolerance.Salvage, value, rungs);
        Assert.NotEqual(PromptErrorCode.None, Contract(schema).Read(answer, Tolerance.Lenient).Code);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_no_tolerance_takes(string id, string schema, string answer, PromptErrorCode code)
    {
        Assert.NotEmpty(id);
        foreach (var tolerance in Enum.GetValues<Tolerance>())
        {
            var reading = Contract(schema).Read(answer, tolerance);

            Assert.NotEqual(PromptErrorCode.None, reading.Code);
            Assert.Equal(JsonValueKind.Undefined, reading.Value.ValueKind);
            Assert.Empty(reading.Rungs);
        }

        Assert.Equal(code, Contract(schema).Read(answer).Code);
    }

    [Theory]
    [InlineData(Good)]
    [InlineData("{'number':'INV-2031',total:19.9,lines:[{item:Paper,quantity:2},],kind:Paid}")]
    public void An_answer_that_ends_early_is_never_completed(string answer)
    {
        Assert.Equal(PromptErrorCode.None, Contract("invoice").Read(answer).Code);
        for (var length = 1; length < answer.Length; length++)
        {
            var code = Contract("invoice").Read(answer[..length], Tolerance.Salvage).Code;

            // Broken JSON that closes something at its end may have lost what it opened with as well as the rest.
            Assert.True(code == PromptErrorCode.Truncated || (code == PromptErrorCode.InvalidJson && answer != Good && answer[length - 1] is '}' or ']'), $"{code}: {answer[..length]}");
        }
    }

    private static SchemaContract<JsonElement> Contract(string name) => s_compiled.Value.Schemas.Contract(s_compiled.Value.Numbers[name]);

    private static void Check(string schema, string answer, Tolerance tolerance, string value, string rungs)
    {
        var reading = Contract(schema).Read(answer, tolerance);

        Assert.True(reading.Code == PromptErrorCode.None, $"{reading.Code} {string.Join('\n', reading.Violations)}\n{answer}");
        Assert.Equal((value, rungs), (reading.Value.GetRawText(), string.Join(' ', reading.Rungs)));
    }
}
