using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>
/// Names for the members that the generator adds to a prompt class. A name is free if it does not resolve in the class: it is no member of the class, a base
/// class or a containing class, and no type or namespace in scope, which a new member would hide.
/// </summary>
internal sealed class FreeNames
{
    private static readonly string[] Suffixes = ["Prompt", "Route", "Template", "Accepts", "Runtime", "Entry", "Cases"];

    private readonly INamedTypeSymbol _type;
    private readonly List<(SemanticModel Model, int Position)> _parts = [];

    public FreeNames(INamedTypeSymbol type)
    {
        _type = type;
        if (type.ContainingAssembly is not ISourceAssemblySymbol { Compilation: var compilation })
        {
            return;
        }

        var surroundings = new Surroundings();
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (!ContainerReader.IsGenerated(reference)
                && reference.GetSyntax() is TypeDeclarationSyntax { OpenBraceToken.Span: { Length: > 0, End: var position } } part
                && surroundings.IsNew(part))
            {
                _parts.Add((compilation.GetSemanticModel(reference.SyntaxTree), position));
            }
        }
    }

    /// <summary>Whether <c>var</c> is the name of a type in the class.</summary>
    public bool IsVarTaken => _parts.Exists(static part => !part.Model.LookupNamespacesAndTypes(part.Position, name: "var").IsEmpty);

    /// <summary>The name, followed by as many underscores as it needs to be free.</summary>
    public string Of(string name)
    {
        while (!IsFree(name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>What the names of a prompt's members start with: its name and, where it is overloaded, its number; with a hash where a name is taken.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="overload">How many prompts of its name are declared before it.</param>
    public string Stem(IMethodSymbol prompt, int overload)
    {
        var number = overload == 0 ? "" : overload.ToString(CultureInfo.InvariantCulture);
        var stem = prompt.Name + number;
        for (var attempt = 0; !IsStem(stem, prompt); attempt++)
        {
            stem = $"{prompt.Name}_{new TextHash().Add(prompt.Name).Add('#').Add(number).Add('#').Add(attempt.ToString(CultureInfo.InvariantCulture))}";
        }

        return stem;
    }

    private bool IsStem(string stem, IMethodSymbol prompt) =>
        (stem == prompt.Name || _type.GetMembers(stem).IsEmpty)
        && Suffixes.All(suffix => IsFree(stem + suffix) && prompt.Parameters.All(parameter => parameter.Name != stem + suffix));

    // A member of any arity takes the name; looked up is what has none.
    private bool IsFree(string name) =>
        _type.GetMembers(name).All(ContainerReader.IsGenerated)
        && _parts.TrueForAll(part => part.Model.LookupSymbols(part.Position, name: name).All(ContainerReader.IsGenerated));
}
