using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>Finds what the names of a template mean, and says so where they mean nothing.</summary>
/// <param name="parameters">The parameters of the prompt method.</param>
/// <param name="previous">The answer of an earlier step, which is none of them; null where there is none.</param>
/// <param name="templateIndex">The template's number.</param>
/// <param name="findings">Receives what is wrong.</param>
internal sealed class PathResolver(EquatableArray<ParameterDeclaration> parameters, ResolvedPath? previous, int templateIndex, List<Finding> findings)
{
    private const string RuntimeTypeName = "global::PromptGen.PromptRuntime";

    /// <summary>The most names that a message lists.</summary>
    private const int MaxListed = 24;

    private static readonly ConditionalWeakTable<ObjectShape, NameTable<MemberShape>> MemberTables = new();

    private NameTable<ParameterDeclaration>? _parameters;

    private NameTable<ParameterDeclaration> Parameters => _parameters ??= new(parameters.Where(IsBindable), static parameter => parameter.Name);

    /// <summary>Whether a template can name the parameter: the call's plumbing is no part of the prompt.</summary>
    public static bool IsBindable(ParameterDeclaration parameter) => parameter.IsData && parameter.TypeName is not (RuntimeTypeName or RuntimeTypeName + "?");

    /// <summary>Whether a template can name a parameter in exactly these letters.</summary>
    public bool HasParameter(string name) => Parameters.Find(name)?.Name == name;

    /// <summary>What a path leads to; null where it leads nowhere, which is reported unless a type is at fault that does not exist.</summary>
    public ResolvedPath? Resolve(PathSyntax path, TemplateScope scope)
    {
        for (var i = 0; i < path.Up; i++)
        {
            if (scope.Outer is null)
            {
                SyntaxError(path.Span, $"'{Written(path)}' leads out of the template: remove a '../', which leads out of one #each");
                return null;
            }

            scope = scope.Outer;
        }

        if (path.Data is not null && path.Data != "root")
        {
            return ResolveData(path, scope) is { } data ? Follow(data, path, 0, scope) : null;
        }

        if (path.Data == "root")
        {
            scope = scope.Root;
        }

        if (!scope.IsRoot)
        {
            return scope.Item is { } item ? Follow(item, path, 0, scope) : null;
        }

        if (path.Segments.Count == 0)
        {
            SyntaxError(path.Span, "'this' stands for all parameters here: write {{json this}}, or name one");
            return null;
        }

        return FindParameter(path.Segments[0]) is { } found ? Follow(found, path, 1, scope) : null;
    }

    public static ResolvedPath Of(ParameterDeclaration parameter) =>
        new(new BoundPath(CSharpName.EscapeReserved(parameter.FieldName), default, parameter.Shape.Value), parameter.Shape, parameter);

    public void SyntaxError(TextSpan span, string message, string? fix = null) => findings.Add(Finding.At(new Place.Template(templateIndex, span), "PG0205", message) with { Fix = fix });

    private ResolvedPath? ResolveData(PathSyntax path, TemplateScope scope)
    {
        if (path.Data is not ("index" or "first" or "last" or "key"))
        {
            // C# writes '@' before a parameter that has the name of a keyword.
            var isParameter = path.Data is { } name && path.Segments.Count == 0 && HasParameter(name);
            SyntaxError(
                path.Span,
                isParameter ? $"A template names a parameter without '@': write {{{{{path.Data}}}}}" : $"'@{path.Data}' is not supported; there are @index, @first, @last, @key and @root",
                isParameter ? path.Data : null);
            return null;
        }

        if (scope.IsRoot)
        {
            SyntaxError(path.Span, $"'@{path.Data}' is used outside of an #each: move it into one, or remove it");
            return null;
        }

        if (path.Data == "key" && scope.Key is not null)
        {
            return scope.Key;
        }

        scope.UsesIndex = true;
        scope.UsesCount |= path.Data == "last";
        return path.Data switch
        {
            "first" => Own($"{scope.Index} == 0", ValueShape.Boolean),
            "last" => Own($"{scope.Index} == {scope.Collection}.{scope.CountMember} - 1", ValueShape.Boolean),
            _ => Own(scope.Index, ValueShape.Int32),
        };
    }

    private static ResolvedPath Own(string expression, ValueShape shape) => new(new BoundPath(expression, default, shape), new TypeShape(shape), null);

    private ResolvedPath? FindParameter(PathSegment segment)
    {
        if (Parameters.Find(segment.Name) is { } found)
        {
            return Of(found);
        }

        if (previous is not null && CSharpName.IsSameButForFirstLetter(segment.Name, previous.Parameter!.Name))
        {
            return previous;
        }

        var hint = segment.Name == PreviousParameter.Name ? "a previous answer is there only in the templates of a prompt that returns a task; " : "";
        ReportUnknown(segment, Parameters, hint + "the prompt's parameters are", hint + "the prompt has no parameters", "", outward: null);
        return null;
    }

    private ResolvedPath? Follow(ResolvedPath start, PathSyntax path, int firstSegment, TemplateScope scope)
    {
        var shape = start.Path.Shape;
        var steps = new List<BoundStep>(start.Path.Steps);
        for (var i = firstSegment; i < path.Segments.Count; i++)
        {
            if (shape.Kind == ShapeKind.Unknown)
            {
                return null;
            }

            var segment = path.Segments[i];
            if (FindMember(start.Type, shape, segment.Name) is not { } member)
            {
                var outward = i == 0 && !path.StartsWithThis && path.Data is null ? Outward(segment.Name, scope) : null;
                ReportUnknown(segment, MembersOf(start.Type, shape), $"{shape.Name} has", $"{shape.Name} has no members that a template can read", shape.Name, outward);
                return null;
            }

            steps.Add(new BoundStep(CSharpName.EscapeReserved(member.Name), shape.CanBeNull));
            shape = member.Value;
        }

        return start with { Path = new BoundPath(start.Path.Root, steps.ToEquatableArray(), shape) };
    }

    private static MemberShape? FindMember(TypeShape type, ValueShape shape, string name) => MembersOf(type, shape)?.Find(name);

    private static NameTable<MemberShape>? MembersOf(TypeShape type, ValueShape shape) =>
        type.MembersOf(shape) is { } found ? MemberTables.GetValue(found, static key => Table(key.Members))
        : CountOf(shape) is { } count ? Table([new MemberShape(count, null, ValueShape.Int32)])
        : null;

    private static NameTable<MemberShape> Table(IEnumerable<MemberShape> members) => new(members, static member => member.Name);

    private static string? CountOf(ValueShape shape) => shape.Kind == ShapeKind.Text ? "Length" : shape.CountMember;

    /// <summary>The way from inside a loop to a parameter of that name: Handlebars does not look outside by itself.</summary>
    private string? Outward(string name, TemplateScope scope)
    {
        if ((Parameters.Find(name) ?? (name == previous?.Parameter?.Name ? previous.Parameter : null)) is not { } parameter)
        {
            return null;
        }

        var up = "";
        for (var outer = scope.Outer; outer is not null; outer = outer.Outer)
        {
            up += "../";
        }

        return up + parameter.Name;
    }

    private void ReportUnknown<T>(PathSegment segment, NameTable<T>? names, string introduction, string none, string owner, string? outward)
        where T : class
    {
        var fix = outward ?? names?.Closest(segment.Name);
        var known = names is null or { Count: 0 } ? none : $"{introduction} {string.Join(", ", names.Names.Take(MaxListed))}{(names.Count > MaxListed ? ", …" : "")}";
        var suggestion = fix is null ? known : $"did you mean '{fix}'? {char.ToUpperInvariant(known[0])}{known.Substring(1)}";
        findings.Add(new Finding("PG0202", new Place.Template(templateIndex, segment.Span), new EquatableArray<string>([segment.Name, suggestion, owner]), fix));
    }

    private static string Written(PathSyntax path)
    {
        var text = new StringBuilder();
        for (var i = 0; i < path.Up; i++)
        {
            text.Append("../");
        }

        text.Append(path.Data is null ? "" : "@" + path.Data);
        foreach (var segment in path.Segments)
        {
            text.Append(text.Length == 0 || text[text.Length - 1] == '/' ? "" : ".").Append(segment.Name);
        }

        return text.ToString();
    }
}
