using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>What the contract of an output type is called.</summary>
/// <param name="Namespace">The namespace of the type, or of the innermost type argument that has one of the user's.</param>
/// <param name="Path">A name for the type in that namespace, for example <c>ListOfTriage</c>, or <c>Desk.Triage</c> for a nested type.</param>
internal readonly record struct OutputTypeName(string Namespace, string Path)
{
    private const int MaxLength = 100;

    /// <summary>The name of the generated file.</summary>
    public string HintName => (Namespace.Length == 0 ? "" : Namespace.Replace("@", "") + ".") + Path + ".Contract.g.cs";

    /// <summary>The path as an identifier.</summary>
    public string Identifier => Path.Replace('.', '_');

    /// <summary>The name that goes out with the schema: at most 64 letters, digits, <c>_</c> and <c>-</c>, all of ASCII.</summary>
    public string SchemaName
    {
        get
        {
            var name = new StringBuilder();
            foreach (var c in Identifier)
            {
                name.Append(c < 128 && (char.IsLetterOrDigit(c) || c == '_') ? c : '_');
            }

            return name.Length <= 64 ? name.ToString() : name.ToString(0, 55) + "_" + Hash(Identifier);
        }
    }

    public static OutputTypeName Of(ITypeSymbol type, NullableAnnotation annotation)
    {
        var home = Home(type);
        var space = home?.ContainingNamespace is { IsGlobalNamespace: false } containing ? containing.ToDisplayString() : "";
        var name = new StringBuilder();
        Append(name, annotation == NullableAnnotation.Annotated ? type.WithNullableAnnotation(annotation) : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), space);
        var path = name.ToString();
        return new OutputTypeName(space, path.Length <= MaxLength ? path : path.Substring(0, MaxLength) + "_" + Hash(path));
    }

    /// <summary>An identifier for a type inside one contract; it need not be unique.</summary>
    public static string Simple(INamedTypeSymbol type)
    {
        var name = new StringBuilder();
        if (type.IsTupleType)
        {
            AppendElements(name, type, null);
        }
        else
        {
            name.Append(type.Name);
            AppendArguments(name, type, null);
        }

        // Elements and arguments of nested types are named with those around them.
        name.Replace('.', '_');
        return name.Length <= MaxLength ? name.ToString() : name.ToString(0, MaxLength);
    }

    /// <summary>The first type of the user's own in a type and its arguments.</summary>
    private static INamedTypeSymbol? Home(ITypeSymbol type)
    {
        while (type is IArrayTypeSymbol array)
        {
            type = array.ElementType;
        }

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        if (!IsFramework(named))
        {
            return named;
        }

        foreach (var argument in named.TypeArguments)
        {
            if (Home(argument) is { } home)
            {
                return home;
            }
        }

        return null;
    }

    private static bool IsFramework(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return type.SpecialType != SpecialType.None || space?.Name == "System";
    }

    private static void Append(StringBuilder name, ITypeSymbol type, string? home)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            name.Append("Nullable");
            type = nullable.TypeArguments[0];
        }
        else if (type.NullableAnnotation == NullableAnnotation.Annotated)
        {
            name.Append("Nullable");
        }

        if (type is IArrayTypeSymbol array)
        {
            name.Append("ArrayOf");
            Append(name, array.ElementType, home);
            return;
        }

        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            AppendElements(name, tuple, home);
            return;
        }

        if (home is not null && type is INamedTypeSymbol named && !IsFramework(named)
            && type.ContainingNamespace is { IsGlobalNamespace: false } space && space.ToDisplayString() is var own && own != home)
        {
            name.Append(own.Replace('.', '_')).Append('_');
        }

        for (var i = Depth(type); i > 0; i--)
        {
            name.Append(Outer(type, i).Name).Append('.');
        }

        name.Append(type.Name);
        if (type is INamedTypeSymbol generic)
        {
            AppendArguments(name, generic, home);
        }
    }

    private static void AppendArguments(StringBuilder name, INamedTypeSymbol type, string? home)
    {
        for (var i = 0; i < type.TypeArguments.Length; i++)
        {
            name.Append(i == 0 ? "Of" : "And");
            Append(name, type.TypeArguments[i], home);
        }
    }

    /// <summary>A tuple by the names of its elements too: another name is another contract.</summary>
    private static void AppendElements(StringBuilder name, INamedTypeSymbol tuple, string? home)
    {
        for (var i = 0; i < tuple.TupleElements.Length; i++)
        {
            name.Append(i == 0 ? "TupleOf" : "And").Append(tuple.TupleElements[i].Name).Append('_');
            Append(name, tuple.TupleElements[i].Type, home);
        }
    }

    private static int Depth(ITypeSymbol type)
    {
        var depth = 0;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            depth++;
        }

        return depth;
    }

    private static INamedTypeSymbol Outer(ITypeSymbol type, int levels)
    {
        var outer = type.ContainingType;
        for (var i = 1; i < levels; i++)
        {
            outer = outer.ContainingType;
        }

        return outer;
    }

    private static string Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
