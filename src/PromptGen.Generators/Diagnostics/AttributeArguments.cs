using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Diagnostics;

/// <summary>The arguments of an attribute as they are written.</summary>
internal sealed class AttributeArguments
{
    private readonly List<ExpressionSyntax> _positional = [];
    private readonly Dictionary<string, ExpressionSyntax> _named = [];
    private readonly Dictionary<ExpressionSyntax, ExpressionSyntax?[]> _elements = [];

    public AttributeArguments(AttributeSyntax attribute)
    {
        foreach (var argument in attribute.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals is null)
            {
                _positional.Add(argument.Expression);
            }
            else if (argument.NameEquals.Name.Identifier.ValueText is var name && !_named.ContainsKey(name))
            {
                _named.Add(name, argument.Expression);
            }
        }
    }

    /// <summary><c>#2</c> is the third positional argument, <c>Name</c> a named one, <c>Name#1</c> the second element of a named array.</summary>
    public ExpressionSyntax? Find(string argument)
    {
        var parts = argument.Split('#');
        var index = parts.Length > 1 && int.TryParse(parts[1], out var parsed) ? parsed : -1;
        if (parts[0].Length > 0)
        {
            _named.TryGetValue(parts[0], out var named);
            return Element(named, index) ?? named;
        }

        return _positional.Count == 1
            ? Element(_positional[0], index) ?? _positional[0]
            : index >= 0 && index < _positional.Count ? _positional[index] : null;
    }

    private ExpressionSyntax? Element(ExpressionSyntax? array, int index)
    {
        if (array is null || index < 0)
        {
            return null;
        }

        if (!_elements.TryGetValue(array, out var elements))
        {
            _elements.Add(array, elements = ElementsOf(array));
        }

        return index < elements.Length ? elements[index] : null;
    }

    // Taken at once: the syntax finds each one from the first.
    private static ExpressionSyntax?[] ElementsOf(ExpressionSyntax array) => array switch
    {
        CollectionExpressionSyntax collection => [.. collection.Elements.Select(static element => (element as ExpressionElementSyntax)?.Expression)],
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax implicitArray => [.. implicitArray.Initializer.Expressions],
        _ => [],
    };
}
