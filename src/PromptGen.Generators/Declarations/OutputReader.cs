using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>What a prompt method returns.</summary>
/// <param name="Kind">How the result is handed over.</param>
/// <param name="Type">The output type, which is that of an element where elements are streamed; null where the return type is not supported.</param>
internal readonly record struct Output(ReturnKind Kind, ITypeSymbol? Type);

/// <summary>Takes the output type out of a return type.</summary>
internal static class OutputReader
{
    public static Output Read(IMethodSymbol method)
    {
        if (method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1, Name: "IAsyncEnumerable" } stream
            && KnownTypes.IsIn(stream, "System", "Collections", "Generic"))
        {
            return Streamed(stream.TypeArguments[0]);
        }

        if (method.ReturnType is INamedTypeSymbol { Name: "IChatClient" } client && KnownTypes.IsIn(client, "Microsoft", "Extensions", "AI"))
        {
            return new Output(ReturnKind.ChatClient, null);
        }

        if (method.ReturnType is not INamedTypeSymbol { TypeArguments.Length: 1, Name: "Task" or "ValueTask" } task
            || !KnownTypes.IsIn(task, "System", "Threading", "Tasks"))
        {
            return new Output(ReturnKind.Unsupported, null);
        }

        var type = task.TypeArguments[0];
        if (type is INamedTypeSymbol { Name: "PromptResult", TypeArguments.Length: 1 } result && KnownTypes.IsIn(result, "PromptGen"))
        {
            return Of(ReturnKind.Result, result.TypeArguments[0]);
        }

        return Of(ReturnKind.Value, type);
    }

    /// <summary>The list that elements are streamed from: what goes over the wire.</summary>
    public static ITypeSymbol ListOf(IMethodSymbol method, ITypeSymbol element) =>
        ((ISourceAssemblySymbol)method.ContainingAssembly).Compilation
            .GetSpecialType(SpecialType.System_Collections_Generic_IReadOnlyList_T)
            .Construct(ImmutableArray.Create(element), ImmutableArray.Create(element.NullableAnnotation));

    private static Output Streamed(ITypeSymbol item)
    {
        if (item is INamedTypeSymbol { Name: "PromptSnapshot", TypeArguments.Length: 1 } snapshot && KnownTypes.IsIn(snapshot, "PromptGen"))
        {
            var whole = snapshot.TypeArguments[0];
            return whole.SpecialType == SpecialType.System_String ? new Output(ReturnKind.Unsupported, null) : Of(ReturnKind.SnapshotStream, whole);
        }

        var isText = item is { SpecialType: SpecialType.System_String, NullableAnnotation: not NullableAnnotation.Annotated };
        return Of(isText ? ReturnKind.TextStream : ReturnKind.ElementStream, item);
    }

    private static Output Of(ReturnKind kind, ITypeSymbol type) =>
        type.TypeKind is TypeKind.Error or TypeKind.TypeParameter ? new Output(ReturnKind.Unsupported, null) : new Output(kind, type);
}
