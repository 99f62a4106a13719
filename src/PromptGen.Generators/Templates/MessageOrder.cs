using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

/// <summary>
/// The messages that a template makes, as far as that does not depend on values: a blank message is dropped at run time, so a tag without text makes none.
/// Where branches differ, only what holds in all of them counts, so that what is reported is certain.
/// </summary>
internal sealed class MessageOrder
{
    private readonly string _text;
    private readonly List<(TextSpan Span, bool IsSecond)> _misplaced = [];
    private OpenRoles _written;
    private TextSpan? _firstRole;

    private MessageOrder(TemplateSyntax syntax)
    {
        _text = syntax.Text;
        Follow(syntax.Nodes, new Flow(OpenRoles.User, OpenRoles.None), isRepeated: false);
    }

    /// <summary>Whether text or a value is written anywhere.</summary>
    public bool IsEmpty => _written == OpenRoles.None;

    /// <summary>Whether anything can be in a message of the user.</summary>
    public bool HasUserMessage => (_written & OpenRoles.User) != 0;

    /// <summary>The first tag that opens a message.</summary>
    public TextSpan? FirstRole => _firstRole;

    /// <summary>The tags of system messages that follow another message; whether that is a system message too.</summary>
    public IReadOnlyList<(TextSpan Span, bool IsSecond)> Misplaced => _misplaced;

    public static MessageOrder Of(TemplateSyntax syntax) => new(syntax);

    private Flow Follow(IReadOnlyList<TemplateNode> nodes, Flow flow, bool isRepeated)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case HelperNode helper when RoleFlow.Of(helper) is not OpenRoles.None and var role:
                    _firstRole ??= node.Span;
                    if (role == OpenRoles.System && (flow.Before != OpenRoles.None || isRepeated))
                    {
                        _misplaced.Add((node.Span, isRepeated || (flow.Before & OpenRoles.System) != 0));
                    }

                    flow = flow with { Open = role };
                    break;
                case BlockNode { Kind: BlockKind.Each } each:
                    var (body, empty) = (Follow(each.Body, flow, isRepeated: true), Follow(each.Else, flow, isRepeated));
                    flow = new Flow(flow.Open | body.Open | empty.Open, each.Else.Count == 0 ? flow.Before : body.Before & empty.Before);
                    break;
                case BlockNode block:
                    var (then, otherwise) = (Follow(block.Body, flow, isRepeated: false), Follow(block.Else, flow, isRepeated: false));
                    flow = new Flow(then.Open | otherwise.Open, then.Before & otherwise.Before);
                    break;
                case TextNode text when string.IsNullOrWhiteSpace(_text.Substring(text.Span.Start, text.Span.Length)):
                    break;
                default:
                    _written |= flow.Open;
                    flow = flow with { Before = flow.Before | (IsOne(flow.Open) ? flow.Open : OpenRoles.None) };
                    break;
            }
        }

        return flow;
    }

    private static bool IsOne(OpenRoles roles) => roles is OpenRoles.User or OpenRoles.System or OpenRoles.Assistant;

    /// <param name="Open">The roles that may be open.</param>
    /// <param name="Before">The roles that have written something for certain.</param>
    private readonly record struct Flow(OpenRoles Open, OpenRoles Before);
}
