using System.Text;

namespace PromptGen.Tests.Contracts;

/// <summary>Answers that take as much work as possible: each family repeats a piece after a beginning.</summary>
internal static class HostileAnswers
{
    private static readonly (string Start, string Piece, string End)[] s_families =
    [
        // Markup, signs and words, bare or in place of a value.
        ("", "<b>", ""), ("", "+-", ""), ("", "a+", ""), ("", "- ", ""), ("", "!a ", ""), ("", "no ", ""), ("", "Good ", ""), ("", "**", ""), ("", "é", ""), ("", "\u0301", ""), ("", "😀", ""), ("", "ß", ""),
        ("{\"title\":\"", "<b>", "\"}"), ("{\"mood\":\"", "<b>", "\"}"), ("{\"mood\":\"", "Good ", "\"}"), ("{\"mood\":\"", " ", "Good\"}"), ("{\"stars\":\"", "1,", "\"}"), ("{\"stars\":\"", "9", "\"}"), ("{\"stars\":", "9", "}"),
        ("{\"stars\":0.", "0", "1e9}"), ("{\"stars\":\"", "1 ", "\"}"), ("{\"moods\":[", "\"+a\",", "\"x\"]}"), ("{\"moods\":[", "\"Gut\",", "\"x\"]}"), ("{\"moods\":[", "\"\\u0047ood\",", "\"x\"]}"),

        // Quotation marks, backslashes and escapes.
        ("", "\"", ""), ("", "'", ""), ("", "\\", ""), ("", "\\\"", ""), ("{\"title\":\"", "\\u0041", "\"}"), ("{\"title\":\"", "\\", "\"}"), ("{\"title\":\"", "\" \" ", "\"}"), ("{\"title\":\"", "\",\"", "\"}"),
        ("{\"title\":\"", "\",x:", "\"}"), ("{\"title\":\"", "\"//", "\"}"), ("{\"title\":\"\"\"", "\"", "\"}"), ("{\"title\":\"\"\"", "\n ", "\"}"), ("{'title': '", "' , ' ", "'}"), ("{\"title\":\"", "“,”", "\"}"),
        ("{\"title\":\"", "\"\"\" ", "\"}"), ("{\"title\":\"", "a\" + \"", "\"}"), ("{\"mood\":\"", "\\u0047", "\"}"), ("{title: ", "a's ", "}"), ("{\"title\":\"\n", "}\n", "\"}"), ("{\"title\":\"aaaa\naaaaaaaa", "}\n", "\"}"),

        // Brackets, commas, colons, comments and bare words.
        ("", "{", ""), ("", "[", ""), ("", "[{", ""), ("", "{\"a\":", ""), ("", "{a:", ""), ("", "[1,", ""), ("", "{}", ""), ("", "{a} ", ""), ("", "[1] ", ""), ("", "}", ""), ("", "]", ""), ("{", ",", "}"),
        ("{\"tags\":[", "1,", "]}"), ("{\"tags\":[", ",", "]}"), ("{\"tags\":[", "\"a\" ", "]}"), ("{\"tags\":[", "a\n", "]}"), ("{\"tags\":[", "{},", "{}]}"), ("{\"tags\":[", "[],", "[]]}"), ("{\"tags\":[", "null,", "null]}"),
        ("{title: ", ",a", "}"), ("{title: ", "\n", "}"), ("{title: ", "/* ", "}"), ("{title: ", "//", "}"), ("{title: ", "//\n", "}"), ("{", "a:1,", "}"), ("{", "#\n", "}"), ("{title", ":", "}"), ("{\"title\"", ":\"title\"", "}"),
        ("{title: ", "...", "}"), ("{title: ", "  ...", "}"), ("", ":", ""), ("", ",", ""), ("{\"x", "y", "\":1}"), ("{\"map\":{\"", "k", "\":[1]}}"),

        // Members again and again.
        ("{\"title\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",", "\"title\":1,", "\"stars\":1}"), ("{", "\"x\":1,", "\"y\":1}"), ("{", "\"TITLE\":1,", "\"y\":1}"), ("{", "\"t-i-t-l-e\":1,", "\"y\":1}"),

        // Fences, thinking and candidates.
        ("", "```", ""), ("", "```\n", ""), ("", "```json\n{\"title\":\n", ""), ("", "```\n{a:\n", ""), ("x ", "``` ", ""), ("\n", " ```", "\n"), ("", "<think>", ""), ("<think>", "</", ""), ("", "<think></think>", ""), ("", "<thinking><think>", "</"),
        ("", "</think>", ""), ("", "{\"title\":\"a\",\"stars\":1,\"tags\":[]}\n", ""), ("", "{\"title\":\"a\",\"stars\":1,\"tags\":[]} or ", ""), ("", "{\"value\":1} ", ""), ("", "\"title\": ", "}"), ("{", "\"tag\":\"x\",", "}"),
        ("", "{\"kind\":\"card\"} and ", ""), ("{\"kind\":\"ca", "r", "d\"}"), ("[", "{\"kind\":1},", "{}]"), ("{\"kind\":{", "\"a\":{},", "\"b\":1}}"), ("", "\"", "\":1"), (" ", " ", "{}"), ("{", " ", "}"), ("", "\uFEFF", ""),
    ];

    /// <summary>How many families there are.</summary>
    public static int Count => s_families.Length;

    /// <summary>The name of a family.</summary>
    public static string Name(int family) => $"{s_families[family].Start}…{s_families[family].Piece}…{s_families[family].End}";

    /// <summary>An answer of a family, of about a length.</summary>
    public static string Make(int family, int length)
    {
        var (start, piece, end) = s_families[family];
        return new StringBuilder(length + 64).Append(start).Insert(start.Length, piece, length / piece.Length).Append(end).ToString();
    }

    /// <summary>Answers of two parts that grow together, so that a loop over one part inside a loop over the other is found.</summary>
    public static IEnumerable<(string Name, string Answer)> Products(int length)
    {
        var half = new string('a', length / 2);
        static string Again(string piece, int length) => new StringBuilder().Insert(0, piece, length / piece.Length).ToString();

        yield return ("a long value, then its member again and again", $"{{\"title\":\"{half}\",{Again("\"title\":1,", length / 2)}\"stars\":1}}");
        yield return ("a long line, then braces", $"{{\"stars\":1,\"tags\":[],\"title\":\"{half}\n{Again("}\n", length / 2)}");
        yield return ("a long name, then wrong items", $"{{\"{half}\":[{Again("{},", length / 2)}1]}}");
        yield return ("a long object, then small ones", $"{{\"title\":\"{half}\",\"stars\":1,\"tags\":[]}} or {Again("{\"title\":\"a\",\"stars\":1,\"tags\":[]} or ", length / 2)}");
        yield return ("fences, then one line end", $"{Again("```", length / 2)}{half}\n");
        yield return ("deep and long", $"{string.Concat(Enumerable.Repeat("{\"next\":", 40))}\"{half}\"{new string('}', 40)}");
        yield return ("open quotations, then a long line", $"{{\"title\":\"{Again("\", \"", length / 2)}{half}");
    }
}
