using System.Globalization;
using PromptGen;

// Writes batches of 100 calls to the file of the first argument, and says after each how many of the run are written. The second argument is the number of the run.
var (file, run) = (args[0], args[1]);
var ledger = new SqliteCallLedger(file);
for (var written = 0; ;)
{
    await ledger.WriteAsync([.. Enumerable.Range(written, 100).Select(Call)]);
    written += 100;
    Console.WriteLine(written.ToString(CultureInfo.InvariantCulture));
}

CallRecord Call(int number) => new()
{
    CallId = string.Create(CultureInfo.InvariantCulture, $"{run}-{number:x8}"),
    Prompt = "Desk.Urgency",
    Version = "00c0ffee",
    StartedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
    Duration = TimeSpan.FromSeconds(1),
    Outcome = PromptErrorCode.None,
    Cost = PromptCost.Zero,
    FullCost = PromptCost.Zero,
    Attempts =
    [
        new CallAttempt
        {
            ModelId = "mini",
            Provider = "openai",
            Tier = Tier.Fast,
            Reason = PromptAttemptReason.Initial,
            Outcome = PromptErrorCode.None,
            Cost = PromptCost.Zero,
            Duration = TimeSpan.FromSeconds(1),
        },
    ],
};
