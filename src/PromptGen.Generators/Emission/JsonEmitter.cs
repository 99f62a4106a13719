using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Templates;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes values as JSON: collections in place, objects by one local function per type, so that a type may contain itself.</summary>
internal sealed class JsonEmitter(SourceWriter writer, string prompt)
{
    private readonly ObjectFunctions _functions = new(writer, "global::PromptGen.Prompts.PromptJson", "json");

    public void Emit(BoundJson node) =>
        writer.Line(Write(Start(node.Indent), node.Type, node.Path.Shape, PathExpression.Of(node.Path), node.Path.CanBeNull) + ";");

    public void Emit(BoundJsonOfAll node)
    {
        var json = "json";
        foreach (var property in node.Properties)
        {
            json = property.Path.Root == json ? "jsonOfAll" : json;
        }

        writer.Line("{").Indent().Line($"var {json} = {Start(node.Indent)};").Line($"{json}.StartObject();");
        foreach (var property in node.Properties)
        {
            EmitMember(json, property.Name, property.Type, property.Path.Shape, PathExpression.Of(property.Path));
        }

        writer.Line($"{json}.EndObject();").Close();
    }

    /// <summary>Writes the local functions that the JSON written so far needs, and those that they need in turn.</summary>
    public void EmitFunctions() => _functions.Emit((type, member, value) =>
    {
        if (member.JsonName is not null && member.Value.Kind != ShapeKind.Unknown)
        {
            EmitMember("json", member.JsonName, type, member.Value, value);
        }
    });

    private void EmitMember(string json, string name, TypeShape type, ValueShape shape, string expression) =>
        writer.Line($"{json}.Name({Literal.String(name)});").Line(Write(json, type, shape, expression, shape.CanBeNull) + ";");

    private string Start(int indent) => indent == 0 ? prompt + ".Json()" : $"{prompt}.Json(indent: {Literal.Int(indent)})";

    /// <summary>The expression that writes a value.</summary>
    private string Write(string json, TypeShape type, ValueShape shape, string expression, bool canBeNull)
    {
        var collection = shape.IsValueType && canBeNull ? $"({expression} ?? default)" : expression;
        return shape.Kind switch
        {
            ShapeKind.Object => $"{_functions.For(type, shape)}({json}, {expression})",
            ShapeKind.Enumerable => $"{json}.Array({collection}, {WriteEach(type, shape)})",
            ShapeKind.Dictionary when shape.Key!.Kind == ShapeKind.Enum => $"{json}.Object({collection}, static (json, key) => json.NameEnum(key), {WriteEach(type, shape)})",
            ShapeKind.Dictionary => $"{json}.Object({collection}, static (json, key) => json.Name(key), {WriteEach(type, shape)})",
            ShapeKind.Enum => $"{json}.Enum({expression})",
            ShapeKind.Uri => $"{json}.Value({expression}?.OriginalString)",
            _ => $"{json}.Value({expression})",
        };
    }

    private string WriteEach(TypeShape type, ValueShape collection) =>
        $"static (json, value) => {Write("json", type, collection.Element!, "value", collection.Element!.CanBeNull)}";
}
