using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>What a prompt has to know of another one that it calls.</summary>
internal static class CalledPromptReader
{
    /// <returns>The prompt that a method is; null where it is a plain one, or none was found.</returns>
    public static CalledPrompt? Of(MethodFit? found, IMethodSymbol caller, ContainerFacts facts)
    {
        if (found?.Method is not { } method)
        {
            return null;
        }

        var attributes = method.GetAttributes();
        return attributes.FirstOrDefault(static attribute => attribute.IsPromptGen("RoutedPrompt")) is not { } routed ? null : new CalledPrompt(
            RouteReader.Read(routed, attributes),
            SymbolEqualityComparer.Default.Equals(method.ContainingType, caller.ContainingType) ? facts.StemOf(method) + "Prompt" : null,
            attributes.Any(static attribute => attribute.IsPromptGen("SelfHostedOnly")) || method.Parameters.Any(static parameter => parameter.HasPromptGenAttribute("Sensitive")));
    }
}
