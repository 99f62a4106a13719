using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Schemas.Json;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the method of one schema: types and values first, then what else looks at the same value, then what is in it.</summary>
internal sealed class SchemaBody(SourceWriter source, SchemaFields fields, Schema schema, bool isTracked)
{
    private const string Types = "global::PromptGen.Contracts.Schemas.SchemaTypes.";
    private const string Evaluated = "global::PromptGen.Contracts.Schemas.EvaluatedSet";
    private const int FewTexts = 8;

    private readonly bool _hasSet = isTracked || schema.HasUnevaluated;

    /// <summary>The variable with the set of evaluated members and items: the schema's own where it has an unevaluated keyword, otherwise the caller's.</summary>
    private string Set => schema.HasUnevaluated ? "own" : "evaluated";

    private bool HasNumberRule => schema.HasNumberRule && (schema.Kinds & (SchemaKinds.Number | SchemaKinds.Integer)) != 0;

    private bool HasTextRule => schema.HasTextRule && (schema.Kinds & SchemaKinds.String) != 0;

    private bool LooksIntoObjects => schema.LooksIntoObjects && (schema.Kinds & SchemaKinds.Object) != 0;

    private bool LooksIntoArrays => schema.LooksIntoArrays && (schema.Kinds & SchemaKinds.Array) != 0;

    private bool NeedsWords =>
        schema.Kinds != Schema.AnyKind || schema.Values is not null || schema.Constant is not null || HasNumberRule || HasTextRule || LooksIntoArrays
        || schema.AnyOf.Count > 0 || schema.OneOf.Count > 0 || (LooksIntoObjects && (schema.MinProperties > 0 || schema.MaxProperties is not null));

    public static string Signature(Schema schema, bool isTracked) =>
        $"private static void Check{schema.Name}(ref global::PromptGen.Contracts.ContractReader reader{(isTracked ? $", ref {Evaluated} evaluated" : "")})";

    public void Write()
    {
        source.Line().Line($"// {GeneratedFile.OneLine(schema.Title ?? schema.Description ?? SchemaWords.Of(schema))}");
        source.Open(Signature(schema, isTracked));
        if (schema.IsNever)
        {
            source.Line("reader.Mismatch(\"nothing here\");").Close();
            return;
        }

        if (NeedsWords)
        {
            source.Line($"const string expected = {Literal.String(SchemaWords.Of(schema))};");
        }

        if (schema.HasUnevaluated)
        {
            source.Line($"var own = new {Evaluated}();");
        }

        WriteTypes();
        WriteValues();
        WriteRules();
        WriteApplicators();
        WriteInside();
        if (schema.HasUnevaluated && isTracked)
        {
            source.Line("evaluated.Add(in own);");
        }

        source.Close();
    }

    /// <summary>A statement that checks the value against a schema and moves the reader past it.</summary>
    public static string Call(Schema inner, SchemaFields fields, string? set = null) =>
        inner.IsAny ? "reader.Pass();"
        : inner.IsNever ? "reader.Mismatch(\"nothing here\");"
        : inner.IsScalar ? Scalar(inner, fields)
        : set is null || !inner.IsTracked ? $"Check{inner.Name}(ref reader);"
        : $"Check{inner.Name}(ref reader, ref {set});";

    /// <summary>Whether one call says it all, so that there is no method.</summary>
    public static bool IsInline(Schema schema) => schema.IsAny || schema.IsNever || schema.IsScalar;

    private static string Scalar(Schema inner, SchemaFields fields)
    {
        var expected = Literal.String(SchemaWords.Of(inner));
        return inner.HasTextRule && inner.Kinds == SchemaKinds.String ? $"reader.ExpectText({expected}{TextRule(inner, fields)});"
            : inner.HasNumberRule && (inner.Kinds & SchemaKinds.Number) != 0 ? $"reader.ExpectNumber({expected}, {fields.NameOfRule(inner)});"
            : inner.HasNumberRule && inner.Kinds == SchemaKinds.Integer ? $"reader.ExpectInteger({expected}, {fields.NameOfRule(inner)});"
            : $"reader.Expect({TypesOf(inner.Kinds)}, {expected});";
    }

    private static string TextRule(Schema schema, SchemaFields fields) =>
        (schema.MinLength > 0 ? $", minLength: {Literal.Int(schema.MinLength)}" : "")
        + (schema.MaxLength is { } most ? $", maxLength: {Literal.Int(most)}" : "")
        + (schema.Pattern is { } pattern ? $", pattern: {fields.NameOf(pattern)}" : "")
        + (schema.Format is { } format ? $", format: global::PromptGen.Contracts.Schemas.SchemaFormat.{format}" : "");

    private static string TypesOf(SchemaKinds kinds)
    {
        kinds = (kinds & SchemaKinds.Number) != 0 ? kinds & ~SchemaKinds.Integer : kinds;
        return kinds == SchemaKinds.None ? Types + "None" : string.Join(" | ", kinds.ToString().Split(',').Select(static name => Types + name.Trim()));
    }

    private void WriteTypes()
    {
        if (schema.Kinds != Schema.AnyKind)
        {
            var test = schema.Kinds == SchemaKinds.Object ? "StartObject(expected)" : schema.Kinds == SchemaKinds.Array ? "StartArray(expected)" : $"Expect({TypesOf(schema.Kinds)}, expected)";
            source.Open($"if (!reader.{test})").Line("return;").Close().Line();
        }
    }

    private void WriteValues()
    {
        foreach (var values in new[] { schema.Values, schema.Constant is { } constant ? [constant] : null })
        {
            if (values is not null)
            {
                source.Open($"if (!({TestOf(values)}))");
                source.Line("reader.Mismatch(expected);").Line("return;").Close().Line();
            }
        }
    }

    private string TestOf(IReadOnlyList<JsonNode> values)
    {
        var texts = values.Where(static value => value.Kind == JsonKind.String).ToList();
        var tests = texts.Count > FewTexts ? [$"reader.IsOneOf({fields.NameOf(texts)})"] : texts.ConvertAll(static text => $"reader.IsText({Utf8(text.Text)})");
        tests.AddRange(values.Where(static value => value.Kind != JsonKind.String).Select(static value => value.Kind switch
        {
            JsonKind.Null => "reader.IsNull()",
            JsonKind.Boolean => $"reader.IsBoolean({value.Text})",
            _ => $"reader.IsValue({Utf8(value.ToString())})",
        }));
        return tests.Count == 0 ? "false" : string.Join(" || ", tests);
    }

    private void WriteRules()
    {
        if (HasNumberRule)
        {
            source.Line($"reader.CheckNumber(expected, {fields.NameOfRule(schema)});");
        }

        if (HasTextRule)
        {
            source.Line($"reader.CheckText(expected{TextRule(schema, fields)});");
        }
    }

    private void WriteApplicators()
    {
        if (!schema.HasApplicators)
        {
            return;
        }

        source.Line("var value = reader.Mark();");
        foreach (var inner in schema.AllOf.Where(static inner => !inner.IsAny))
        {
            source.Line(Call(inner, fields, _hasSet ? Set : null)).Line("reader.Rewind(in value);");
        }

        WriteFork(schema.AnyOf, "anyOf", _hasSet ? "int.MaxValue" : "1", "CheckAny");
        WriteFork(schema.OneOf, "oneOf", "2", "CheckOne");
        if (schema.Not is { } not)
        {
            source.Line("reader.Try(in value);").Line(Call(not, fields));
            source.Open("if (reader.Held(in value))").Line($"reader.Note({Literal.String("anything but " + SchemaWords.Of(not))});").Close();
        }

        WriteIf();
        foreach (var dependent in schema.DependentSchemas)
        {
            source.Open($"if (reader.HasMember({Utf8(dependent.Key)}))");
            source.Line(Call(dependent.Value, fields, _hasSet ? Set : null)).Line("reader.Rewind(in value);").Close();
        }
    }

    private void WriteFork(List<Schema> branches, string name, string enough, string check)
    {
        if (branches.Count == 0)
        {
            return;
        }

        var isTracking = _hasSet && branches.Exists(static branch => branch.IsTracked);
        source.Line($"var {name} = reader.Fork({Literal.Int(branches.Count)}, {enough});");
        if (isTracking)
        {
            source.Line($"var {name}Set = new {Evaluated}();");
        }

        source.Open($"while ({name}.Next(ref reader{(isTracking ? $", ref {name}Set, ref {Set}" : "")}))");
        source.Open($"switch ({name}.Branch)");
        for (var i = 0; i < branches.Count; i++)
        {
            source.Line(i < branches.Count - 1 ? $"case {Literal.Int(i)}:" : "default:").Indent();
            source.Line(Call(branches[i], fields, isTracking ? name + "Set" : null)).Line("break;").Unindent();
        }

        source.Close().Close();
        source.Line($"reader.{check}(in {name}, expected);");
    }

    private void WriteIf()
    {
        if (schema.If is not { } condition || (!_hasSet && schema.Then is null && schema.Else is null))
        {
            return;
        }

        var isTracking = _hasSet && condition.IsTracked;
        if (isTracking)
        {
            source.Line($"var ifSet = new {Evaluated}();");
        }

        source.Line("reader.Try(in value);").Line(Call(condition, fields, isTracking ? "ifSet" : null));
        source.Open("if (reader.Held(in value))");
        if (isTracking)
        {
            source.Line($"{Set}.Add(in ifSet);");
        }

        WriteBranch(schema.Then);
        source.Close();
        if (schema.Else is not null)
        {
            source.Open("else");
            WriteBranch(schema.Else);
            source.Close();
        }

        void WriteBranch(Schema? branch)
        {
            if (branch is { IsAny: false })
            {
                source.Line(Call(branch, fields, _hasSet ? Set : null)).Line("reader.Rewind(in value);");
            }
        }
    }

    private void WriteInside()
    {
        // A value that is neither an object nor an array is one token: there is nothing to skip.
        var containers = schema.Kinds & (SchemaKinds.Object | SchemaKinds.Array);
        var looked = (LooksIntoObjects ? SchemaKinds.Object : 0) | (LooksIntoArrays ? SchemaKinds.Array : 0);
        var before = "";
        if (LooksIntoObjects)
        {
            var body = new SchemaObjectBody(source, fields, schema, _hasSet ? Set : null);
            if (schema.Kinds == SchemaKinds.Object)
            {
                body.Write();
                return;
            }

            source.Open("if (reader.IsObject)");
            body.Write();
            source.Close();
            before = "else ";
        }

        if (LooksIntoArrays)
        {
            var body = new SchemaArrayBody(source, fields, schema, _hasSet ? Set : null);
            if (schema.Kinds == SchemaKinds.Array)
            {
                body.Write();
                return;
            }

            source.Open(before + "if (reader.IsArray)");
            body.Write();
            source.Close();
            before = "else ";
        }

        if (before.Length == 0 && containers != 0)
        {
            source.Line("reader.Pass();");
        }
        else if (containers != looked)
        {
            source.Open("else").Line("reader.Pass();").Close();
        }
    }

    public static string Utf8(string text) => Literal.String(text) + "u8";
}
