using Acme.Patterns.Pipelines;

namespace Acme.Patterns;

/// <summary>What the user asked for.</summary>
/// <param name="Patterns">The patterns to run.</param>
/// <param name="Workflows">The pipelines to run.</param>
/// <param name="Journal">The file in which the pipelines keep their requests; null = one that is removed once they are done.</param>
/// <param name="WantsHelp">Whether to explain the program instead.</param>
/// <param name="Mistake">What is wrong about the arguments; null = nothing.</param>
internal sealed record CommandLine(IReadOnlyList<Pattern> Patterns, IReadOnlyList<Workflow> Workflows, string? Journal = null, bool WantsHelp = false, string? Mistake = null)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        Runs each pattern on its cases and compares the costs with those of the strongest model alone; then runs each pipeline.

          dotnet run --project samples/Patterns                 all patterns and pipelines
          dotnet run --project samples/Patterns -- rules plan   some of them: rules, llm, plan, judge, vote, weights, jury, code, moderate,
                                                                polish, extract; pull, research, documents
          dotnet run --project samples/Patterns -- pull --journal FILE
                                                                keeps the requests of the pipelines in FILE (SQLite) also when they are done.
                                                                Default: patterns.db, removed when they are done. A run that was interrupted
                                                                goes on when it is started again.

        Without keys the models are simulated on this machine. A key switches its provider to the real one, which costs money:
          OPENAI_API_KEY      OpenAI; OPENAI_BASE_URL for another endpoint that speaks its protocol
          ANTHROPIC_API_KEY   Anthropic
        """;

    private const string JournalOption = "--journal";

    /// <summary>Reads the arguments.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Any(static argument => argument is "--help" or "-h" or "-?"))
        {
            return new CommandLine([], [], WantsHelp: true);
        }

        var option = arguments.TakeWhile(static argument => argument != JournalOption).Count();
        var hasOption = option < arguments.Count;
        if (hasOption && option + 1 == arguments.Count)
        {
            return Wrong($"{JournalOption} needs a file.");
        }

        var names = arguments.Where((_, index) => !hasOption || (index != option && index != option + 1)).ToList();
        var unknown = names.FirstOrDefault(static name => Pattern.All.All(pattern => pattern.Name != name) && Workflow.All.All(workflow => workflow.Name != name));
        return unknown is not null ? Wrong($"Unknown pattern {unknown}.") : new CommandLine(
            [.. Pattern.All.Where(pattern => names.Count == 0 || names.Contains(pattern.Name))],
            [.. Workflow.All.Where(workflow => names.Count == 0 || names.Contains(workflow.Name))],
            hasOption ? arguments[option + 1] : null);
    }

    private static CommandLine Wrong(string mistake) => new([], [], Mistake: mistake);
}
