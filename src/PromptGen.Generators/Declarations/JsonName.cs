using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations;

/// <summary>The name that a member has in JSON.</summary>
internal static class JsonName
{
    /// <summary>The name given by <c>JsonPropertyName</c>, else the camelCase one; null where <c>JsonIgnore</c> hides the member.</summary>
    public static string? Of(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "JsonPropertyNameAttribute" when attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is string name:
                    return name;
                case "JsonIgnoreAttribute" when attribute.NamedArguments.IsEmpty:
                    return null;
            }
        }

        return CamelCase(member.Name);
    }

    /// <summary>What <c>JsonNamingPolicy.CamelCase</c> makes of a name: <c>IPAddress</c> becomes <c>ipAddress</c>.</summary>
    public static string CamelCase(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
        {
            return name;
        }

        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1]))
            {
                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }
}
