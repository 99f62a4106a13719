using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Routers;

/// <summary>One line, without the space around it.</summary>
/// <param name="Text">What is written.</param>
/// <param name="Span">Where.</param>
internal readonly record struct RouterLine(string Text, TextSpan Span);

/// <summary>
/// The lines of a router's file: <c>promptgen router 1</c>, then facts as <c>name: value</c>, then sections that begin with <c>[name]</c>. Empty lines and those that begin
/// with <c>#</c> are skipped.
/// </summary>
internal sealed class RouterLines
{
    private readonly Dictionary<string, RouterLine> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RouterLine>> _sections = new(StringComparer.Ordinal);

    private RouterLines(TextSpan head) => Head = head;

    /// <summary>The first line.</summary>
    public TextSpan Head { get; }

    public List<FileProblem> Problems { get; } = [];

    public static RouterLines Read(SourceText text)
    {
        var lines = text.Lines.Select(static line => new RouterLine(RouterFormat.Trim(line.ToString()), line.Span)).Where(static line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        var read = new RouterLines(lines.Count > 0 ? lines[0].Span : text.Lines[0].Span);
        if (lines.Count == 0)
        {
            read.Report(read.Head, $"it is empty: write it with 'promptgen train'");
        }
        else if (lines[0].Text != RouterFormat.FirstLine)
        {
            read.Report(read.Head, $"its first line has to be '{RouterFormat.FirstLine}'");
        }
        else
        {
            read.ReadLines(lines.Skip(1));
        }

        return read;
    }

    public RouterLine? Fact(string name) => _facts.TryGetValue(name, out var line) ? line : null;

    /// <summary>The lines of a section; none where it is not there.</summary>
    public IReadOnlyList<RouterLine> Section(string name) => _sections.TryGetValue(name, out var lines) ? lines : [];

    public void Report(TextSpan span, string message) => Problems.Add(new FileProblem(span, message));

    private void ReadLines(IEnumerable<RouterLine> lines)
    {
        var section = default(List<RouterLine>);
        foreach (var line in lines)
        {
            if (line.Text[0] == '[')
            {
                var name = line.Text.Trim('[', ']');
                if (_sections.ContainsKey(name))
                {
                    Report(line.Span, $"it has two sections [{name}]: remove one of the two");
                }

                _sections[name] = section = [];
            }
            else if (section is not null)
            {
                section.Add(line);
            }
            else if (line.Text.IndexOf(':') is > 0 and var colon)
            {
                _facts[line.Text.Substring(0, colon).TrimEnd()] = line with { Text = line.Text.Substring(colon + 1).Trim() };
            }
            else
            {
                Report(line.Span, "a line before the first section has to be 'name: value', for example 'labels: 412'");
            }
        }
    }
}
