using System.Collections.Generic;
using System.Globalization;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Templates;

namespace PromptGen.Generators.Emission;

/// <summary>Writes values as JSON: collections in place, objects by one local function per type, so that a type may contain itself.</summary>
internal sealed class JsonEmitter(SourceWriter writer, string prompt)
{
    private readonly Dictionary<string, Function> _functions = [];
    private readonly List<Function> _order = [];

    public void Emit(BoundJson node)
    {
        var json = Start(node.Indent);
        if (node.Path.Shape.Kind == ShapeKind.Object)
        {
            writer.Line($"{FunctionFor(node.Type, node.Path.Shape)}({json}, {PathExpression.Of(node.Path)});");
            return;
        }

        if (node.Path.Shape.Kind is not (ShapeKind.Enumerable or ShapeKind.Dictionary))
        {
            EmitValue(json, node.Type, node.Path.Shape, PathExpression.Of(node.Path), node.Path.CanBeNull, 1);
            return;
        }

        writer.Open("").Line($"var json = {json};");
        EmitValue("json", node.Type, node.Path.Shape, PathExpression.Of(node.Path), node.Path.CanBeNull, 1);
        writer.Close();
    }

    public void Emit(BoundJsonOfAll node)
    {
        writer.Open("").Line($"var json = {Start(node.Indent)};").Line("json.StartObject();");
        foreach (var property in node.Properties)
        {
            writer.Line($"json.Name({Literal.String(property.Name)});");
            EmitValue("json", property.Type, property.Path.Shape, PathExpression.Of(property.Path), property.Path.CanBeNull, 1);
        }

        writer.Line("json.EndObject();").Close();
    }

    /// <summary>Writes the local functions that the JSON written so far needs, and those that they need in turn.</summary>
    public void EmitFunctions()
    {
        for (var i = 0; i < _order.Count; i++)
        {
            var function = _order[i];
            writer.Line().Open($"static void {function.Name}(global::PromptGen.Prompts.PromptJson json, {function.Object.TypeName}? value)");
            writer.Open("if (value is not { } item)").Line("json.Null();").Line("return;").Close();
            writer.Line().Line("json.StartObject();");
            foreach (var member in function.Object.Members)
            {
                if (member.JsonName is null || member.Value.Kind == ShapeKind.Unknown)
                {
                    continue;
                }

                writer.Line($"json.Name({Literal.String(member.JsonName)});");
                EmitValue("json", function.Type, member.Value, "item." + CSharpName.Escape(member.Name), member.Value.CanBeNull, 2);
            }

            writer.Line("json.EndObject();").Close();
        }
    }

    private string Start(int indent) => indent == 0 ? prompt + ".Json()" : $"{prompt}.Json(indent: {Literal.Int(indent)})";

    private void EmitValue(string json, TypeShape type, ValueShape shape, string expression, bool canBeNull, int depth)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Object:
                writer.Line($"{FunctionFor(type, shape)}({json}, {expression});");
                break;
            case ShapeKind.Enumerable or ShapeKind.Dictionary:
                EmitCollection(json, type, shape, expression, canBeNull, depth);
                break;
            case ShapeKind.Enum:
                writer.Line($"{json}.Enum({expression});");
                break;
            case ShapeKind.Uri:
                writer.Line($"{json}.Value({expression}?.OriginalString);");
                break;
            default:
                writer.Line($"{json}.Value({expression});");
                break;
        }
    }

    private void EmitCollection(string json, TypeShape type, ValueShape shape, string expression, bool canBeNull, int depth)
    {
        var suffix = depth == 1 ? "" : depth.ToString(CultureInfo.InvariantCulture);
        var collection = expression;
        if (canBeNull)
        {
            collection = "items" + suffix;
            writer.Open($"if ({expression} is {{ }} {collection})");
        }

        var item = (shape.Kind == ShapeKind.Dictionary ? "pair" : "item") + suffix;
        var isDictionary = shape.Kind == ShapeKind.Dictionary;
        writer.Line(isDictionary ? $"{json}.StartObject();" : $"{json}.StartArray();");
        writer.Open($"foreach (var {item} in {collection})");
        if (isDictionary)
        {
            writer.Line(shape.Key!.Kind == ShapeKind.Enum ? $"{json}.NameEnum({item}.Key);" : $"{json}.Name({item}.Key);");
        }

        EmitValue(json, type, shape.Element!, isDictionary ? item + ".Value" : item, shape.Element!.CanBeNull, depth + 1);
        writer.Close();
        writer.Line(isDictionary ? $"{json}.EndObject();" : $"{json}.EndArray();");
        if (canBeNull)
        {
            writer.Close().Open("else").Line($"{json}.Null();").Close();
        }
    }

    private string FunctionFor(TypeShape type, ValueShape shape)
    {
        var target = type.Objects[shape.Object];
        if (_functions.TryGetValue(target.TypeName, out var function))
        {
            return function.Name;
        }

        var name = "Write" + SimpleName(target.Name);
        var unique = name;
        for (var i = 2; _order.Exists(other => other.Name == unique); i++)
        {
            unique = name + i.ToString(CultureInfo.InvariantCulture);
        }

        function = new Function(unique, type, target);
        _functions.Add(target.TypeName, function);
        _order.Add(function);
        return unique;
    }

    private static string SimpleName(string name) => name == "tuple" ? "Tuple" : name.TrimEnd('<', '>');

    private sealed record Function(string Name, TypeShape Type, ObjectShape Object);
}
