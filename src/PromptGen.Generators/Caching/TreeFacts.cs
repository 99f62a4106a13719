using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations.Symbols;

namespace PromptGen.Generators.Caching;

/// <summary>What one file says about names, taken from its syntax alone and kept as long as its tree lives.</summary>
internal sealed class TreeFacts
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeFacts> Known = new();

    private TreeFacts(CompilationUnitSyntax root)
    {
        var identifiers = new HashSet<string>();
        var types = new HashSet<string>();
        var bases = new HashSet<string>();
        var surface = new StringBuilder();
        foreach (var token in root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
            {
                identifiers.Add(token.ValueText);
            }
        }

        foreach (var usingDirective in root.Usings.Where(static usingDirective => usingDirective.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword)))
        {
            HasGlobalUsings = true;
            surface.Append(usingDirective.ToString()).Append('\n');
        }

        foreach (var externAlias in root.Externs)
        {
            surface.Append(externAlias.ToString()).Append('\n');
        }

        Declare(root.Members, types, bases, surface);
        Identifiers = identifiers.ToArray();
        Types = types.ToArray();
        Bases = bases.ToArray();
        Surface = surface.ToString();
    }

    /// <summary>Every identifier of the file, each once.</summary>
    public string[] Identifiers { get; }

    /// <summary>The simple names of the types that the file declares.</summary>
    public string[] Types { get; }

    /// <summary>The simple names of what those types derive from: an abstract type is as much what derives from it.</summary>
    public string[] Bases { get; }

    /// <summary>What the file adds to the names that other files can see: its types with their namespaces and bases, and its global usings.</summary>
    public string Surface { get; }

    public bool HasGlobalUsings { get; }

    public static TreeFacts Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!Known.TryGetValue(tree, out var facts))
        {
            var root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
            facts = Known.GetValue(tree, _ => new TreeFacts(root));
        }

        return facts;
    }

    private static void Declare(SyntaxList<MemberDeclarationSyntax> members, HashSet<string> types, HashSet<string> bases, StringBuilder surface)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    surface.Append(space.Name).Append("{\n");
                    Declare(space.Members, types, bases, surface);
                    surface.Append("}\n");
                    break;
                case BaseTypeDeclarationSyntax type:
                    var arity = (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count ?? 0;
                    Name(type.Identifier.ValueText, arity);
                    foreach (var item in type.BaseList?.Types ?? default)
                    {
                        if (UnionTypes.Name(item.Type) is { } name)
                        {
                            bases.Add(name);
                            surface.Append(':').Append(name).Append('\n');
                        }
                    }

                    if (type is TypeDeclarationSyntax container)
                    {
                        surface.Append("{\n");
                        Declare(container.Members, types, bases, surface);
                        surface.Append("}\n");
                    }

                    break;
                case DelegateDeclarationSyntax type:
                    Name(type.Identifier.ValueText, type.TypeParameterList?.Parameters.Count ?? 0);
                    break;
            }
        }

        void Name(string name, int arity)
        {
            types.Add(name);
            surface.Append(name).Append('`').Append(arity).Append('\n');
        }
    }
}
