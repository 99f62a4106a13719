using System.CommandLine;
using System.Globalization;

namespace PromptGen.Cli.Ledgers;

/// <summary>What the commands that read a ledger have in common: the file and which of its calls.</summary>
internal sealed class LedgerOptionSet
{
    public Argument<FileInfo> File { get; } = new("ledger") { Description = "The file of a SqliteCallLedger." };

    public Option<string?> Prompt { get; } = new("--prompt") { Description = "Only the calls of this prompt.", HelpName = "name" };

    public Option<string?> Scope { get; } = new("--scope") { Description = "Only the calls of this scope.", HelpName = "name" };

    public Option<DateTimeOffset?> From { get; } = Moment("--from", "Only the calls that started then or later, in UTC, for example 2026-11-01 or 2026-11-01T12:00.");

    public Option<DateTimeOffset?> Until { get; } = Moment("--until", "Only the calls that started before.");

    /// <summary>A moment in UTC.</summary>
    public static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = static result =>
        {
            if (result.Tokens is [var token] && DateTimeOffset.TryParse(token.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
            {
                return moment;
            }

            result.AddError($"{result.Argument.Name} is no time: write 2026-11-01 or 2026-11-01T12:00.");
            return null;
        },
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(File);
        command.Options.Add(Prompt);
        command.Options.Add(Scope);
        command.Options.Add(From);
        command.Options.Add(Until);
    }

    /// <summary>Opens the file.</summary>
    /// <exception cref="ToolException">It is not there, or no ledger.</exception>
    public SqliteCallLedger Open(ParseResult line) => Open(line.GetRequiredValue(File));

    /// <summary>Opens a file.</summary>
    /// <exception cref="ToolException">It is not there, or no ledger.</exception>
    public static SqliteCallLedger Open(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new ToolException($"{file.FullName} does not exist.");
        }

        try
        {
            return new SqliteCallLedger(file.FullName);
        }
        catch (PromptException exception)
        {
            throw new ToolException(exception.Message, inner: exception);
        }
    }

    /// <summary>Which calls.</summary>
    public CallFilter Filter(ParseResult line) => new() { Prompt = line.GetValue(Prompt), Scope = line.GetValue(Scope), From = line.GetValue(From), Until = line.GetValue(Until) };
}
