using System.Text;
using PromptGen.Generators.Templates;

namespace PromptGen.Generators.Emission;

/// <summary>Writes a bound path as a C# expression that is null where anything on the way is.</summary>
internal static class PathExpression
{
    public static string Of(BoundPath path)
    {
        if (path.Steps.Count == 0)
        {
            return path.Root;
        }

        var expression = new StringBuilder(path.Root);
        foreach (var step in path.Steps)
        {
            expression.Append(step.IsNullSafe ? "?." : ".").Append(step.Member);
        }

        return expression.ToString();
    }
}
