using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0205: writes the tag that was meant: a role in quotes, the right closing tag, <c>#unless</c> for <c>!</c> and <c>^</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TemplateSyntaxCodeFix), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)]), Shared]
public sealed class TemplateSyntaxCodeFix() : TemplateCodeFix("PG0205")
{
    private static readonly Regex Open = new(@"^\{\{\s*#(?<name>if|unless|each)\b", RegexOptions.CultureInvariant);

    private static readonly Regex Inverse = new(@"^\{\{\^\s*(?<name>[A-Za-z_][A-Za-z0-9_.]*)\s*\}\}$", RegexOptions.CultureInvariant);

    private static readonly Regex If = new(@"#if\s+$", RegexOptions.CultureInvariant);

    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, TemplateText template)
    {
        var span = diagnostic.Location.SourceSpan;
        var marked = template.At(span);
        if (Suggestion(diagnostic) is { } meant)
        {
            yield return new Fix("write", $"Write {meant}", new TextChange(span, template.Written(meant)));
        }
        else if (marked.Length > 1 && marked[0] == '!' && If.Match(template.Text.Substring(0, template.PositionOf(span.Start))) is { Success: true } before
            && Close(template, template.PositionOf(span.End), "if") is { } close)
        {
            yield return new Fix(
                "unless",
                $"Change to {{{{#unless {marked.Substring(1)}}}}}",
                new TextChange(TextSpan.FromBounds(template.PlaceOf(before.Index, 0).Start, span.End), "#unless " + marked.Substring(1)),
                new TextChange(close, "{{/unless}}"));
        }
        else if (Inverse.Match(marked) is { Success: true } inverse && Close(template, template.PositionOf(span.End), inverse.Groups["name"].Value) is { } end)
        {
            var name = inverse.Groups["name"].Value;
            yield return new Fix("unless", $"Change to {{{{#unless {name}}}}}", new TextChange(span, $"{{{{#unless {name}}}}}"), new TextChange(end, "{{/unless}}"));
        }
        else if (Open.Match(marked) is { Success: true } open && open.Groups["name"].Value is var block && Close(template, template.PositionOf(span.End), block) is null)
        {
            yield return new Fix("close", $"Add {{{{/{block}}}}} at the end of the template", Fix.Insert(template.End, $"{{{{/{block}}}}}"));
        }
    }

    /// <summary>The tag that closes a block which is open at a position; null where there is none.</summary>
    private static TextSpan? Close(TemplateText template, int position, string name)
    {
        var depth = 1;
        foreach (var tag in Regex.Matches(template.Text, @"\{\{\s*(?<kind>[#/^])\s*" + Regex.Escape(name) + @"\b[^}]*\}\}", RegexOptions.CultureInvariant).Cast<Match>().Where(tag => tag.Index >= position))
        {
            depth += tag.Groups["kind"].Value == "/" ? -1 : 1;
            if (depth == 0)
            {
                return template.PlaceOf(tag.Index, tag.Length);
            }
        }

        return null;
    }
}
