using System.Globalization;
using PromptGen;
using PromptGen.Resume;

if (args is ["run", var endpoint, var file, var unknown, var stores])
{
    await TicketPipeline.RunAsync(new Uri(endpoint), file, Enum.Parse<UnknownRequest>(unknown), bool.Parse(stores));
    return 0;
}

const int KillsPerPipeline = 5;
var kills = args is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 200;
var seed = args is [_, var chosen] ? int.Parse(chosen, CultureInfo.InvariantCulture) : Environment.TickCount;
var random = new Random(seed);
(UnknownRequest Policy, bool Stores)[] kinds = [(UnknownRequest.Retry, false), (UnknownRequest.Skip, false), (UnknownRequest.Fail, false), (UnknownRequest.Retry, true)];
var rows = kinds.ToDictionary(static kind => kind, static _ => (Kills: new List<int>(), Pipelines: 0, Requests: 0, Done: 0));
var violations = new List<string>();
for (var i = 0; i < (kills + KillsPerPipeline - 1) / KillsPerPipeline; i++)
{
    var kind = kinds[i % kinds.Length];
    await using var pipeline = new KilledPipeline(kind.Policy, random, kind.Stores);
    await pipeline.RunAsync(Math.Min(KillsPerPipeline, kills - (i * KillsPerPipeline)), CancellationToken.None);
    var row = rows[kind];
    row.Kills.AddRange(pipeline.UnknownPerKill);
    rows[kind] = (row.Kills, row.Pipelines + 1, row.Requests + pipeline.Requests, row.Done + pipeline.Done);
    violations.AddRange(pipeline.Violations);
}

Console.WriteLine($"seed {seed}, {KilledPipeline.Items} items, at most {KilledPipeline.MostInFlight} requests under way");
Console.WriteLine("| policy | pipelines | kills | unknown | per kill | most | requests | answers |");
Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
foreach (var (kind, row) in rows.Where(static row => row.Value.Pipelines > 0))
{
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| `{kind.Policy}`{(kind.Stores ? ", answers stored" : "")} | {row.Pipelines} | {row.Kills.Count} | {row.Kills.Sum()} | {row.Kills.Average():0.0} | {row.Kills.Max()} | {row.Requests:N0} | {row.Done:N0} |"));
}

violations.ForEach(Console.WriteLine);
return violations.Count == 0 ? 0 : 1;
