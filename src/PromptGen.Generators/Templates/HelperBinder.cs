using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>Binds the arguments of <c>role</c>, <c>json</c>, <c>media</c> and <c>schema</c>.</summary>
internal sealed class HelperBinder(
    EquatableArray<ParameterDeclaration> parameters,
    PathResolver resolver,
    Func<PathSyntax, TemplateScope, ResolvedPath?> resolve,
    Action<ResolvedPath, TextSpan> use)
{
    private const int MaxIndent = 10;

    private static readonly NameIndex Roles = new(["system", "user", "assistant", "model"]);

    public BoundRole? BindRole(HelperNode node)
    {
        if (node.Arguments.Count == 1 && node.Arguments[0] is { Name: null, Kind: ArgumentKind.String } argument)
        {
            switch (argument.Text)
            {
                case "system": return new BoundRole("System");
                case "user": return new BoundRole("User");
                case "model" or "assistant": return new BoundRole("Assistant");
            }
        }

        resolver.SyntaxError(
            node.Arguments.Count > 0 ? node.Arguments[0].Span : node.NameSpan,
            "'role' takes one of \"system\", \"user\", \"assistant\" and \"model\", in quotes",
            node.Arguments.Count == 1 && node.Arguments[0] is { Name: null } word && Roles.Closest(word.Text) is { } meant ? $"\"{meant}\"" : null);
        return null;
    }

    public void ExpectNoArguments(HelperNode node)
    {
        if (node.Arguments.Count > 0)
        {
            resolver.SyntaxError(node.Arguments[0].Span, $"'{node.Name}' takes no argument: remove it");
        }
    }

    public BoundNode? BindJson(HelperNode node, TemplateScope scope)
    {
        PathSyntax? subject = null;
        var indent = 0;
        foreach (var argument in node.Arguments)
        {
            if (argument is { Name: null, Kind: ArgumentKind.Path } && subject is null)
            {
                subject = argument.Path;
            }
            else if (argument is not { Name: "indent", Kind: ArgumentKind.Number }
                || !int.TryParse(argument.Text, NumberStyles.None, CultureInfo.InvariantCulture, out indent)
                || indent > MaxIndent)
            {
                resolver.SyntaxError(argument.Span, "'json' takes one value and 'indent' from 0 to 10: {{json order indent=2}}");
                return null;
            }
        }

        if (subject is null)
        {
            resolver.SyntaxError(node.NameSpan, "'json' needs a value: {{json order}}");
            return null;
        }

        if (IsAllParameters(subject, scope))
        {
            return BindJsonOfAll(subject, indent);
        }

        if (resolve(subject, scope) is not { } value || !CheckJson(value, subject.Span))
        {
            return null;
        }

        use(value, subject.Span);
        return new BoundJson(value.Path, value.Type, indent);
    }

    public BoundMedia? BindMedia(HelperNode node, TemplateScope scope)
    {
        BoundOperand? source = null;
        BoundOperand? contentType = null;
        foreach (var argument in node.Arguments)
        {
            switch (argument)
            {
                case { Name: "url", Kind: not ArgumentKind.Number } when source is null:
                    source = BindOperand(argument, scope, "url", static kind => kind is ShapeKind.Text or ShapeKind.Uri or ShapeKind.Bytes or ShapeKind.Content);
                    if (source is null)
                    {
                        return null;
                    }

                    break;
                case { Name: "contentType", Kind: not ArgumentKind.Number } when contentType is null:
                    contentType = BindOperand(argument, scope, "contentType", static kind => kind == ShapeKind.Text);
                    if (contentType is null)
                    {
                        return null;
                    }

                    break;
                default:
                    resolver.SyntaxError(argument.Span, "'media' takes 'url' and 'contentType': {{media url=photo contentType=\"image/png\"}}");
                    return null;
            }
        }

        if (source is null)
        {
            resolver.SyntaxError(node.NameSpan, "'media' needs a source: {{media url=photo}}");
            return null;
        }

        switch (source.Path?.Shape.Kind)
        {
            case ShapeKind.Bytes when contentType is null:
                resolver.SyntaxError(node.NameSpan, "The content type of bytes is unknown: add contentType=\"image/png\"");
                return null;
            case ShapeKind.Content when contentType is not null:
                resolver.SyntaxError(node.NameSpan, $"{source.Path.Shape.Name} has its own content type: leave 'contentType' out");
                return null;
            default:
                return new BoundMedia(source, contentType);
        }
    }

    private BoundOperand? BindOperand(ArgumentSyntax argument, TemplateScope scope, string name, Func<ShapeKind, bool> isSuitable)
    {
        if (argument.Path is null)
        {
            return new BoundOperand(null, argument.Text);
        }

        if (resolve(argument.Path, scope) is not { } value || value.Path.Shape.Kind == ShapeKind.Unknown)
        {
            return null;
        }

        if (!isSuitable(value.Path.Shape.Kind))
        {
            resolver.SyntaxError(argument.Path.Span, name == "url"
                ? $"'{argument.Text}' is of type {value.Path.Shape.Name}: pass 'url' a string, Uri, byte[], ReadOnlyMemory<byte>, DataContent or UriContent"
                : "'contentType' takes a string: write it in quotes, or pass a string");
            return null;
        }

        use(value, argument.Path.Span);
        return new BoundOperand(value.Path, null);
    }

    private static bool IsAllParameters(PathSyntax path, TemplateScope scope)
    {
        if (path.Segments.Count > 0 || path.Data is not (null or "root"))
        {
            return false;
        }

        for (var i = 0; i < path.Up && scope.Outer is not null; i++)
        {
            scope = scope.Outer;
        }

        return scope.IsRoot || path.Data == "root";
    }

    private BoundJsonOfAll? BindJsonOfAll(PathSyntax subject, int indent)
    {
        var properties = new List<BoundJsonProperty>();
        foreach (var parameter in parameters)
        {
            if (!PathResolver.IsBindable(parameter))
            {
                continue;
            }

            var value = PathResolver.Of(parameter);
            if (!CheckJson(value, subject.Span))
            {
                return null;
            }

            use(value, subject.Span);
            properties.Add(new BoundJsonProperty(JsonName.CamelCase(parameter.Name), value.Path, value.Type));
        }

        return new BoundJsonOfAll(properties.ToEquatableArray(), indent);
    }

    private bool CheckJson(ResolvedPath value, TextSpan span)
    {
        if (value.Path.Shape.Kind == ShapeKind.Unknown)
        {
            return false;
        }

        if (JsonSupport.FirstUnsupported(value.Type, value.Path.Shape) is not { } path)
        {
            return true;
        }

        resolver.SyntaxError(span, path.Length == 0
            ? $"{value.Path.Shape.Name} can't be written as JSON: pass text or a type with public members"
            : $"'{path}' can't be written as JSON: name the members that matter, or mark it [JsonIgnore]");
        return false;
    }
}
