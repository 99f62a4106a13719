using Acme.Patterns.Pipelines;

namespace Acme.Patterns;

/// <summary>What the user asked for.</summary>
/// <param name="Patterns">The patterns to run.</param>
/// <param name="Workflows">The pipelines to run.</param>
/// <param name="Journal">The file in which the pipelines keep their requests; null = one that is removed once they are done.</param>
/// <param name="Ledger">The file that keeps what the calls did; null = nothing is kept.</param>
/// <param name="WantsHelp">Whether to explain the program instead.</param>
/// <param name="Mistake">What is wrong about the arguments; null = nothing.</param>
internal sealed record CommandLine(
    IReadOnlyList<Pattern> Patterns, IReadOnlyList<Workflow> Workflows, string? Journal = null, string? Ledger = null, bool WantsHelp = false, string? Mistake = null)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        Runs each pattern on its cases and compares the costs with those of the strongest model alone; then runs each pipeline.

          dotnet run --project samples/Patterns                 all patterns and pipelines
          dotnet run --project samples/Patterns -- rules plan   some of them: rules, llm, learned, plan, judge, vote, weights, jury, code,
                                                                moderate, polish, extract; pull, research, documents
          dotnet run --project samples/Patterns -- pull --journal FILE
                                                                keeps the requests of the pipelines in FILE (SQLite) also when they are done.
                                                                Default: patterns.db, removed when they are done. A run that was interrupted
                                                                goes on when it is started again.
          dotnet run --project samples/Patterns -- --ledger FILE
                                                                keeps what each call did in FILE (SQLite): promptgen report FILE

        Without keys the models are simulated on this machine. A key switches its provider to the real one, which costs money:
          OPENAI_API_KEY      OpenAI; OPENAI_BASE_URL for another endpoint that speaks its protocol
          ANTHROPIC_API_KEY   Anthropic
        """;

    private const string JournalOption = "--journal";
    private const string LedgerOption = "--ledger";

    /// <summary>Reads the arguments.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Any(static argument => argument is "--help" or "-h" or "-?"))
        {
            return new CommandLine([], [], WantsHelp: true);
        }

        var names = arguments.ToList();
        if (!TryTake(names, JournalOption, out var journal))
        {
            return Wrong($"{JournalOption} needs a file.");
        }

        if (!TryTake(names, LedgerOption, out var ledger))
        {
            return Wrong($"{LedgerOption} needs a file.");
        }

        var unknown = names.FirstOrDefault(static name => Pattern.All.All(pattern => pattern.Name != name) && Workflow.All.All(workflow => workflow.Name != name));
        return unknown is not null ? Wrong($"Unknown pattern {unknown}.") : new CommandLine(
            [.. Pattern.All.Where(pattern => names.Count == 0 || names.Contains(pattern.Name))],
            [.. Workflow.All.Where(workflow => names.Count == 0 || names.Contains(workflow.Name))],
            journal,
            ledger);
    }

    /// <summary>Takes an option and its value out of the arguments.</summary>
    /// <returns>False where the value is missing.</returns>
    private static bool TryTake(List<string> arguments, string option, out string? value)
    {
        var place = arguments.IndexOf(option);
        value = place < 0 ? null : arguments.ElementAtOrDefault(place + 1);
        if (place < 0 || value is null)
        {
            return place < 0;
        }

        arguments.RemoveRange(place, 2);
        return true;
    }

    private static CommandLine Wrong(string mistake) => new([], [], Mistake: mistake);
}
