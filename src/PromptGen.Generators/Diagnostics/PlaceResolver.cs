using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>Finds the narrowest source location of a <see cref="Place"/>.</summary>
internal sealed class PlaceResolver(
    IMethodSymbol method, PromptPlan plan, PromptAnalysis analysis, Compilation compilation, CancellationToken cancellationToken)
{
    private readonly MethodDeclarationSyntax? _syntax =
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax;

    // A template can have as many findings as it has tags: what leads to their places is found once.
    private readonly Dictionary<string, AttributeData[]> _attributes = [];
    private readonly Dictionary<AttributeSyntax, AttributeArguments> _arguments = [];
    private readonly Dictionary<SyntaxToken, StringLiteralMap> _literals = [];
    private readonly Dictionary<AdditionalText, SourceText?> _texts = [];

    public Location Resolve(Place place) => place switch
    {
        Place.ReturnType => _syntax?.ReturnType.GetLocation(),
        Place.Parameter parameter when parameter.Index < method.Parameters.Length => method.Parameters[parameter.Index].Locations.FirstOrDefault(),
        Place.Constructor constructor => method.ContainingType.InstanceConstructors.ElementAtOrDefault(constructor.Index)?.Locations.FirstOrDefault(),
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

    /// <summary>The method's attributes of that name; for repair templates also those of the containing classes and of the assembly.</summary>
    private AttributeData[] Attributes(string name)
    {
        if (!_attributes.TryGetValue(name, out var attributes))
        {
            var own = method.GetAttributes().Where(attribute => attribute.PromptGenName() == name);
            _attributes.Add(name, attributes = [.. name == "RepairTemplate" ? own.Concat(RepairReader.Around(method)) : own]);
        }

        return attributes;
    }

    private ExpressionSyntax? Argument(AttributeSyntax attribute, string argument)
    {
        if (!_arguments.TryGetValue(attribute, out var arguments))
        {
            _arguments.Add(attribute, arguments = new AttributeArguments(attribute));
        }

        return arguments.Find(argument);
    }

    private Location? Attribute(Place.Attribute place)
    {
        var syntax = Syntax(place.Name, place.Index);
        if (syntax is null || place.Argument is null)
        {
            return syntax?.GetLocation();
        }

        var argument = Argument(syntax, place.Argument);
        return place.Within is { } within && argument is not null ? Within(argument, within) : (argument ?? (SyntaxNode)syntax).GetLocation();
    }

    /// <summary>A stretch of a string, where it is written as a literal; else the whole expression.</summary>
    private Location Within(ExpressionSyntax expression, TextSpan span) =>
        expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? Location.Create(literal.SyntaxTree, MapOf(literal.Token).Map(span))
            : expression.GetLocation();

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

        return Argument(syntax, "#0") is { } expression ? Within(expression, place.Span) : syntax.GetLocation();
    }

    private StringLiteralMap MapOf(SyntaxToken literal)
    {
        if (!_literals.TryGetValue(literal, out var map))
        {
            _literals.Add(literal, map = new StringLiteralMap(literal));
        }

        return map;
    }

    private Location? File(AdditionalText? file, TextSpan place)
    {
        if (file is null || TextOf(file) is not { } text)
        {
            return null;
        }

        var span = Clamp(place, text.Length);
        return Location.Create(file.Path, span, text.Lines.GetLinePositionSpan(span));
    }

    private SourceText? TextOf(AdditionalText file)
    {
        if (!_texts.TryGetValue(file, out var text))
        {
            _texts.Add(file, text = file.GetText(cancellationToken));
        }

        return text;
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

        // In an editor, the types of a referenced project have source too, but a diagnostic must be located in the source of this project.
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
