using System.Text.Json;

namespace PromptGen.Resume;

/// <summary>What a run of the pipeline says when it has ended by itself.</summary>
/// <param name="Done">How many items have a value.</param>
/// <param name="Skipped">How many failed with <see cref="PromptErrorCode.OutcomeUnknown"/>.</param>
/// <param name="OtherFailures">How many failed otherwise.</param>
/// <param name="Unknown"><see cref="PipelineRun.Unknown"/>.</param>
/// <param name="Usd"><see cref="PipelineRun.Cost"/>.</param>
/// <param name="Ended">What ended the whole pipeline; null = nothing did.</param>
public sealed record RunReport(int Done, int Skipped, int OtherFailures, long Unknown, decimal Usd, string? Ended);

/// <summary>The pipeline that is killed: 500 items, each with one request.</summary>
internal static class TicketPipeline
{
    public const int Items = 500;
    public const int Concurrency = 8;
    public const string Name = "tickets";
    public const string Stage = "summarise";

    /// <summary>Runs the pipeline, or what is left of it, and writes a <see cref="RunReport"/>.</summary>
    public static async Task RunAsync(Uri endpoint, string file, UnknownRequest policy, bool storesAnswers)
    {
        using var prompts = PromptRuntime.Create(builder => builder.AddOpenAI(options => (options.ApiKey, options.Endpoint, options.StoreAnswers) = ("test", endpoint, storesAnswers)));
        var tickets = new Tickets(prompts);

        // The process is killed, not the computer.
        await using var journal = new SqlitePromptJournal(file, SqliteDurability.Process);
        await using var run = prompts.StartPipeline(Name, new PipelineOptions { Journal = journal, Unknown = policy, Concurrency = Concurrency });
        IReadOnlyList<PipelineItem<string>> items = [];
        string? ended = null;
        try
        {
            items = await run.MapAsync(Stage, Enumerable.Range(0, Items), tickets.SummariseAsync);
        }
        catch (PromptException exception)
        {
            ended = exception.Code.ToString();
        }

        var codes = items.Select(static item => (item.Error as PromptException)?.Code ?? (item.Error is null ? PromptErrorCode.None : PromptErrorCode.Configuration)).ToArray();
        var done = codes.Count(static code => code == PromptErrorCode.None);
        var skipped = codes.Count(static code => code == PromptErrorCode.OutcomeUnknown);
        Console.WriteLine(JsonSerializer.Serialize(new RunReport(done, skipped, codes.Length - done - skipped, run.Unknown, run.Cost.Usd, ended)));
    }
}
