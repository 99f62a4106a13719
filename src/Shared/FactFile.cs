#if PROMPTGEN_COMPILER
using System;
using System.Collections.Generic;

namespace PromptGen.Generators.Model;
#else
namespace PromptGen.Routing;
#endif

/// <summary>A line of a <see cref="FactFile"/>, without the space around it.</summary>
/// <param name="Text">What is written; of a fact, what is behind its name.</param>
/// <param name="Start">Where the whole line begins in the file.</param>
/// <param name="Length">How long the whole line is, without its end.</param>
internal readonly record struct FactLine(string Text, int Start, int Length);

/// <summary>A line such as <c>[name]</c> and the lines below it.</summary>
/// <param name="Head">The line with the name.</param>
/// <param name="Name">The name.</param>
/// <param name="Lines">The lines.</param>
internal sealed record FactSection(FactLine Head, string Name, List<FactLine> Lines);

/// <summary>
/// A text file that people can read and compare: a first line that says what it is, facts as <c>name: value</c>, then sections that begin with <c>[name]</c>. Empty lines and those
/// that begin with <c>#</c> are skipped. Calibrations and learned routers are such files; build and runtime read them by this one piece.
/// </summary>
internal sealed class FactFile
{
    private static readonly char[] Space = ['\r', ' ', '\t', '\uFEFF'];

    private readonly Dictionary<string, FactLine> _facts = new(StringComparer.Ordinal);
    private readonly List<FactSection> _sections = [];

    private FactFile()
    {
    }

    /// <summary>The first line; of an empty file, its first, empty one.</summary>
    public FactLine Head { get; private set; }

    /// <summary>The sections in their order.</summary>
    public IReadOnlyList<FactSection> Sections => _sections;

    /// <summary>What is wrong, where, and the remedy.</summary>
    public List<(FactLine Line, string Message)> Problems { get; } = [];

    /// <summary>Reads a file. Behind a wrong first line nothing is read.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="firstLine">What its first line has to be.</param>
    public static FactFile Read(string text, string firstLine)
    {
        var file = new FactFile();
        var isFirst = true;
        foreach (var line in Lines(text))
        {
            if (!isFirst)
            {
                file.Add(line);
                continue;
            }

            (isFirst, file.Head) = (false, line);
            if (line.Text != firstLine)
            {
                file.Report(line, $"its first line has to be '{firstLine}'");
                return file;
            }
        }

        if (isFirst)
        {
            file.Report(file.Head, $"it is empty: its first line has to be '{firstLine}'");
        }

        return file;
    }

    /// <summary>A fact; null where it is not there. Written twice, the last one counts.</summary>
    public FactLine? Fact(string name) => _facts.TryGetValue(name, out var line) ? line : null;

    /// <summary>The lines of a section; none where it is not there.</summary>
    public IReadOnlyList<FactLine> Section(string name) => (IReadOnlyList<FactLine>?)_sections.Find(section => section.Name == name)?.Lines ?? [];

    public void Report(FactLine line, string message) => Problems.Add((line, message));

    /// <summary>The lines that are read.</summary>
    private static IEnumerable<FactLine> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var written = text.Substring(start, end - start);
            var line = new FactLine(written.Trim(Space), start, written.TrimEnd('\r').Length);
            if (line.Text.Length > 0 && line.Text[0] != '#')
            {
                yield return line;
            }

            start = end + 1;
        }
    }

    private void Add(FactLine line)
    {
        if (line.Text[0] == '[')
        {
            AddSection(line);
        }
        else if (_sections.Count > 0)
        {
            _sections[_sections.Count - 1].Lines.Add(line);
        }
        else if (line.Text.IndexOf(':', 0) is > 0 and var colon)
        {
            _facts[line.Text.Substring(0, colon).TrimEnd()] = line with { Text = line.Text.Substring(colon + 1).Trim() };
        }
        else
        {
            Report(line, "a line before the first section has to be 'name: value', for example 'labels: 412'");
        }
    }

    private void AddSection(FactLine line)
    {
        var name = line.Text.TrimEnd(']').Substring(1).Trim();
        if (name.Length == 0 || line.Text[line.Text.Length - 1] != ']')
        {
            Report(line, "a section has to begin with its name in brackets, for example [gpt-4o-mini*]");
        }
        else if (_sections.Exists(section => section.Name == name))
        {
            Report(line, $"it has two sections [{name}]: remove one of the two");
        }

        _sections.Add(new FactSection(line, name, []));
    }
}
