using System.Text.Json;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>The prompts of an assembly as a file: what <c>promptgen explain --json</c> writes. A set is checked against it where the assembly is not available.</summary>
internal static class ManifestFile
{
    /// <summary>Whether a file is one by its name.</summary>
    public static bool Is(FileInfo file) => string.Equals(file.Extension, ".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The prompt of a file.</summary>
    /// <exception cref="ToolException">The file cannot be read, or there is no such prompt, or several and none is named.</exception>
    public static ManifestPrompt Find(FileInfo file, string? name)
    {
        ManifestPrompt[] prompts;
        try
        {
            using var stream = file.OpenRead();
            prompts = JsonSerializer.Deserialize<ManifestPrompt[]>(stream, ToolContext.JsonLine) ?? [];
        }
        catch (JsonException exception)
        {
            throw new ToolException($"{file.FullName} is not what 'promptgen explain --json' writes (line {exception.LineNumber + 1}).", inner: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{file.FullName} cannot be read: {exception.Message}", inner: exception);
        }

        return prompts.Length > 0 ? EvaluationTarget.Choose(file.Name, prompts, static prompt => prompt.Name, name) : throw new ToolException($"{file.FullName} has no prompts.");
    }
}

/// <summary>A prompt of a manifest, as far as it decides which items suit it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Schemas">What its items are checked against; null = it returns a stream or a client, or the file is that of an earlier version of the tool.</param>
internal sealed record ManifestPrompt(string Name, string Version, PromptSchemas? Schemas);
