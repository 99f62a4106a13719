using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Declarations;

/// <summary>
/// The directives and namespaces around the parts of a class. Names resolve alike in parts with the same directives in the same namespaces, so that
/// a name is looked up in only one of them. A class may have as many parts as prompts.
/// </summary>
internal sealed class Surroundings
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<SyntaxTree, string> _files = [];

    /// <summary>Whether no part before had the same surroundings.</summary>
    public bool IsNew(TypeDeclarationSyntax part)
    {
        var key = new StringBuilder(FileOf(part.SyntaxTree));
        for (var node = part.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case BaseNamespaceDeclarationSyntax space:
                    key.Append(space.Externs).Append(space.Usings).Append('}').Append(space.Name).Append('\n');
                    break;
                case CompilationUnitSyntax file:
                    key.Append(file.Externs).Append(file.Usings);
                    break;
            }
        }

        return _known.Add(key.ToString());
    }

    /// <summary>A file that declares types for itself is like no other.</summary>
    private string FileOf(SyntaxTree tree)
    {
        if (!_files.TryGetValue(tree, out var file))
        {
            _files.Add(tree, file = HasOwnTypes(((CompilationUnitSyntax)tree.GetRoot()).Members) ? _files.Count + "\n" : "");
        }

        return file;
    }

    private static bool HasOwnTypes(SyntaxList<MemberDeclarationSyntax> members) => members.Any(static member =>
        member is BaseNamespaceDeclarationSyntax space ? HasOwnTypes(space.Members) : member.Modifiers.Any(SyntaxKind.FileKeyword));
}
