using PromptGen.Cli.Assemblies;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>Finds the prompt of an assembly that is evaluated.</summary>
internal static class EvaluationTarget
{
    /// <exception cref="ToolException">There is no such prompt, or several and none is named.</exception>
    /// <exception cref="NotSupportedException">The prompt returns a stream or a client.</exception>
    public static EvaluatedPrompt Find(PromptAssembly assembly, string? name)
    {
        var prompts = assembly.Prompts();
        var names = string.Join(", ", prompts.Select(static prompt => prompt.Definition.Name));
        var chosen = name is null
            ? prompts.Count == 1 ? prompts[0] : throw new ToolException($"{assembly.Name} has several prompts; name one with --prompt: {names}.", ExitCodes.Usage)
            : prompts.FirstOrDefault(prompt => prompt.Definition.Name == name) ?? throw new ToolException($"{assembly.Name} has no prompt '{name}'. It has: {names}.", ExitCodes.Usage);
        return EvaluatedPrompt.Of(chosen.Definition, PromptEntry.MethodsOf(assembly).GetValueOrDefault(chosen.Definition.Name) ?? throw new ToolException($"The method of {chosen.Definition.Name} was not found."));
    }
}
