using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the method that writes the arguments of a call for the key of its answer: all that a template can read, in one form for equal values.</summary>
internal sealed class KeyEmitter(SourceWriter writer)
{
    private const string KeyWriter = "global::PromptGen.Caching.CacheKeyWriter";

    private readonly ObjectFunctions _functions = new(writer, KeyWriter, "key");

    /// <summary>Writes the method.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="parameters">The parameters of the prompt that are data.</param>
    public static void Emit(SourceWriter writer, IReadOnlyList<ParameterDeclaration> parameters)
    {
        var key = new HashSet<string>(parameters.Select(static parameter => parameter.FieldName)).Take("key");
        writer.Open($"public void WriteKey({KeyWriter} {key})");
        var emitter = new KeyEmitter(writer);
        foreach (var parameter in parameters)
        {
            emitter.EmitMember(key, parameter.Name, parameter.Shape, parameter.Shape.Value, CSharpName.EscapeReserved(parameter.FieldName));
        }

        emitter._functions.Emit((type, member, value) => emitter.EmitMember("key", member.Name, type, member.Value, value));
        writer.Close();
    }

    private void EmitMember(string key, string name, TypeShape type, ValueShape shape, string expression)
    {
        if (shape.Kind != ShapeKind.Unknown)
        {
            writer.Line($"{key}.Name({Literal.String(name)});").Line(Write(key, type, shape, expression) + ";");
        }
    }

    /// <summary>The expression that writes a value.</summary>
    private string Write(string key, TypeShape type, ValueShape shape, string expression)
    {
        var collection = shape.IsValueType && shape.CanBeNull ? $"({expression} ?? default)" : expression;
        return shape.Kind switch
        {
            ShapeKind.Text => $"{key}.Text({expression})",
            ShapeKind.Bool => $"{key}.Boolean({expression})",
            ShapeKind.Enum => $"{key}.Enum({expression})",
            ShapeKind.Uri => $"{key}.Text({expression}?.OriginalString)",
            ShapeKind.Bytes => $"{key}.Bytes({expression})",
            ShapeKind.Content => $"{key}.Content({expression})",
            ShapeKind.Enumerable => $"{key}.Array({collection}, {WriteEach(type, shape.Element!)})",
            ShapeKind.Dictionary => $"{key}.Map({collection}, {WriteEach(type, shape.Key!)}, {WriteEach(type, shape.Element!)})",
            ShapeKind.Object => $"{_functions.For(type, shape)}({key}, {expression})",
            _ when shape.Object >= 0 && type.Objects[shape.Object].Members.Count > 0 => $"{_functions.For(type, shape)}({key}, {expression})",
            _ => $"{key}.Value({expression})",
        };
    }

    private string WriteEach(TypeShape type, ValueShape element) => $"static (key, value) => {Write("key", type, element, "value")}";
}
