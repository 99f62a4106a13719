using System.Buffers;

namespace PromptGen.Routing;

/// <summary>
/// Distinguishes code from prose by its lines, for the twelve most used languages: a line that begins like a statement of one, or ends like one. One such line may be
/// prose; two are not. The scan stops at the second.
/// </summary>
internal static class CodeLines
{
    private const int Enough = 2;

    /// <summary>How statements begin in Python, JavaScript, TypeScript, Java, C#, C, C++, Go, Rust, PHP, SQL and shell scripts, where prose hardly does.</summary>
    private static readonly string[] Beginnings =
    [
        "#include", "#!/", "#define ", "<?php", "@Override", "async def ", "async function ", "class ", "const ", "console.log(", "def ", "elif ", "else {", "except ", "export ",
        "fn ", "for (", "for(", "func ", "function ", "if (", "if(", "import ", "impl ", "let ", "namespace ", "package ", "print(", "private ", "protected ", "pub fn ", "public ",
        "return ", "static ", "struct ", "switch (", "try {", "using ", "var ", "while (", "while(",
        "SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ",
    ];

    /// <summary>What names, calls and operators are written with. A line of prose may begin like a statement, but hardly has one of these.</summary>
    private static readonly SearchValues<char> Signs = SearchValues.Create("(){}[]=<>;*&_$+\"");

    public static bool Any(ReadOnlySpan<char> text)
    {
        var found = 0;
        foreach (var line in text.EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
            {
                return true;
            }

            if (IsCode(trimmed) && ++found == Enough)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCode(ReadOnlySpan<char> line)
    {
        if (line.Length < 2)
        {
            return line is "{" or "}";
        }

        if (line[^1] is '{' or '}' || (line[^1] == ';' && HasSign(line[..^1])) || line.StartsWith("//", StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var beginning in Beginnings)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return !char.IsAsciiLetterLower(beginning[0]) || HasSign(line) || line[^1] == ':' || IsImport(beginning, line[beginning.Length..]);
            }
        }

        return false;
    }

    /// <summary>A name alone, as in <c>import os</c>.</summary>
    private static bool IsImport(string beginning, ReadOnlySpan<char> rest) =>
        beginning is "import " or "package " or "namespace " or "using " && rest.Length > 0 && !rest.Contains(' ');

    private static bool HasSign(ReadOnlySpan<char> line) => line.ContainsAny(Signs);
}
