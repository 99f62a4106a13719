using System.Text;

namespace PromptGen.Tests.Contracts;

/// <summary>Makes answers that no model should give out of ones that it could: the same ones for the same seed.</summary>
/// <param name="random">Where the choices come from.</param>
/// <param name="seeds">Answers to begin with.</param>
internal sealed class AnswerMutator(Random random, params string[] seeds)
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "'", "`", "\"\"\"", "```", "```json\n", "\n```", "“", "”", "‘", "’", "\\", "\\\"", "\\u", "\\ud800", "\\u0000", "//", "/*", "*/", "#", "\n", "\r\n", "\t",
        "\0", "\u0007", "\u00A0", "\uFEFF", "\uD800", "\uDC00", "😀", "é", "null", "None", "True", "false", "NaN", "undefined", "...", "…", "<think>", "</think>", "<thinking>", "12,111", "1.234,56", "$1,234.56",
        "50%", "1/5", "36.6", "-", "+", "1e999", "0x1F", "007", " and ", "not ", "High", "high", "\"value\":", "{\"value\":", "data:", "{{name}", "\"a\": ", ", \"b\"", " + ", "(", ")", "Sure! ", "===", "\\n", "$ref", "\"title\": ", "\"title\": \"title\": ", "\\\"a\\\"", "\"\n}",
    ];

    /// <summary>The next answer.</summary>
    public string Next()
    {
        var text = new StringBuilder(Pick(seeds));
        for (var changes = random.Next(1, 7); changes > 0; changes--)
        {
            Change(text);
        }

        return text.ToString();
    }

    private void Change(StringBuilder text)
    {
        var position = random.Next(text.Length + 1);
        switch (random.Next(12))
        {
            case 0:
                text.Insert(position, Pick(Tokens));
                break;
            case 1:
                text.Insert(position, Pick(Tokens), random.Next(1, 40));
                break;
            case 2:
                text.Remove(position, Math.Min(text.Length - position, random.Next(1, 12)));
                break;
            case 3:
                text.Length = position;
                break;
            case 4:
                text.Replace("\"", Pick(["'", "`", "“", "”", "\\\"", "", "\"\""]), position, Math.Min(text.Length - position, random.Next(200)));
                break;
            case 5:
                text.Replace(",", Pick(["", ",,", ",\n", ";", " "]), position, Math.Min(text.Length - position, random.Next(200)));
                break;
            case 6:
                text.Replace(":", Pick(["", "=", "::", " : "]), position, Math.Min(text.Length - position, random.Next(100)));
                break;
            case 7:
                text.Insert(0, Pick(["Here it is: ", "```json\n", "<thinking>{\"a\": [</thinking>", "[1] and [x](y): ", "{\"value\": ", "[", "\""])).Append(Pick(["", "\n```", " Done.", "}", "]", "\""]));
                break;
            case 8:
                text.Append(Pick(["", "\n", ",", " and ", "\nNo, this is right:\n"])).Append(Pick(seeds));
                break;
            case 9:
                Repeat(text, position);
                break;
            case 10:
                text.Replace(" ", Pick(["\n", "\u00A0", " \"", "\" ", ", "]), position, Math.Min(text.Length - position, random.Next(60)));
                break;
            default:
                text.Replace(Pick(["true", "\"High\"", "4", "\"a\"", "null"]), Pick(Tokens));
                break;
        }
    }

    private void Repeat(StringBuilder text, int position)
    {
        var length = Math.Min(text.Length - position, random.Next(1, 30));
        var piece = text.ToString(position, length);
        text.Insert(position, piece, random.Next(1, random.Next(20) == 0 ? 400 : 8));
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];
}
