using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Acme.Patterns.Compilation;

/// <summary>What code of a model may use. Everything else is rejected, by the symbols that the compiler found, not by the words of the code.</summary>
internal static class AllowList
{
    private static readonly HashSet<string> Namespaces = ["System.Collections.Generic", "System.Linq"];

    private static readonly HashSet<string> Types =
    [
        .. new[]
        {
            "Object", "Void", "Boolean", "Char", "String", "Byte", "SByte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Single", "Double", "Decimal", "ValueType", "Enum",
            "Nullable", "ValueTuple", "Tuple", "Array", "Index", "Range", "Span", "ReadOnlySpan", "MemoryExtensions", "Math", "Convert", "HashCode", "DateOnly", "TimeSpan",
            "StringComparison", "StringComparer", "StringSplitOptions", "Func", "Action", "Predicate", "Comparison", "IComparable", "IEquatable", "IDisposable",
            "Exception", "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "InvalidOperationException", "NotSupportedException", "FormatException", "OverflowException",
            "DivideByZeroException", "IndexOutOfRangeException", "Collections.IEnumerable", "Collections.IEnumerator", "Text.StringBuilder",
        }.Select(static name => $"System.{name}"),
    ];

    // Attributes can change what the compiler and the runtime do. A destructor runs on another thread. The members that the compiler writes for a record can recurse without a step.
    private static readonly Dictionary<SyntaxKind, string> Syntax = new()
    {
        [SyntaxKind.AttributeList] = "attributes",
        [SyntaxKind.AsyncKeyword] = "async",
        [SyntaxKind.AwaitExpression] = "await",
        [SyntaxKind.DestructorDeclaration] = "destructors",
        [SyntaxKind.ExternKeyword] = "extern",
        [SyntaxKind.GotoStatement] = "goto",
        [SyntaxKind.GotoCaseStatement] = "goto",
        [SyntaxKind.GotoDefaultStatement] = "goto",
        [SyntaxKind.RecordDeclaration] = "records",
        [SyntaxKind.RecordStructDeclaration] = "records",
        [SyntaxKind.StackAllocArrayCreationExpression] = "stackalloc",
        [SyntaxKind.ImplicitStackAllocArrayCreationExpression] = "stackalloc",
        [SyntaxKind.UnsafeKeyword] = "unsafe",
    };

    /// <summary>What the code uses that is not allowed, each once.</summary>
    public static IReadOnlyList<string> Violations(SemanticModel model, SyntaxNode root, CancellationToken cancellationToken)
    {
        var syntax = root.DescendantNodesAndTokens().Select(static item => Syntax.GetValueOrDefault(item.Kind())).OfType<string>();
        var types = root.DescendantNodes()
            .SelectMany(node => UsedBy(node, model, cancellationToken))
            .Where(type => !IsAllowed(type, model.Compilation.Assembly))
            .Select(static type => type.ToDisplayString());

        return [.. syntax.Concat(types).Distinct()];
    }

    private static IEnumerable<ITypeSymbol> UsedBy(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        var type = model.GetTypeInfo(node, cancellationToken);
        ITypeSymbol?[] types = model.GetSymbolInfo(node, cancellationToken).Symbol switch
        {
            ITypeSymbol named => [named],
            IMethodSymbol method => [method.ContainingType, method.ReturnType, .. method.TypeArguments],
            IPropertySymbol property => [property.ContainingType, property.Type],
            IFieldSymbol field => [field.ContainingType, field.Type],
            IEventSymbol raised => [raised.ContainingType, raised.Type],
            _ => [],
        };

        return types.Append(type.Type).Append(type.ConvertedType).OfType<ITypeSymbol>();
    }

    private static bool IsAllowed(ITypeSymbol type, IAssemblySymbol own) => type switch
    {
        ITypeParameterSymbol or IErrorTypeSymbol => true, // the code has compiled: a name that is no type
        IArrayTypeSymbol array => IsAllowed(array.ElementType, own),
        INamedTypeSymbol named => named.TypeArguments.All(argument => IsAllowed(argument, own))
            && (named.ContainingType is { } outer ? IsAllowed(outer, own) : SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, own) || IsListed(named)),
        _ => false, // pointers, dynamic
    };

    private static bool IsListed(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace.ToDisplayString();

        return Namespaces.Contains(space) || Types.Contains($"{space}.{type.Name}");
    }
}
