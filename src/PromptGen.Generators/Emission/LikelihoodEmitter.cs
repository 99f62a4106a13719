using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes how likely an answer has to be.</summary>
internal static class LikelihoodEmitter
{
    /// <summary>The list of a definition; empty where the prompt has none. A number out of range is as if it was not written.</summary>
    public static string List(PromptDeclaration declaration)
    {
        var likelihoods = declaration.Likelihoods.Where(static likelihood => likelihood.IsInRange).Select(likelihood => Likelihood(declaration, likelihood)).ToArray();
        return likelihoods.Length == 0 ? "" : $"[{string.Join(", ", likelihoods)}]";
    }

    private static string Likelihood(PromptDeclaration declaration, LikelihoodDeclaration likelihood)
    {
        var member = likelihood.Member is { } name ? $", {Literal.String(name)}, {Literal.String(declaration.Judged!.FindMember(name)!.JsonName)}" : "";
        var whenUnknown = likelihood.WhenUnknown == WhenUnknown.Reject ? "" : ", WhenUnknown: global::PromptGen.WhenUnknown." + likelihood.WhenUnknown;
        return $"new({Literal.Double(likelihood.Probability)}{member}{whenUnknown})";
    }
}
