using System.Text;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>What is reported about an answer that a schema does not allow: few violations, each of which a model can correct.</summary>
public sealed class SchemaViolationTests
{
    private const string Schema = """
        {
          "type": "object",
          "properties": {
            "id": { "type": "integer", "minimum": 1, "maximum": 9 },
            "kind": { "enum": ["bug", "wish"] },
            "mail": { "type": "string", "format": "email" },
            "code": { "type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[A-Z]+$", "description": "The short code of the team" },
            "tags": { "type": "array", "items": { "type": "string" }, "uniqueItems": true, "maxItems": 2 },
            "shape": { "oneOf": [
                { "type": "object", "properties": { "type": { "const": "circle" }, "radius": { "type": "number" } }, "required": ["type", "radius"], "additionalProperties": false },
                { "type": "object", "properties": { "type": { "const": "square" }, "side": { "type": "number" } }, "required": ["type", "side"], "additionalProperties": false } ] },
            "when": { "anyOf": [{ "type": "string", "format": "date" }, { "type": "null" }] },
            "not": { "not": { "type": "string" } },
            "names": { "propertyNames": { "maxLength": 3 } },
            "some": { "type": "array", "contains": { "type": "integer" } },
            "list": { "prefixItems": [{ "type": "string" }], "items": false },
            "open": { "allOf": [{ "properties": { "a": true } }], "unevaluatedProperties": false }
          },
          "required": ["id"],
          "dependentRequired": { "code": ["kind"] }
        }
        """;

    private static readonly Lazy<(CompiledSchemas Schemas, int Number)> Compiled = new(static () =>
    {
        var schemas = new CompiledSchemas();
        var number = schemas.Add(Schema);
        return (schemas.Build(), number);
    });

    [Theory]
    [InlineData("""{"id":7,"kind":"wish","mail":"ada@example.org","tags":["a","b"],"code":"AB"}""")]
    [InlineData("""{"id":7.0,"shape":{"type":"square","side":0.5},"when":null,"not":1,"names":{"abc":[]},"some":["x",1],"list":["\u00e9"],"open":{"a":{}}}""")]
    public void What_is_allowed_costs_no_memory(string answer)
    {
        var (schemas, number) = Compiled.Value;
        var contract = schemas.Contract(number);
        var json = Encoding.UTF8.GetBytes(answer);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(contract.Allows(json));
        }

        // What the runtime does beside it, such as compiling the method once more, is nothing that each call pays for.
        var least = Enumerable.Range(0, 20).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            contract.Allows(json);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData("""{"id":10}""", "/id: an integer from 1 to 9 ← 10")]
    [InlineData("""{"id":1.5}""", "/id: an integer from 1 to 9 ← 1.5")]
    [InlineData("""{}""", "/id: an integer from 1 to 9 ← nothing")]
    [InlineData("""{"id":1,"kind":"Bug"}""", "/kind: one of \"bug\", \"wish\" ← \"Bug\"")]
    [InlineData("""{"id":1,"mail":"ada"}""", "/mail: an e-mail address ← \"ada\"")]
    [InlineData("""{"id":1,"kind":"bug","code":"abc"}""", "/code: a string of 2 to 3 characters that matches the regular expression ^[A-Z]+$ (The short code of the team) ← \"abc\"")]
    [InlineData("""{"id":1,"code":"ABC"}""", "/kind: a member of this name, since there is \"code\" ← nothing")]
    [InlineData("""{"id":1,"tags":["a","a"]}""", "/tags: an array of at most 2 items, no two of them equal ← [\"a\",\"a\"]")]
    [InlineData("""{"id":1,"tags":["a",1]}""", "/tags/1: a string ← 1")]
    [InlineData("""{"id":1,"shape":{"type":"square","radius":1}}""", "/shape/radius: no member of this name, only \"type\", \"side\" ← 1", "/shape/side: a number ← nothing")]
    [InlineData("""{"id":1,"shape":{"type":"circle","radius":"1"}}""", "/shape/radius: a number ← \"1\"")]
    [InlineData("""{"id":1,"shape":7}""", "/shape: an object ← 7")]
    [InlineData("""{"id":1,"when":"today"}""", "/when: a date such as \"2026-01-31\", or null ← \"today\"")]
    [InlineData("""{"id":1,"not":"x"}""", "/not: anything but a string ← \"x\"")]
    [InlineData("""{"id":1,"names":{"long":1}}""", "/names/long: a member whose name is a string of at most 3 characters ← long")]
    [InlineData("""{"id":1,"some":["x"]}""", "/some: an array in which at least 1 of the items: an integer ← 0 items")]
    [InlineData("""{"id":1,"list":["x",2]}""", "/list/1: no more than 1 items ← 2")]
    [InlineData("""{"id":1,"open":{"a":1,"b":2}}""", "/open/b: no member of this name, only none at all ← 2")]
    public void Says_where_and_what(string answer, params string[] breaches)
    {
        var (schemas, number) = Compiled.Value;
        var reading = schemas.Contract(number).ReadElement(answer, Tolerance.Exact, new());

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Equal(breaches, reading.Violations.Select(static violation => $"{violation.Pointer}: {violation.Expected} ← {violation.Actual}"));
    }
}
