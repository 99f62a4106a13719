using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>What the compiler makes of a call in the prompt's class.</summary>
internal static class MethodCall
{
    /// <summary>Whether a method can be called from the class with arguments by value: it is accessible, and takes nothing by a reference that needs a variable.</summary>
    public static bool IsPossible(IMethodSymbol prompt, IMethodSymbol method) =>
        method.Parameters.All(static parameter => parameter.RefKind is RefKind.None or RefKind.In) && CompilationOf(prompt).IsSymbolAccessibleWithin(method, prompt.ContainingType);

    /// <summary>Whether a value can be passed for a parameter of another type.</summary>
    public static bool IsConvertible(IMethodSymbol prompt, ITypeSymbol type, ITypeSymbol parameter) =>
        NamedMethodReader.Same(type, parameter) || CompilationOf(prompt).ClassifyConversion(type, parameter) is { IsImplicit: true, IsDynamic: false };

    /// <summary>The cast that has C# take the method of this parameter; null where the value is of the type already.</summary>
    public static string? Cast(ITypeSymbol type, ITypeSymbol parameter) =>
        NamedMethodReader.Same(type, parameter) || parameter.TypeKind == TypeKind.Dynamic ? null : TypeNames.Of(parameter);

    /// <summary>Whether a call by the method's name binds to it: another method may suit the arguments better, and another member may hide it.</summary>
    public static bool Binds(IMethodSymbol prompt, MethodFit fit)
    {
        var arguments = fit.Arguments.Select(argument =>
            $"{(fit.NamesArguments ? CSharpName.Escape(argument.Parameter.Name) + ": " : "")}{(argument.Argument.Cast is { } cast ? $"({cast})" : "")}default({TypeNames.Of(argument.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))})!");

        // There is no 'this' outside of a body.
        var owner = TypeNames.Of(prompt.ContainingType);
        var call = $"{(fit.Method.IsStatic ? owner : $"default({owner})!")}.{CSharpName.Escape(fit.Method.Name)}({string.Join(", ", arguments)})";
        return SymbolEqualityComparer.Default.Equals(SymbolOf(prompt, call), fit.Method);
    }

    /// <summary>What an instance property or field is that C# reads by a name; null where there is none that code of the prompt's class can read.</summary>
    public static ISymbol? Readable(IMethodSymbol prompt, ITypeSymbol type, string name) =>
        SymbolOf(prompt, $"default({TypeNames.Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))})!.{CSharpName.Escape(name)}") switch
        {
            IPropertySymbol { IsStatic: false, GetMethod: { } getter } property when CompilationOf(prompt).IsSymbolAccessibleWithin(getter, prompt.ContainingType, type) => property,
            IFieldSymbol { IsStatic: false } field => field,
            _ => null,
        };

    /// <summary>What an expression means in the prompt's class.</summary>
    private static ISymbol? SymbolOf(IMethodSymbol prompt, string expression) =>
        prompt.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax syntax
            ? CompilationOf(prompt).GetSemanticModel(syntax.SyntaxTree)
                .GetSpeculativeSymbolInfo(syntax.Span.End, SyntaxFactory.ParseExpression(expression), SpeculativeBindingOption.BindAsExpression).Symbol
            : null;

    private static Compilation CompilationOf(IMethodSymbol prompt) => ((ISourceAssemblySymbol)prompt.ContainingAssembly).Compilation;
}
