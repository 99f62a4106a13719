namespace PromptGen.Generators.Declarations;

/// <summary>Names on the wire.</summary>
internal static class JsonName
{
    /// <summary>The name as <c>JsonNamingPolicy.CamelCase</c> writes it: <c>Urgency</c> becomes <c>urgency</c>, <c>IOStream</c> <c>ioStream</c>.</summary>
    public static string CamelCase(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
        {
            return name;
        }

        var characters = name.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (i == 1 && !char.IsUpper(characters[i]))
            {
                break;
            }

            if (i > 0 && i + 1 < characters.Length && !char.IsUpper(characters[i + 1]))
            {
                if (characters[i + 1] == ' ')
                {
                    characters[i] = char.ToLowerInvariant(characters[i]);
                }

                break;
            }

            characters[i] = char.ToLowerInvariant(characters[i]);
        }

        return new string(characters);
    }
}
