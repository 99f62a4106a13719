using System;

namespace PromptGen.Generators.Model;

/// <summary>The namespaces of generated classes that are not in the user's own: PromptGen's root namespace, followed by the user's.</summary>
internal static class GeneratedSpace
{
    public const string Root = "PromptGen.Generated";

    /// <summary>The namespace for what belongs to a namespace of the user's. A part that could be the name of a generated class gets an underscore.</summary>
    public static string Of(string space)
    {
        if (space.Length == 0)
        {
            return Root;
        }

        var parts = space.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            var name = parts[i].TrimStart('@').TrimEnd('_');
            parts[i] += IsClassName(name) || (i == 0 && name is "Manifest" or "Schemas") ? "_" : "";
        }

        return Root + "." + string.Join(".", parts);
    }

    private static bool IsClassName(string name) => EndsWith(name, "Contract") || EndsWith(name, "Catalog");

    private static bool EndsWith(string name, string suffix) => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal);
}
