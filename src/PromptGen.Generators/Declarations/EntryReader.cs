using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[RouteWhen]</c>, <c>[RouteBy]</c> and <c>[RouteCase]</c>: where a call enters its route.</summary>
internal static class EntryReader
{
    private const string When = "RouteWhen";
    private const string Case = "RouteCase";

    public static EquatableArray<RuleDeclaration> Rules(IMethodSymbol prompt, IEnumerable<AttributeData> attributes, Output output) => attributes
        .Where(static attribute => attribute.IsPromptGen(When))
        .Select((attribute, index) => new RuleDeclaration(
            Target(attribute, When, index, 0),
            System.Math.Max(0, attribute.Int("MinInputTokens", 0)),
            System.Math.Max(0, attribute.Int("MaxInputTokens", 0)),
            attribute.Texts("ContainsAny"),
            attribute.Bool("ContainsCode", false),
            attribute.Bool("ContainsMedia", false),
            Predicate(prompt, attribute, output),
            attribute.Text("In")))
        .ToEquatableArray();

    public static RouteByDeclaration? By(IMethodSymbol prompt, IReadOnlyList<AttributeData> attributes, ContainerFacts facts)
    {
        var by = attributes.FirstOrDefault(static attribute => attribute.IsPromptGen("RouteBy"));
        var cases = attributes.Where(static attribute => attribute.IsPromptGen(Case)).ToArray();
        if (by is null)
        {
            return cases.Length == 0 ? null : new RouteByDeclaration("", null, null, null, null, default, cases.Select((data, index) => ReadCase(data, index, null, false)).ToEquatableArray(), null) { IsDeclared = false };
        }

        var name = by.Text(0) ?? "";
        var path = by.ConstructorArguments.Length > 1 ? AttributeReading.Texts(by.ConstructorArguments[1]) : default;
        var otherwise = by.Has("Otherwise")
            ? new EntryTarget(Tier(by.Int("Otherwise", -1)), null, null, new Place.Attribute("RouteBy", 0, "Otherwise"))
            : null;
        var parameter = prompt.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        var router = default(CalledPrompt);
        var method = default(CalledMethod);
        var expression = default(string);
        var isLifted = false;
        var flaw = default(PathFlaw);
        ITypeSymbol? type;
        if (parameter is not null)
        {
            (type, expression, isLifted, flaw) = Path(prompt, parameter, path);
        }
        else
        {
            var reader = new CalledMethodReader(prompt);
            method = reader.Read(name, (candidate, type, _) => !SymbolEqualityComparer.Default.Equals(candidate, prompt) && IsUsable(type) ? AnswerKind.Output : AnswerKind.None);
            type = reader.Found?.Result;
            router = CalledPromptReader.Of(reader.Found, prompt, facts);
        }

        var usable = type is not null && IsUsable(type) ? type : null;
        return new RouteByDeclaration(
            string.Join(".", path.Prepend(name)),
            usable is null ? null : expression,
            method,
            method is null || usable is null ? null : TypeNames.Of(usable),
            usable is null ? null : TypeNames.Of(usable) + (isLifted ? "?" : ""),
            usable is null ? default : Members(usable, isLifted || IsNullable(usable, usable.NullableAnnotation)).ToEquatableArray(),
            cases.Select((data, index) => ReadCase(data, index, usable, isLifted)).ToEquatableArray(),
            otherwise)
        {
            Parameter = parameter?.Name,
            Flaw = flaw,
            Router = router,
        };
    }

    /// <summary>In a chat route, which has no parameters, it gets the text of the last user message.</summary>
    private static CalledMethod? Predicate(IMethodSymbol prompt, AttributeData attribute, Output output)
    {
        var name = attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Predicate").Value;
        return name is { Kind: TypedConstantKind.Primitive, Value: string method }
            ? new CalledMethodReader(prompt, output.Kind == ReturnKind.ChatClient ? name.Type : null)
                .Read(method, static (method, _, _) => method.ReturnType.SpecialType == SpecialType.System_Boolean ? AnswerKind.Output : AnswerKind.None)
            : null;
    }

    /// <summary>The member that a path leads to. Behind an owner that may be null it may be null itself.</summary>
    private static (ITypeSymbol? Type, string Expression, bool IsLifted, PathFlaw? Flaw) Path(IMethodSymbol prompt, IParameterSymbol parameter, EquatableArray<string> members)
    {
        var (type, annotation, isLifted) = (parameter.Type, parameter.NullableAnnotation, false);
        var expression = CSharpName.Escape(parameter.Name);
        for (var i = 0; i < members.Count; i++)
        {
            var member = members[i];
            var mayBeNull = IsNullable(type, annotation);
            var found = MethodCall.Readable(prompt, Unwrapped(type), member);
            var next = (found as IPropertySymbol)?.Type ?? (found as IFieldSymbol)?.Type;
            if (next is null || (Obsoletion.IsErrorToRead(found!) && !Obsoletion.IsIn(prompt)))
            {
                return (null, expression, false, new PathFlaw(i + 1, next is not null, next is null ? Closest(type, member) : null));
            }

            expression += (mayBeNull ? "?." : ".") + CSharpName.Escape(member);
            isLifted |= mayBeNull;
            (type, annotation) = (next, next.NullableAnnotation);
        }

        return Obsoletion.IsErrorToName(type) && !Obsoletion.IsIn(prompt)
            ? (null, expression, false, new PathFlaw(members.Count, true, null))
            : (type, expression, isLifted && !IsNullable(type, annotation), IsUsable(type) ? null : new PathFlaw(members.Count, false, null));
    }

    /// <summary>The public member that was probably meant; null where none is near.</summary>
    private static string? Closest(ITypeSymbol type, string written)
    {
        var names = new List<string>();
        for (ITypeSymbol? current = Unwrapped(type); current is not null; current = current.BaseType)
        {
            names.AddRange(current.GetMembers().Where(static member => member is (IPropertySymbol or IFieldSymbol) and { IsStatic: false, DeclaredAccessibility: Accessibility.Public }).Select(static member => member.Name));
        }

        return new NameIndex(names).Closest(written) is { } meant && meant != written ? meant : null;
    }

    private static CaseDeclaration ReadCase(AttributeData attribute, int index, ITypeSymbol? type, bool isLifted)
    {
        var (literal, text) = attribute.ConstructorArguments.Length > 0 ? Value(attribute.ConstructorArguments[0], type, isLifted) : (null, "?");
        return new CaseDeclaration(literal, text, Target(attribute, Case, index, 1));
    }

    private static (string? Literal, string Text) Value(TypedConstant constant, ITypeSymbol? type, bool isLifted)
    {
        if (constant.IsNull)
        {
            return (type is null || isLifted || IsNullable(type, type.NullableAnnotation) ? "null" : null, "null");
        }

        if (constant.Kind == TypedConstantKind.Enum)
        {
            var field = Fields(constant.Type!).FirstOrDefault(field => Equals(field.ConstantValue, constant.Value));
            var isOfType = type is not null && field is not null && SymbolEqualityComparer.Default.Equals(Unwrapped(type), constant.Type);
            return (isOfType ? TypeNames.Of(constant.Type!) + "." + CSharpName.Escape(field!.Name) : null, field?.Name ?? System.Convert.ToString(constant.Value, CultureInfo.InvariantCulture) ?? "");
        }

        if (constant.Kind != TypedConstantKind.Primitive)
        {
            return (null, "?");
        }

        var special = type is null ? SpecialType.None : Unwrapped(type).SpecialType;
        return constant.Value switch
        {
            string text => (special == SpecialType.System_String ? Literal.String(text) : null, Literal.String(text)),
            bool flag => (special == SpecialType.System_Boolean ? Literal.Bool(flag) : null, Literal.Bool(flag)),
            sbyte or byte or short or ushort or int or uint or long or ulong =>
                (IsIn(special, System.Convert.ToDecimal(constant.Value, CultureInfo.InvariantCulture)) ? System.Convert.ToString(constant.Value, CultureInfo.InvariantCulture) : null, System.Convert.ToString(constant.Value, CultureInfo.InvariantCulture) ?? ""),
            _ => (null, System.Convert.ToString(constant.Value, CultureInfo.InvariantCulture) ?? ""),
        };
    }

    private static IEnumerable<string> Members(ITypeSymbol type, bool mayBeNull)
    {
        var unwrapped = Unwrapped(type);
        var values = unwrapped.TypeKind == TypeKind.Enum
            ? Fields(unwrapped).GroupBy(static field => field.ConstantValue).Select(static fields => fields.First()).Where(static field => !Obsoletion.IsError(field)).Select(static field => field.Name)
            : unwrapped.SpecialType == SpecialType.System_Boolean ? ["false", "true"]
            : [];
        return values.Any() && mayBeNull ? values.Append("null") : values;
    }

    /// <summary>The members of an enum. Of those with one value, those that code may use come first.</summary>
    private static IEnumerable<IFieldSymbol> Fields(ITypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).OrderBy(static field => Obsoletion.IsError(field));

    private static bool IsUsable(ITypeSymbol type) =>
        Unwrapped(type) is var value && (value.TypeKind == TypeKind.Enum || value.SpecialType is SpecialType.System_Boolean or SpecialType.System_String || IsInteger(value.SpecialType));

    private static bool IsInteger(SpecialType type) => type is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    /// <summary>Whether an integer is a value of the type.</summary>
    private static bool IsIn(SpecialType type, decimal value) => type switch
    {
        SpecialType.System_SByte => value is >= sbyte.MinValue and <= sbyte.MaxValue,
        SpecialType.System_Byte => value is >= byte.MinValue and <= byte.MaxValue,
        SpecialType.System_Int16 => value is >= short.MinValue and <= short.MaxValue,
        SpecialType.System_UInt16 => value is >= ushort.MinValue and <= ushort.MaxValue,
        SpecialType.System_Int32 => value is >= int.MinValue and <= int.MaxValue,
        SpecialType.System_UInt32 => value is >= uint.MinValue and <= uint.MaxValue,
        SpecialType.System_Int64 => value <= long.MaxValue,
        SpecialType.System_UInt64 => value >= 0,
        _ => false,
    };

    private static bool IsNullable(ITypeSymbol type, NullableAnnotation annotation) => type.IsValueType
        ? type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
        : annotation != NullableAnnotation.NotAnnotated;

    private static ITypeSymbol Unwrapped(ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static EntryTarget Target(AttributeData attribute, string name, int index, int position)
    {
        var place = new Place.Attribute(name, index, "#" + position.ToString(CultureInfo.InvariantCulture));
        var ceiling = attribute.Has("EscalateTo") ? Tier(attribute.Int("EscalateTo", -1)) : null;
        return new EntryTarget(Tier(attribute.Enum(position)), attribute.Text(position), ceiling, place);
    }

    private static Tier? Tier(int? value) => value is >= 0 and <= (int)Model.Tier.SelfHosted ? (Tier)value : null;
}
