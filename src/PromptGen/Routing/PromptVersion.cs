namespace PromptGen.Routing;

/// <summary>The version of a prompt together with those that it calls.</summary>
internal static class PromptVersion
{
    public static string Combine(PromptDefinition prompt)
    {
        if (prompt.Children is null)
        {
            return prompt.Version;
        }

        var hash = new TextHash();
        Add(prompt, hash, []);
        return hash.ToString();
    }

    // Each prompt counts once, so that prompts that call each other in a circle have a version too.
    private static void Add(PromptDefinition prompt, TextHash hash, HashSet<PromptDefinition> seen)
    {
        if (!seen.Add(prompt))
        {
            return;
        }

        hash.Add(prompt.Name).Add(':').Add(prompt.Version).Add('\n');
        foreach (var child in prompt.Children?.Invoke() ?? [])
        {
            Add(child, hash, seen);
        }
    }
}
