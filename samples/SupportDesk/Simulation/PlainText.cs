using System.Text;

namespace Acme.Support.Simulation;

/// <summary>Text as the simulated models see it: lower case, one space around each word, <c>|</c> where a clause ends.</summary>
internal static class PlainText
{
    /// <summary>For example <c>It's down, again!</c> → <c>" it s down | again | "</c>.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length + 8).Append(' ');
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                plain.Append(char.ToLowerInvariant(character));
            }
            else if (".,;:!?\n。、؟،".Contains(character))
            {
                AppendWord(plain, "|");
            }
            else if (plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain[^1] == ' ' ? plain.ToString() : plain.Append(' ').ToString();
    }

    private static void AppendWord(StringBuilder plain, string word)
    {
        if (plain[^1] != ' ')
        {
            plain.Append(' ');
        }

        plain.Append(word).Append(' ');
    }
}
