using PromptGen.Cli.Assemblies;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>What <c>promptgen eval --check --json</c> writes: whether a set suits a prompt.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Version">Its version.</param>
/// <param name="DataVersion">The version of the items.</param>
/// <param name="Items">How many there are.</param>
/// <param name="Faults">A line for each fault, with file and line of the item.</param>
internal sealed record SetCheck(string Prompt, string Version, string DataVersion, int Items, IReadOnlyList<string> Faults)
{
    /// <summary>Checks a set against an assembly, or against its manifest as a file.</summary>
    /// <exception cref="ToolException">The prompt cannot be found, or cannot be evaluated.</exception>
    /// <exception cref="NotSupportedException">The prompt returns a stream or a client.</exception>
    public static SetCheck Of(FileInfo source, EvaluationSet set, string? name)
    {
        if (!ManifestFile.Is(source))
        {
            var prompt = EvaluationTarget.Find(PromptAssembly.Load(source), name);
            return new(prompt.Name, prompt.Version, set.Version, set.Items.Count, prompt.Check(set));
        }

        var found = ManifestFile.Find(source, name);
        var schemas = found.Schemas ?? throw new ToolException($"{source.Name} has no schemas of {found.Name}: it returns a stream or a client, or the file was written by an earlier version of the tool.");
        return new(found.Name, found.Version, set.Version, set.Items.Count, schemas.Check(set));
    }

    /// <summary>Writes the result: faults to standard error, or all of it as JSON.</summary>
    /// <returns>The exit code.</returns>
    public int Write(ToolContext context, bool asJson)
    {
        if (asJson)
        {
            context.WriteJson(this);
        }
        else if (Faults.Count == 0)
        {
            context.Output.WriteLine($"{Figures.Count(Items, "item")}, data {DataVersion}: all suit {Prompt} {Version}.");
        }
        else
        {
            foreach (var fault in Faults)
            {
                context.Error.WriteLine(fault);
            }
        }

        return Faults.Count == 0 ? ExitCodes.Ok : ExitCodes.Error;
    }
}
