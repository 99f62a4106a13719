using System;
using System.Collections.Generic;
using System.Globalization;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Local functions that write objects, one per type, so that a type may contain itself.</summary>
/// <param name="writer">Receives them.</param>
/// <param name="parameterType">The type of what they write to, fully qualified.</param>
/// <param name="parameter">Their parameter of that type.</param>
internal sealed class ObjectFunctions(SourceWriter writer, string parameterType, string parameter)
{
    private readonly Dictionary<string, Function> _byType = [];
    private readonly List<Function> _order = [];

    /// <summary>The name of the function that writes an object.</summary>
    public string For(TypeShape type, ValueShape shape)
    {
        var target = type.Objects[shape.Object];
        if (_byType.TryGetValue(target.TypeName, out var function))
        {
            return function.Name;
        }

        var name = "Write" + (target.Name == "tuple" ? "Tuple" : target.Name.TrimEnd('<', '>'));
        var unique = name;
        for (var i = 2; _order.Exists(other => other.Name == unique); i++)
        {
            unique = name + i.ToString(CultureInfo.InvariantCulture);
        }

        function = new Function(unique, type, target);
        _byType.Add(target.TypeName, function);
        _order.Add(function);
        return unique;
    }

    /// <summary>Writes the functions that were named so far, and those that they call in turn.</summary>
    /// <param name="emitMember">Writes one member of an object: the type that the object is part of, the member, and the expression that has its value.</param>
    public void Emit(Action<TypeShape, MemberShape, string> emitMember)
    {
        for (var i = 0; i < _order.Count; i++)
        {
            var function = _order[i];
            writer.Line().Open($"static void {function.Name}({parameterType} {parameter}, {function.Object.TypeName}? value)");
            writer.Open("if (value is not { } item)").Line($"{parameter}.Null();").Line("return;").Close();
            writer.Line().Line($"{parameter}.StartObject();");
            foreach (var member in function.Object.Members)
            {
                emitMember(function.Type, member, "item." + CSharpName.EscapeReserved(member.Name));
            }

            writer.Line($"{parameter}.EndObject();").Close();
        }
    }

    private sealed record Function(string Name, TypeShape Type, ObjectShape Object);
}
