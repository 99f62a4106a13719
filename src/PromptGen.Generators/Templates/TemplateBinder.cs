using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>Binds a parsed template to the parameters of its prompt method.</summary>
internal sealed class TemplateBinder
{
    private readonly string _text;
    private readonly EquatableArray<ParameterDeclaration> _parameters;
    private readonly int _templateIndex;
    private readonly List<Finding> _findings = [];
    private readonly List<TemplateText> _texts = [];
    private readonly List<string> _roles = [];
    private readonly HashSet<string> _used = [];
    private readonly LoopNames _names;
    private readonly PathResolver _resolver;
    private readonly HelperBinder _helpers;
    private readonly ResolvedPath? _previous;
    private readonly string _previousType;
    private TextSpan? _previousAt;
    private TokenEstimate _estimate;
    private bool _writesSchema;
    private int _mediaCount;

    /// <summary>The roles whose message the current text may belong to; after a block, those that its branches may end with.</summary>
    private OpenRoles _open = OpenRoles.User;

    /// <summary>Whether the current text is in a loop over the turns of a conversation.</summary>
    private bool _isInTurns;

    /// <summary>The conditions that hold for the current text.</summary>
    private readonly List<BoundPath> _holds = [];

    private TemplateBinder(string text, EquatableArray<ParameterDeclaration> parameters, PreviousParameter? previous, int templateIndex)
    {
        _text = text;
        _parameters = parameters;
        _templateIndex = templateIndex;
        _names = new LoopNames(parameters);
        _previousType = previous?.ValueType ?? "";
        _previous = previous?.Declaration is { } declared
            ? new ResolvedPath(new BoundPath(_names.Reserve(declared.Name), default, declared.Shape.Value), declared.Shape, declared)
            : null;
        _resolver = new PathResolver(parameters, _previous, templateIndex, _findings);
        _helpers = new HelperBinder(parameters, _resolver, Resolve, Use);
    }

    /// <param name="syntax">The parsed template.</param>
    /// <param name="parameters">What it can name.</param>
    /// <param name="templateIndex">Its number.</param>
    /// <param name="previous">The answer of an earlier step; null where the template cannot name one.</param>
    public static BoundTemplate Bind(TemplateSyntax syntax, EquatableArray<ParameterDeclaration> parameters, int templateIndex, PreviousParameter? previous = null)
    {
        var binder = new TemplateBinder(syntax.Text, parameters, previous, templateIndex);
        foreach (var problem in syntax.Problems)
        {
            binder._resolver.SyntaxError(problem.Span, problem.Message, problem.Fix);
        }

        var writerName = binder._names.Reserve("prompt");
        binder._names.Reserve("json");
        return binder.Finish(binder.BindNodes(syntax.Nodes, new TemplateScope()), writerName);
    }

    private BoundTemplate Finish(EquatableArray<BoundNode> nodes, string writerName)
    {
        var used = new List<string>();
        foreach (var parameter in _parameters)
        {
            if (_used.Contains(parameter.Name))
            {
                used.Add(parameter.Name);
            }
        }

        var messages = _roles.Count == 0 ? 1 : _roles.Count;
        return new BoundTemplate(
            nodes,
            _findings.ToEquatableArray(),
            used.ToEquatableArray(),
            _roles.ToEquatableArray(),
            _texts.ToEquatableArray(),
            writerName,
            _writesSchema,
            _mediaCount,
            _estimate.Tokens + (messages * TokenEstimate.PerMessage) + (_mediaCount * TokenEstimate.PerMedia))
        {
            Previous = _previousAt is { } span ? new PreviousUse(_previous!.Path.Root, _previousType, span) : null,
        };
    }

    private EquatableArray<BoundNode> BindNodes(IReadOnlyList<TemplateNode> nodes, TemplateScope scope)
    {
        var bound = new List<BoundNode>(nodes.Count);
        StringBuilder? joined = null;
        foreach (var node in nodes)
        {
            if (Bind(node, scope) is not { } one)
            {
                continue;
            }

            if (one is BoundText text && bound.Count > 0 && bound[bound.Count - 1] is BoundText before)
            {
                (joined ??= new StringBuilder(before.Text)).Append(text.Text);
            }
            else
            {
                EndText();
                bound.Add(one);
            }
        }

        EndText();
        return bound.ToEquatableArray();

        void EndText()
        {
            if (joined is not null)
            {
                bound[bound.Count - 1] = new BoundText(joined.ToString());
                joined = null;
            }
        }
    }

    private BoundNode? Bind(TemplateNode node, TemplateScope scope) => node switch
    {
        TextNode text => BindText(text.Span),
        ValueNode value => BindValue(value, scope),
        HelperNode helper => BindHelper(helper, scope),
        BlockNode { Kind: BlockKind.Each } each => BindEach(each, scope),
        BlockNode block => BindIf(block, scope),
        _ => null,
    };

    private BoundText BindText(TextSpan span)
    {
        var text = _text.Substring(span.Start, span.Length);
        _texts.Add(new TemplateText(text, span));

        // The prompt is the same whether the file was checked out with CRLF or LF.
        var rendered = text.Replace("\r\n", "\n");
        _estimate.Add(rendered);
        return new BoundText(rendered);
    }

    private BoundValue? BindValue(ValueNode node, TemplateScope scope)
    {
        if (node.Path is { Up: 0, Data: null, StartsWithThis: false, Segments: { Count: 1 } segments } && IsReserved(segments[0].Name) is { } hint && !IsName(segments[0].Name, scope))
        {
            _resolver.SyntaxError(node.Path.Span, hint);
            return null;
        }

        if (Resolve(node.Path, scope) is not { } value)
        {
            return null;
        }

        var name = _text.Substring(node.Path.Span.Start, node.Path.Span.Length);
        switch (value.Path.Shape.Kind)
        {
            case ShapeKind.Unknown:
                return null;
            case ShapeKind.Enumerable or ShapeKind.Dictionary:
                _resolver.SyntaxError(node.Path.Span, $"'{name}' is a collection: write {{{{#each {name}}}}} or {{{{json {name}}}}}");
                return null;
            case ShapeKind.Object:
                _resolver.SyntaxError(node.Path.Span, $"'{name}' is of type {value.Path.Shape.Name}: name one of its members or write {{{{json {name}}}}}");
                return null;
            case ShapeKind.Bytes or ShapeKind.Content:
                _resolver.SyntaxError(node.Path.Span, $"'{name}' is no text: write {{{{media url={name}}}}}");
                return null;
            case ShapeKind.Other:
                _resolver.SyntaxError(node.Path.Span, $"'{name}' is of type {value.Path.Shape.Name}, which a template can't write as text: pass a string instead");
                return null;
            default:
                Use(value, node.Path.Span);
                return new BoundValue(value.Path);
        }
    }

    private BoundNode? BindHelper(HelperNode node, TemplateScope scope)
    {
        switch (node.Name)
        {
            case "role":
                if (_helpers.BindRole(node) is not { } role)
                {
                    return null;
                }

                _roles.Add(role.Role);
                _open = RoleFlow.Of(node);
                return role;

            case "schema":
                _helpers.ExpectNoArguments(node);
                _writesSchema = true;
                return new BoundSchema();

            case "media":
                _mediaCount++;
                return _helpers.BindMedia(node, scope);

            default:
                return _helpers.BindJson(node, scope);
        }
    }

    private BoundIf? BindIf(BlockNode node, TemplateScope scope)
    {
        var condition = node.Subject is null ? null : Resolve(node.Subject, scope);
        ReportConstant(node, condition?.Path);
        var before = _open;
        var then = BindBranch(node.Body, scope, node.Kind == BlockKind.If ? condition?.Path : null);
        var afterThen = _open;
        _open = before;
        var otherwise = BindBranch(node.Else, scope, node.Kind == BlockKind.Unless ? condition?.Path : null);
        _open |= afterThen;
        return condition is null || condition.Path.Shape.Kind == ShapeKind.Unknown
            ? null
            : new BoundIf(condition.Path, node.Kind == BlockKind.Unless, then, otherwise);
    }

    /// <summary>Binds a branch in which a condition holds, if there is one.</summary>
    private EquatableArray<BoundNode> BindBranch(IReadOnlyList<TemplateNode> nodes, TemplateScope scope, BoundPath? holds)
    {
        if (holds is null)
        {
            return BindNodes(nodes, scope);
        }

        _holds.Add(holds);
        var bound = BindNodes(nodes, scope);
        _holds.RemoveAt(_holds.Count - 1);
        return bound;
    }

    /// <summary>Reports a condition that is always true: every value fulfils it, or a block around it tests it already.</summary>
    private void ReportConstant(BlockNode node, BoundPath? condition)
    {
        if (condition is null || condition.Shape.Kind == ShapeKind.Unknown)
        {
            return;
        }

        var name = _text.Substring(node.Subject!.Span.Start, node.Subject.Span.Length);
        var why = condition is { IsAlwaysTrue: true } ? $"a {condition.Shape.Name} always has a value"
            : _holds.Contains(condition) ? "it is tested already by the block around"
            : null;
        if (why is not null)
        {
            _findings.Add(Finding.At(new Place.Template(_templateIndex, node.Subject.Span), "PG0211", $"The condition '{name}' always holds, because {why}: remove the condition, or test a bool, a text, a number, a collection or a value that may be null"));
        }
    }

    private BoundEach? BindEach(BlockNode node, TemplateScope scope)
    {
        var source = node.Subject is null ? null : Resolve(node.Subject, scope);
        if (source is { Path.Shape.Kind: not (ShapeKind.Enumerable or ShapeKind.Dictionary or ShapeKind.Unknown) })
        {
            _resolver.SyntaxError(node.Subject!.Span, $"#each needs a collection, but '{_text.Substring(node.Subject.Span.Start, node.Subject.Span.Length)}' is of type {source.Path.Shape.Name}");
            source = null;
        }

        var shape = source?.Path.Shape;
        var last = source is null ? "" : source.Path.Steps.Count > 0 ? source.Path.Steps[source.Path.Steps.Count - 1].Member : source.Path.Root;
        var name = BaseName(last);
        var isVariable = source is { Path.Steps.Count: 0, Path.Shape.IsNullable: false } && shape?.CountMember is not null && name == last.TrimStart('@');
        var collection = isVariable ? last : _names.ReserveForGood(CSharpName.Camel(name));
        var item = _names.Reserve(CSharpName.Singular(name));
        var index = _names.Reserve(item.TrimStart('@') + "Index");
        var inner = LoopScope(scope, source, item, collection, index);

        var (before, isInTurns) = (_open, _isInTurns);
        _open |= RoleFlow.After(node.Body, before);
        _isInTurns |= node.Body.Exists(static child => child is HelperNode helper && RoleFlow.Of(helper) == OpenRoles.User);
        var body = BindNodes(node.Body, inner);
        var afterBody = _open;
        (_open, _isInTurns) = (before, isInTurns);
        _names.Release(item);
        _names.Release(index);
        var otherwise = BindNodes(node.Else, scope);
        _open |= afterBody;
        if (source is null || shape!.Kind == ShapeKind.Unknown)
        {
            return null;
        }

        var copied = shape.CountMember is null && (inner.UsesCount || node.Else.Count > 0) ? _names.ReserveForGood(collection.TrimStart('@') + "Source") : null;
        return new BoundEach(source.Path, collection, item, inner.UsesIndex ? index : null, shape.CountMember, copied, body, otherwise);
    }

    private static TemplateScope LoopScope(TemplateScope outer, ResolvedPath? source, string item, string collection, string index)
    {
        var shape = source?.Path.Shape;
        if (source is null || shape?.Element is null)
        {
            return new TemplateScope { Outer = outer, Index = index, Collection = collection, CountMember = "Length" };
        }

        var isDictionary = shape.Kind == ShapeKind.Dictionary;
        return new TemplateScope
        {
            Outer = outer,
            Item = source with { Path = new BoundPath(isDictionary ? item + ".Value" : item, default, shape.Element) },
            Key = isDictionary ? source with { Path = new BoundPath(item + ".Key", default, shape.Key!) } : null,
            Index = index,
            Collection = collection,
            CountMember = shape.CountMember ?? "Length",
        };
    }

    /// <summary>Resolves a path and notes that its parameter is used.</summary>
    private ResolvedPath? Resolve(PathSyntax path, TemplateScope scope)
    {
        var resolved = _resolver.Resolve(path, scope);
        if (resolved?.Parameter is { } parameter)
        {
            _used.Add(parameter.Name);
            _previousAt ??= parameter == _previous?.Parameter ? path.Span : null;
        }

        return resolved;
    }

    /// <summary>Records that the template writes a value, and reports an untrusted one in a message of the system or of the model.</summary>
    private void Use(ResolvedPath value, TextSpan span)
    {
        if (value.Parameter is not { } parameter)
        {
            return;
        }

        _used.Add(parameter.Name);
        if ((_open & OpenRoles.System) != 0 && parameter.IsUntrusted)
        {
            _findings.Add(Finding.At(new Place.Template(_templateIndex, span), "PG0602", WhyNotSystem(parameter.Name)));
        }

        // An earlier answer of a model may be repeated as one.
        if ((_open & OpenRoles.Assistant) != 0 && parameter.IsUntrusted && !_isInTurns && _templateIndex != RepairDeclaration.TemplateIndex && parameter.Name != _previous?.Parameter?.Name)
        {
            _findings.Add(Finding.At(
                new Place.Template(_templateIndex, span), "PG0210", $"The parameter '{parameter.Name}' is [Untrusted] but is written as words of the model, which models take for their own: move it after {{{{role \"user\"}}}}"));
        }
    }

    private string WhyNotSystem(string parameter) =>
        parameter == _previous?.Parameter?.Name ? "'previous' is the answer of another model, so it must not be in a system message"
        : _templateIndex == RepairDeclaration.TemplateIndex && RepairParameters.QuotesAnswer(parameter) ? $"'{parameter}' can quote the model's answer, so it must not be in a system message"
        : $"The parameter '{parameter}' is [Untrusted] but is written into a system message, where a model treats text as instructions";

    /// <summary>Whether the name is free to mean a value here, so that a parameter named <c>json</c> can be written.</summary>
    private bool IsName(string name, TemplateScope scope) => !scope.IsRoot || _resolver.HasParameter(name);

    private static string? IsReserved(string name) => name switch
    {
        "role" => "'role' needs a role: {{role \"system\"}}, {{role \"user\"}} or {{role \"assistant\"}}",
        "json" => "'json' needs a value: {{json order}}",
        "media" => "'media' needs a source: {{media url=photo}}",
        "history" or "section" => ExpressionAdvice.NoHelper(name),
        _ => null,
    };

    private static string BaseName(string expression)
    {
        var dot = expression.LastIndexOf('.');
        return (dot < 0 ? expression : expression.Substring(0, dot)).TrimStart('@');
    }
}
