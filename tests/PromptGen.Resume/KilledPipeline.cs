using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PromptGen.Testing;

namespace PromptGen.Resume;

/// <summary>
/// Runs the pipeline in a process of its own, kills it at random points and starts it again until it is done. The model server is outside of that process, so that what it has
/// counted is what a provider would charge.
/// </summary>
/// <param name="policy">How requests with an unknown outcome are treated.</param>
/// <param name="random">Chooses the points.</param>
/// <param name="storesAnswers">Whether the provider stores answers, so that what is unknown is fetched.</param>
public sealed class KilledPipeline(UnknownRequest policy, Random random, bool storesAnswers = false) : IAsyncDisposable
{
    /// <summary>The most requests under way at a time: the pipeline's items at once, of one request each.</summary>
    public const int MostInFlight = TicketPipeline.Concurrency;

    /// <summary>How many items the pipeline has.</summary>
    public const int Items = TicketPipeline.Items;

    private const string Answer = "a summary";

    /// <summary>10 input and 100 output tokens.</summary>
    private const decimal UsdPerAnswer = 0.00021m;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("promptgen-resume-");
    private readonly List<int> _unknownPerKill = [];
    private readonly List<string> _violations = [];

    /// <summary>How often the outcome of a ticket's request became unknown.</summary>
    private readonly Dictionary<int, int> _unknownTimes = [];

    /// <summary>
    /// The tickets whose outcome the journal does not have, when the journal was last read: how often each was asked, and how many of its requests the journal keeps as made again. A process
    /// that is killed between writing a request and sending it adds to the latter alone.
    /// </summary>
    private Dictionary<int, (int Asked, int Repeated)> _unknown = [];

    /// <summary>How often a ticket had been asked when its answer was first seen in the journal.</summary>
    private readonly Dictionary<int, int> _answered = [];
    private ModelServer _server = null!;

    private string File => Path.Combine(_folder.FullName, "tickets.db");

    /// <summary>How many requests had an unknown outcome after each kill.</summary>
    public IReadOnlyList<int> UnknownPerKill => _unknownPerKill;

    /// <summary>How many requests the server got.</summary>
    public int Requests => _server.Requests.Count;

    /// <summary>How many answers the pipeline ended with.</summary>
    public int Done { get; private set; }

    /// <summary>What does not hold that must; empty where all does.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Kills the pipeline so many times, and then lets it end.</summary>
    public async Task RunAsync(int kills, CancellationToken cancellationToken)
    {
        _server = await ModelServer.StartAsync(
            static _ => ModelReply.Text(Answer, inputTokens: 10, outputTokens: 100) with { Delay = TimeSpan.FromMilliseconds(3) }, TimeProvider.System);
        for (var kill = 0; kill < kills; kill++)
        {
            await KillAsync(mostRequests: Items / (kills + 1), cancellationToken);
            _unknownPerKill.Add(await LookAsync());
            if (policy == UnknownRequest.Fail && _unknown.Count > 0)
            {
                await RefuseAsync(cancellationToken);
            }
        }

        // After the last kill of a pipeline that refuses, its owner decides that what is unknown is asked again.
        await EndAsync(policy == UnknownRequest.Fail ? UnknownRequest.Retry : policy, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task KillAsync(int mostRequests, CancellationToken cancellationToken)
    {
        var before = Requests;
        using var process = Start(policy == UnknownRequest.Fail ? UnknownRequest.Retry : policy);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ending = process.WaitForExitAsync(ended.Token);
        await Task.WhenAny(_server.WaitForRequestAsync(before + random.Next(1, mostRequests + 1), ended.Token), ending);

        // Somewhere within the time that a request takes, not always as one arrives.
        var wait = TimeSpan.FromMicroseconds(random.Next(6_000));
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < wait;)
        {
            Thread.SpinWait(20);
        }

        Check(!process.HasExited, "A run ended before it was killed.");
        process.Kill();
        await ending;
        await ended.CancelAsync();
        await _server.WaitForIdleAsync(cancellationToken);
    }

    /// <summary>Reads the journal as a process has left it.</summary>
    /// <returns>How many outcomes that process has left unknown.</returns>
    private async Task<int> LookAsync()
    {
        await using var journal = new SqlitePromptJournal(File, SqliteDurability.Process);
        var (asked, unknown, added) = (RequestsPerTicket(), new Dictionary<int, (int Asked, int Repeated)>(), 0);
        for (var number = 0; number < Items; number++)
        {
            var all = await journal.ReadAsync(new JournalItem(TicketPipeline.Name, TicketPipeline.Stage, number.ToString(CultureInfo.InvariantCulture)));
            var entries = all.Where(static entry => !IsRepeated(entry)).ToArray();
            Check(entries.Length <= 1, $"Ticket {number} has {entries.Length} entries.");
            var repeated = all.Count - entries.Length;
            Check(repeated <= _unknownTimes.GetValueOrDefault(number), $"Ticket {number} has {repeated} repeated requests.");
            if (entries is not [var entry])
            {
                continue;
            }

            var times = asked.GetValueOrDefault(number);
            if (entry.State == JournalState.Sent)
            {
                Check(entry.Answer is null, $"Ticket {number} has an answer and was only sent.");
                var isAdded = !_unknown.TryGetValue(number, out var before) || before != (times, repeated);
                _unknownTimes[number] = _unknownTimes.GetValueOrDefault(number) + (isAdded ? 1 : 0);
                added += isAdded ? 1 : 0;
                unknown.Add(number, (times, repeated));
            }
            else
            {
                Check((entry.State, entry.Answer?.Text, entry.Cost) == (JournalState.Answered, Answer, new PromptCost(UsdPerAnswer, true)), $"Ticket {number} has an entry that is not whole.");
                _answered.TryAdd(number, times);
            }
        }

        _unknown = unknown;
        Check(added <= MostInFlight, $"A process left {added} outcomes unknown, with at most {MostInFlight} requests under way.");
        return added;
    }

    /// <summary>Whether it is what the journal keeps of a request that was made again.</summary>
    private static bool IsRepeated(JournalEntry entry) => entry.Request.LastIndexOf('~') > entry.Request.LastIndexOf('/');

    /// <summary>With <see cref="UnknownRequest.Fail"/>, a run over requests with an unknown outcome ends and asks for none of them again.</summary>
    private async Task RefuseAsync(CancellationToken cancellationToken)
    {
        var report = await FinishAsync(UnknownRequest.Fail, cancellationToken);
        Check(report.Ended == nameof(PromptErrorCode.OutcomeUnknown), $"A pipeline that refuses unknown outcomes ended with {report.Ended ?? "all items"}.");
        var asked = RequestsPerTicket();
        Check(_unknown.All(ticket => asked.GetValueOrDefault(ticket.Key) == ticket.Value.Asked), "A pipeline that refuses unknown outcomes asked again.");

        // What was under way when it ended is unknown, too.
        await LookAsync();
    }

    private async Task EndAsync(UnknownRequest last, CancellationToken cancellationToken)
    {
        var report = await FinishAsync(last, cancellationToken);
        Done = report.Done;
        var skipped = last == UnknownRequest.Skip ? _unknown.Count : 0;

        // Whatever arrived at a provider that stores answers is found.
        var unknown = _unknown.Values.Count(ticket => !storesAnswers || ticket.Asked == 0);
        Check(report.Unknown == unknown, $"The last run counted {report.Unknown} unknown outcomes of {unknown}.");
        Check((report.Done, report.Skipped, report.OtherFailures) == (Items - skipped, skipped, 0), $"The last run ended with {report}.");
        Check(report.Usd == report.Done * UsdPerAnswer, $"{report.Done} answers are booked with {report.Usd} USD.");

        var asked = RequestsPerTicket();
        foreach (var (number, times) in _answered)
        {
            Check(asked[number] == times, $"Ticket {number} was asked again after the journal had its answer.");
        }

        for (var number = 0; number < Items; number++)
        {
            var (times, lost) = (asked.GetValueOrDefault(number), policy == UnknownRequest.Skip || storesAnswers ? 0 : _unknownTimes.GetValueOrDefault(number));
            Check(times <= 1 + lost, $"Ticket {number} was asked {times} times, and {lost} of its answers were lost.");
        }
    }

    private async Task<RunReport> FinishAsync(UnknownRequest unknown, CancellationToken cancellationToken)
    {
        using var process = Start(unknown);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<RunReport>(output)! : throw new InvalidOperationException($"The pipeline ended with {process.ExitCode}: {output}");
    }

    private Process Start(UnknownRequest unknown)
    {
        string[] arguments = [typeof(KilledPipeline).Assembly.Location, "run", _server.OpenAIEndpoint.ToString(), File, unknown.ToString(), storesAnswers.ToString()];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true };
        return Process.Start(start) ?? throw new InvalidOperationException("The pipeline did not start.");
    }

    private Dictionary<int, int> RequestsPerTicket() => _server.Requests
        .GroupBy(static request => int.Parse(request.TextOf("user").Split(' ')[^1], CultureInfo.InvariantCulture))
        .ToDictionary(static group => group.Key, static group => group.Count());

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }
    }
}
