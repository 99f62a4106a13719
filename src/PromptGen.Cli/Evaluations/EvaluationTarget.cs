using PromptGen.Cli.Assemblies;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>Finds the prompt that is evaluated.</summary>
internal static class EvaluationTarget
{
    /// <summary>The prompt of an assembly.</summary>
    /// <exception cref="ToolException">There is no such prompt, or several and none is named.</exception>
    /// <exception cref="NotSupportedException">The prompt returns a stream or a client.</exception>
    public static EvaluatedPrompt Find(PromptAssembly assembly, string? name) => Choose(assembly.Name, assembly.Prompts(), static prompt => prompt.Definition.Name, name).ToEvaluate();

    /// <summary>The prompt of a name, or the only one.</summary>
    /// <exception cref="ToolException">There is no such prompt, or several and none is named.</exception>
    public static T Choose<T>(string source, IReadOnlyList<T> prompts, Func<T, string> nameOf, string? name)
    {
        var names = string.Join(", ", prompts.Select(nameOf));
        return name is not null ? prompts.FirstOrDefault(prompt => nameOf(prompt) == name) ?? throw new ToolException($"{source} has no prompt '{name}'. It has: {names}.", ExitCodes.Usage)
            : prompts.Count == 1 ? prompts[0]
            : throw new ToolException($"{source} has several prompts; name one with --prompt: {names}.", ExitCodes.Usage);
    }
}
