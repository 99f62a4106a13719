using System.Collections.Generic;

namespace PromptGen.Generators.Emission;

/// <summary>The names that a scope of generated code has already.</summary>
internal static class TakenNames
{
    /// <summary>Takes a name. Where it is taken it gets underscores: a name of the user's, which may be any, stays as it is.</summary>
    public static string Take(this HashSet<string> taken, string name)
    {
        while (!taken.Add(name))
        {
            name += "_";
        }

        return name;
    }
}
