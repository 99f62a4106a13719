namespace Acme.Patterns;

/// <summary>What the user asked for.</summary>
/// <param name="Patterns">The patterns to run.</param>
/// <param name="WantsHelp">Whether to explain the program instead.</param>
/// <param name="Mistake">What is wrong about the arguments; null = nothing.</param>
internal sealed record CommandLine(IReadOnlyList<Pattern> Patterns, bool WantsHelp = false, string? Mistake = null)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        Runs each pattern on its cases and compares the costs with those of the strongest model alone.

          dotnet run --project samples/Patterns                 all patterns
          dotnet run --project samples/Patterns -- rules plan   some of them: rules, llm, plan, judge, vote, weights, jury, code, moderate,
                                                                polish, extract

        Without keys the models are simulated on this machine. A key switches its provider to the real one, which costs money:
          OPENAI_API_KEY      OpenAI; OPENAI_BASE_URL for another endpoint that speaks its protocol
          ANTHROPIC_API_KEY   Anthropic
        """;

    /// <summary>Reads the arguments.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Any(static argument => argument is "--help" or "-h" or "-?"))
        {
            return new CommandLine([], WantsHelp: true);
        }

        var unknown = arguments.FirstOrDefault(static argument => Pattern.All.All(pattern => pattern.Name != argument));
        return unknown is not null ? new CommandLine([], Mistake: $"Unknown pattern {unknown}.")
            : new CommandLine([.. Pattern.All.Where(pattern => arguments.Count == 0 || arguments.Contains(pattern.Name))]);
    }
}
