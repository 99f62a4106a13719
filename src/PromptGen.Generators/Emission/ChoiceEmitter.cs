using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the value that an answer votes for in one form for equal values: objects by one local function per type, so that a type may contain itself.</summary>
internal sealed class ChoiceEmitter(SourceWriter writer, ContractModel contract)
{
    private const string Writer = "global::PromptGen.Ensembles.ChoiceWriter";

    private readonly HashSet<(ValueKind Kind, int Reference)> _known = [];
    private readonly List<(ValueKind Kind, int Reference)> _functions = [];
    private int _names;

    /// <summary>Writes the statements for a value.</summary>
    public void Emit(ValueModel value, string expression)
    {
        if (!value.IsNullable || value.Kind == ValueKind.String)
        {
            EmitKnown(value, expression);
            return;
        }

        var item = Name("item");
        writer.Open($"if ({expression} is {{ }} {item})");
        EmitKnown(value, item);
        writer.Close();
        writer.Open("else").Line("choice.Null();").Close();
    }

    /// <summary>Writes the local functions that the statements so far need, and those that they need in turn.</summary>
    public void EmitFunctions()
    {
        for (var i = 0; i < _functions.Count; i++)
        {
            var (kind, reference) = _functions[i];
            writer.Line();
            if (kind == ValueKind.Object)
            {
                EmitObject(contract.Objects[reference]);
            }
            else
            {
                EmitUnion(contract.Unions[reference]);
            }
        }
    }

    private void EmitKnown(ValueModel value, string expression)
    {
        switch (value.Kind)
        {
            case ValueKind.Object or ValueKind.Union:
                writer.Line($"{Function(value.Kind, value.Reference)}(choice, {expression});");
                break;
            case ValueKind.Array:
                EmitItems(IsSet(value.Collection) ? "Set" : "Array", expression, "entry", () => Emit(value.Item, "entry"));
                break;
            case ValueKind.Map:
                EmitItems("Set", expression, "entry", () =>
                {
                    writer.Line("choice.StartArray();");
                    EmitKnown(value.Key ?? value.Item with { Kind = ValueKind.String, IsNullable = false }, "entry.Key");
                    Emit(value.Item, "entry.Value");
                    writer.Line("choice.EndArray();");
                });
                break;
            default:
                writer.Line($"choice.{Scalar(value, expression)};");
                break;
        }
    }

    private void EmitItems(string method, string expression, string item, System.Action emit)
    {
        writer.Line($"choice.{method}({expression}, static (choice, {item}) =>").Line("{").Indent();
        emit();
        writer.Unindent().Line("});");
    }

    private static string Scalar(ValueModel value, string expression) => value.Kind switch
    {
        ValueKind.String => $"Text({expression})",
        ValueKind.Char => $"Text({expression}.ToString())",
        ValueKind.Enum or ValueKind.Flags => $"Enum({expression})",
        ValueKind.Boolean => $"Boolean({expression})",
        ValueKind.Uri => $"Text({expression}.OriginalString)",
        ValueKind.Bytes => value.IsValueType ? $"Bytes({expression}.Span)" : $"Bytes({expression})",
        ValueKind.DateTimeOffset => $"Value({expression}.ToUniversalTime())",
        ValueKind.DateTime or ValueKind.DateOnly or ValueKind.TimeOnly or ValueKind.TimeSpan or ValueKind.Guid => $"Value({expression})",
        _ => $"Number({expression})",
    };

    private void EmitObject(ObjectModel type)
    {
        writer.Open($"static void {FunctionName(ValueKind.Object, type.Name)}({Writer} choice, {type.TypeName} value)");
        writer.Line("choice.StartObject();");

        // The tag of a union's case is no member of its type.
        foreach (var member in type.Members.Where(static member => member.IsParameter || member.IsInitialized))
        {
            writer.Line($"choice.Name({Literal.String(member.JsonName)});");
            Emit(member.Value, "value." + CSharpName.Escape(member.Name));
        }

        writer.Line("choice.EndObject();").Close();
    }

    private void EmitUnion(UnionModel type)
    {
        writer.Open($"static void {FunctionName(ValueKind.Union, type.Name)}({Writer} choice, {type.TypeName} value)");
        writer.Line("choice.StartArray();");
        var keyword = "if";
        foreach (var one in type.Cases)
        {
            var model = contract.Objects[one.Value.Reference];
            writer.Open($"{keyword} (value.GetType() == typeof({model.TypeName}))");
            writer.Line($"choice.Text({Literal.String(model.Name)});");
            writer.Line($"{Function(ValueKind.Object, one.Value.Reference)}(choice, ({model.TypeName})value);").Close();
            keyword = "else if";
        }

        writer.Line("choice.EndArray();").Close();
    }

    private string Function(ValueKind kind, int reference)
    {
        if (_known.Add((kind, reference)))
        {
            _functions.Add((kind, reference));
        }

        return FunctionName(kind, kind == ValueKind.Object ? contract.Objects[reference].Name : contract.Unions[reference].Name);
    }

    private static string FunctionName(ValueKind kind, string name) => kind == ValueKind.Object ? "Write" + name : "WriteOneOf" + name;

    private static bool IsSet(CollectionKind kind) => kind is CollectionKind.ToHashSet or CollectionKind.ToSortedSet or CollectionKind.ToFrozenSet or CollectionKind.ToImmutableHashSet or CollectionKind.ToImmutableSortedSet;

    private string Name(string stem) => stem + Literal.Int(++_names);
}
