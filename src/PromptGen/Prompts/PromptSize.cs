using System.Text;

namespace PromptGen.Prompts;

/// <summary>Counts a prompt and checks its text.</summary>
internal struct PromptSize
{
    /// <summary>What a message costs beside its text, in tokens.</summary>
    private const int PerMessage = 4;

    /// <summary>What a medium costs, in tokens.</summary>
    private const int PerMedia = 1000;

    private int _ascii;
    private int _other;
    private int _extra;

    /// <summary>The characters of all texts added.</summary>
    public readonly int Characters => _ascii + _other;

    /// <summary>Four ASCII characters are one token, any other character is one. The generator estimates the same way.</summary>
    public readonly int Tokens => ((_ascii + 3) / 4) + _other + _extra;

    /// <summary>The tokens of one text.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return (text.Length + 3) / 4;
        }

        var ascii = 0;
        foreach (var c in text)
        {
            ascii += c < 128 ? 1 : 0;
        }

        return ((ascii + 3) / 4) + text.Length - ascii;
    }

    public void AddMessage() => _extra += PerMessage;

    public void AddMedia() => _extra += PerMedia;

    /// <exception cref="PromptException">The text is no valid UTF-16, or the prompt has become too large.</exception>
    public void AddText(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            _ascii += text.Length;
        }
        else
        {
            var ascii = 0;
            foreach (var c in text)
            {
                ascii += c < 128 ? 1 : 0;
            }

            _ascii += ascii;
            _other += text.Length - ascii;
            CheckSurrogates(text);
        }

        if (Characters > PromptWriter.MaxCharacters)
        {
            throw TooLarge();
        }
    }

    public static PromptException TooLarge() =>
        new(PromptErrorCode.Configuration, $"The prompt is longer than {PromptWriter.MaxCharacters} characters. Shorten its arguments.");

    private static void CheckSurrogates(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new PromptException(
                    PromptErrorCode.Configuration,
                    "The prompt is not valid UTF-16: an argument holds half of a surrogate pair. Cut texts between characters, not within one.");
            }
        }
    }
}
