using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>Values that attributes name.</summary>
internal static class ConstantValue
{
    // An attribute may name every member of an enum.
    private static readonly ConditionalWeakTable<ITypeSymbol, Dictionary<object, IFieldSymbol>> Fields = new();

    /// <summary>The argument as a value of that kind; null where it is none.</summary>
    public static ConstantModel? Of(TypedConstant argument, ValueKind kind) => argument.Kind switch
    {
        TypedConstantKind.Primitive => Of(argument.Value, kind),
        TypedConstantKind.Enum when kind == ValueKind.Enum => OfEnum(argument.Type!, argument.Value),
        _ => null,
    };

    public static ConstantModel? Of(object? value, ValueKind kind)
    {
        switch (value)
        {
            case string text when kind == ValueKind.String:
                return new ConstantModel(JsonText.String(text), Literal.String(text));
            case char or string { Length: 1 } when kind == ValueKind.Char:
                var c = Convert.ToChar(value, CultureInfo.InvariantCulture);
                return new ConstantModel(JsonText.String(c.ToString()), Literal.Char(c));
            case bool flag when kind == ValueKind.Boolean:
                return new ConstantModel(Literal.Bool(flag), Literal.Bool(flag));
            case string or char or bool or null:
                return null;
            default:
                return kind.IsNumber() && !kind.IsWide() ? OfNumber(value, kind) : null;
        }
    }

    private static ConstantModel? OfNumber(object value, ValueKind kind)
    {
        var text = value is double or float
            ? ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        if (kind.IsInteger())
        {
            var (least, most) = IntegerRange.Of(kind);
            return number == decimal.Truncate(number) && number >= Parse(least) && number <= Parse(most) ? new ConstantModel(text, text) : null;
        }

        return new ConstantModel(text, text + (kind == ValueKind.Decimal ? "m" : kind == ValueKind.Single ? "f" : "d"));
    }

    /// <summary>The member of an enum that has this number; null where none has.</summary>
    public static ConstantModel? OfEnum(ITypeSymbol type, object? value)
    {
        type = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return value is null || !Fields.GetValue(type, FieldsOf).TryGetValue(value, out var field)
            ? null
            : new ConstantModel(JsonText.String(new MemberAttributes(field.GetAttributes()).EnumMemberName ?? field.Name), $"{TypeNames.Of(type)}.{CSharpName.Escape(field.Name)}");
    }

    private static Dictionary<object, IFieldSymbol> FieldsOf(ITypeSymbol type)
    {
        var fields = new Dictionary<object, IFieldSymbol>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.HasConstantValue && field.ConstantValue is { } number && !fields.ContainsKey(number))
            {
                fields.Add(number, field);
            }
        }

        return fields;
    }

    private static decimal Parse(string number) => decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
}
