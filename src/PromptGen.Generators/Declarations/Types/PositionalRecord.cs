using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>
/// Reads the members of a record that is nothing but its parameters, <c>record Triage(string Queue, int Urgency);</c>, from its syntax. Asked for any
/// member of a record, the compiler makes all of those that it adds itself, a dozen methods with their overrides: that would cost more
/// than everything else that is done for a prompt.
/// </summary>
internal static class PositionalRecord
{
    /// <summary>The members, or null where the type says anything that only its symbol knows how to read.</summary>
    public static List<OutputMember>? TryRead(INamedTypeSymbol type)
    {
        if (!type.IsRecord
            || !SymbolEqualityComparer.Default.Equals(type, type.OriginalDefinition)
            || type.DeclaringSyntaxReferences is not { Length: 1 } references
            || references[0].GetSyntax() is not RecordDeclarationSyntax { BaseList: null, Members.Count: 0, ParameterList.Parameters: { Count: > 0 and <= OutputMembers.Most } parameters }
            || type.ContainingAssembly is not ISourceAssemblySymbol { Compilation: var compilation })
        {
            return null;
        }

        // Of two parameters with one name, only the symbol says which property there is.
        var names = new HashSet<string>();
        foreach (var parameter in parameters)
        {
            if (parameter is not { AttributeLists.Count: 0, Modifiers.Count: 0, Default: null, Type: not null, Identifier.ValueText: { Length: > 0 } name } || !names.Add(name))
            {
                return null;
            }
        }

        var model = compilation.GetSemanticModel(references[0].SyntaxTree);
        var members = new List<OutputMember>(parameters.Count);
        foreach (var parameter in parameters)
        {
            if (model.GetTypeInfo(parameter.Type!).Type is not { } parameterType)
            {
                return null;
            }

            // A type that is asked for by itself comes without the annotation that it is written with.
            var isAnnotated = parameter.Type is NullableTypeSyntax;
            members.Add(new OutputMember(
                parameter.Identifier.ValueText, isAnnotated ? parameterType.WithNullableAnnotation(NullableAnnotation.Annotated) : parameterType));
        }

        return members;
    }
}
