using System.Runtime.CompilerServices;

namespace PromptGen.Routing;

/// <summary>The kinds of characters; those of ASCII come from a table.</summary>
internal static class CharacterKinds
{
    private static readonly CharacterKind[] Ascii = [.. Enumerable.Range(0, 128).Select(static code => Find((char)code))];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterKind Of(char character)
    {
        var ascii = Ascii;
        return character < ascii.Length ? ascii[character] : Find(character);
    }

    private static CharacterKind Find(char character) =>
        char.IsWhiteSpace(character) ? CharacterKind.Space
        : char.IsLetter(character) ? CharacterKind.Letter | (char.IsUpper(character) ? CharacterKind.Upper : CharacterKind.None)
        : char.IsDigit(character) ? CharacterKind.Digit
        : "+-*/=^<>|()[]{}\\$%".Contains(character) ? CharacterKind.Sign | CharacterKind.Operator
        : CharacterKind.Sign;
}
