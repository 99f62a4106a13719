namespace Acme.Support;

/// <summary>What the user asked for.</summary>
/// <param name="Ticket">A ticket of the user's own; null = the mailbox.</param>
/// <param name="IsPersonal">Whether that ticket holds personal data.</param>
/// <param name="Ledger">The file that keeps what the calls did; null = nothing is kept.</param>
/// <param name="WantsHelp">Whether to explain the program instead.</param>
/// <param name="Mistake">What is wrong about the arguments; null = nothing.</param>
internal sealed record CommandLine(string? Ticket = null, bool IsPersonal = false, string? Ledger = null, bool WantsHelp = false, string? Mistake = null)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        Triages support tickets through a cascade of models: fast, general, deep, and at the end a person.

          dotnet run --project samples/SupportDesk                                 all tickets of the mailbox
          dotnet run --project samples/SupportDesk -- --ticket "I can't log in"     one ticket of your own, with its ledger
          dotnet run --project samples/SupportDesk -- --personal --ticket "…"       the same, for self-hosted models only
          dotnet run --project samples/SupportDesk -- --ledger calls.db            keeps what each call did: promptgen report calls.db

        Without keys the models are simulated on this machine. A key switches its provider to the real one, which costs money:
          OPENAI_API_KEY      OpenAI; OPENAI_BASE_URL for another endpoint that speaks its protocol
          ANTHROPIC_API_KEY   Anthropic
          OLLAMA_BASE_URL     a self-hosted model, for example http://localhost:11434/v1
        """;

    /// <summary>Reads the arguments.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (var index = 0; index < arguments.Count; index++)
        {
            switch (arguments[index])
            {
                case "--help" or "-h" or "-?":
                    return new CommandLine(WantsHelp: true);
                case "--personal":
                    line = line with { IsPersonal = true };
                    break;
                case "--ticket" when index + 1 < arguments.Count && arguments[index + 1].Trim().Length > 0:
                    line = line with { Ticket = arguments[++index] };
                    break;
                case "--ledger" when index + 1 < arguments.Count:
                    line = line with { Ledger = arguments[++index] };
                    break;
                case "--ledger":
                    return new CommandLine(Mistake: "--ledger needs a file.");
                case "--ticket":
                    return new CommandLine(Mistake: "--ticket needs a text.");
                case var unknown:
                    return new CommandLine(Mistake: $"Unknown argument {unknown}.");
            }
        }

        return line is { IsPersonal: true, Ticket: null } ? new CommandLine(Mistake: "--personal goes with --ticket.") : line;
    }
}
