using System.ComponentModel;
using PromptGen.Routing;

namespace PromptGen.Hosting;

/// <summary>The prompts of one assembly. Generated code registers one, so that a program finds out at its start whether all of them are served.</summary>
/// <param name="assembly">The assembly's name.</param>
/// <param name="prompts">Its prompts.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptManifest(string assembly, params PromptDefinition[] prompts)
{
    /// <summary>The assembly's name.</summary>
    public string Assembly { get; } = assembly;

    /// <summary>Its prompts.</summary>
    public IReadOnlyList<PromptDefinition> Prompts { get; } = prompts;
}
