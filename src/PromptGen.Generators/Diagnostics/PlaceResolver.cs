using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>Finds the narrowest source location of a <see cref="Place"/>.</summary>
internal sealed class PlaceResolver(
    IMethodSymbol method, PromptPlan plan, PromptAnalysis analysis, Compilation compilation, CancellationToken cancellationToken)
{
    private readonly MethodDeclarationSyntax? _syntax =
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax;

    public Location Resolve(Place place) => place switch
    {
        Place.ReturnType => _syntax?.ReturnType.GetLocation(),
        Place.Parameter parameter when parameter.Index < method.Parameters.Length => method.Parameters[parameter.Index].Locations.FirstOrDefault(),
        Place.Attribute attribute => Attribute(attribute),
        Place.Template template => Template(template),
        Place.File file => File(analysis.FileAt(file.Path), file.Span) ?? Attribute(new Place.Attribute("OutputSchema")),
        Place.Member member => Member(member),
        Place.TypeAttribute attribute => TypeAttribute(attribute),
        _ => null,
    } ?? Name;

    private Location Name => _syntax?.Identifier.GetLocation() ?? method.Locations.FirstOrDefault() ?? Location.None;

    private AttributeSyntax? Syntax(string name, int index) => Attributes(name)
        .ElementAtOrDefault(index)?
        .ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    /// <summary>The method's attributes of that name; a template for repairs may stand around it as well.</summary>
    private IEnumerable<AttributeData> Attributes(string name)
    {
        var own = method.GetAttributes().Where(attribute => attribute.PromptGenName() == name);
        return name == "RepairTemplate" ? own.Concat(RepairDeclaration.Around(method)) : own;
    }

    private Location? Attribute(Place.Attribute place)
    {
        var syntax = Syntax(place.Name, place.Index);
        if (syntax is null || place.Argument is null)
        {
            return syntax?.GetLocation();
        }

        return (Argument(syntax, place.Argument) ?? (SyntaxNode)syntax).GetLocation();
    }

    /// <summary><c>#2</c> is the third positional argument, <c>Name</c> a named one, <c>Name#1</c> the second element of a named array.</summary>
    private static ExpressionSyntax? Argument(AttributeSyntax attribute, string argument)
    {
        var parts = argument.Split('#');
        var index = parts.Length > 1 && int.TryParse(parts[1], out var parsed) ? parsed : -1;
        var arguments = attribute.ArgumentList?.Arguments.ToArray() ?? [];
        if (parts[0].Length > 0)
        {
            var named = arguments.FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == parts[0])?.Expression;
            return Element(named, index) ?? named;
        }

        var positional = arguments.Where(static candidate => candidate.NameEquals is null).Select(static candidate => candidate.Expression).ToArray();
        return positional.Length == 1
            ? Element(positional[0], index) ?? positional[0]
            : index >= 0 && index < positional.Length ? positional[index] : null;
    }

    private static ExpressionSyntax? Element(ExpressionSyntax? array, int index) => index < 0 ? null : array switch
    {
        CollectionExpressionSyntax collection => (collection.Elements.ElementAtOrDefault(index) as ExpressionElementSyntax)?.Expression,
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.ElementAtOrDefault(index),
        ImplicitArrayCreationExpressionSyntax implicitArray => implicitArray.Initializer.Expressions.ElementAtOrDefault(index),
        _ => null,
    };

    private Location? Template(Place.Template place)
    {
        var isRepair = place.Index == RepairDeclaration.TemplateIndex;
        if (place.Index >= plan.Declaration.Templates.Count || Syntax(isRepair ? "RepairTemplate" : "PromptTemplate", isRepair ? 0 : place.Index) is not { } syntax)
        {
            return null;
        }

        if (File(analysis.File(isRepair ? plan.Declaration.Repair?.File : plan.Declaration.Templates[place.Index].File), place.Span) is { } location)
        {
            return location;
        }

        var expression = Argument(syntax, "#0");
        return expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? Location.Create(literal.SyntaxTree, StringLiteralMap.Map(literal.Token, place.Span))
            : expression?.GetLocation() ?? syntax.GetLocation();
    }

    private Location? File(AdditionalText? file, TextSpan place)
    {
        if (file?.GetText(cancellationToken) is not { } text)
        {
            return null;
        }

        var span = Clamp(place, text.Length);
        return Location.Create(file.Path, span, text.Lines.GetLinePositionSpan(span));
    }

    private static TextSpan Clamp(TextSpan span, int length) =>
        TextSpan.FromBounds(System.Math.Min(span.Start, length), System.Math.Min(span.End, length));

    private Location? TypeAttribute(Place.TypeAttribute place)
    {
        var syntax = compilation.GetTypeByMetadataName(place.Type)?.GetAttributes()
            .Where(attribute => attribute.IsPromptGen(place.Name))
            .ElementAtOrDefault(place.Index)?
            .ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
        return syntax is not null && compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            ? (Argument(syntax, "#0") ?? (SyntaxNode)syntax).GetLocation()
            : _syntax?.ReturnType.GetLocation();
    }

    private Location? Member(Place.Member place)
    {
        var member = MemberOf(TypeNamed(place.Type), place.Name);

        // In an editor a referenced project's types have source too, but a diagnostic may only stand in this project's.
        var location = member?.Locations.FirstOrDefault(candidate => candidate.IsInSource && compilation.ContainsSyntaxTree(candidate.SourceTree!));
        return location ?? _syntax?.ReturnType.GetLocation();
    }

    /// <summary>The type of that name; the dots behind the namespace may stand for nesting.</summary>
    private INamedTypeSymbol? TypeNamed(string name)
    {
        var type = compilation.GetTypeByMetadataName(name);
        for (var dot = name.LastIndexOf('.'); type is null && dot > 0; dot = name.LastIndexOf('.'))
        {
            name = name.Substring(0, dot) + "+" + name.Substring(dot + 1);
            type = compilation.GetTypeByMetadataName(name);
        }

        return type;
    }

    private static ISymbol? MemberOf(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).FirstOrDefault() is { } member)
            {
                return member;
            }
        }

        return null;
    }
}
