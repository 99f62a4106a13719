using System.Collections.Generic;
using System.Globalization;

namespace PromptGen.Generators.Routing;

/// <summary>The names of the steps of one prompt in generated code.</summary>
internal static class StepNames
{
    /// <summary>Takes a name for a step. Where it is taken it gets a number.</summary>
    public static string TakeStep(this HashSet<string> taken, string name)
    {
        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
        {
            unique = name + i.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }
}
