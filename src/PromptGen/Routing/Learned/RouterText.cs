namespace PromptGen.Routing;

/// <summary>
/// The file of a learned router as lines: <c>promptgen router 1</c>, then facts as <c>name: value</c>, then sections that begin with <c>[name]</c>. Empty lines and those
/// that begin with <c>#</c> are skipped.
/// </summary>
internal sealed class RouterText
{
    private readonly Dictionary<string, List<string>> _sections = new(StringComparer.Ordinal);

    private RouterText()
    {
    }

    /// <summary>The lines before the first section, by their names.</summary>
    public Dictionary<string, string> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong, and the remedy; null where nothing is.</summary>
    public string? Problem { get; private set; }

    public static RouterText Read(string text)
    {
        var read = new RouterText();
        var section = default(List<string>);
        var isFirst = true;
        for (var start = 0; start < text.Length && read.Problem is null;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = RouterFormat.Trim(text[start..end]);
            start = end + 1;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (isFirst)
            {
                isFirst = false;
                read.Problem = line == RouterFormat.FirstLine ? null : $"its first line is '{RouterFormat.FirstLine}'";
            }
            else if (line[0] == '[')
            {
                section = [];
                read._sections[line.Trim('[', ']')] = section;
            }
            else if (section is not null)
            {
                section.Add(line);
            }
            else
            {
                read.AddFact(line);
            }
        }

        if (isFirst)
        {
            read.Problem = $"it is empty; its first line is '{RouterFormat.FirstLine}'";
        }

        return read;
    }

    /// <summary>The lines of a section; none where it is not there.</summary>
    public IReadOnlyList<string> Section(string name) => _sections.TryGetValue(name, out var lines) ? lines : [];

    private void AddFact(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            Problem = "a line before the first section is 'name: value'";
        }
        else
        {
            Facts[line[..colon].TrimEnd()] = line[(colon + 1)..].Trim();
        }
    }
}
