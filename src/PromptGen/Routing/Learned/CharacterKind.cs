namespace PromptGen.Routing;

/// <summary>What a character is, as far as features of a text depend on it.</summary>
[Flags]
internal enum CharacterKind : byte
{
    None = 0,
    Letter = 1,
    Digit = 2,
    Upper = 4,
    Space = 8,
    Sign = 16,
    Operator = 32,
    OfWord = Letter | Digit,
}
