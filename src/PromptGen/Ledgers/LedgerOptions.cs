namespace PromptGen;

/// <summary>How calls are written to a ledger.</summary>
public sealed class LedgerOptions
{
    /// <summary>
    /// How long ended calls are collected before they are written together. A process that is killed loses those of this time, and those that are being written. 10 ms–1 minute;
    /// default: 200 ms.
    /// </summary>
    public TimeSpan FlushInterval { get; set => field = Bounds.Within(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)); } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How many calls may wait to be written. Those beyond it are not recorded, and counted: <c>promptgen.ledger.dropped</c>. 100–1,000,000; default: 20,000.
    /// </summary>
    public int Capacity { get; set => field = value is >= 100 and <= 1_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A ledger's capacity is 100–1,000,000."); } = 20_000;

    /// <summary>How long the disposal of the runtime waits until the calls are written. 0–5 minutes; default: 5 s.</summary>
    public TimeSpan ShutdownTimeout { get; set => field = Bounds.Within(value, TimeSpan.Zero, TimeSpan.FromMinutes(5)); } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether messages and answers are kept too, for fine-tuning and for looking at single calls. Those of calls that may reach self-hosted models only never are. Default: false.
    /// </summary>
    public bool CaptureContent { get; set; }

    /// <summary>
    /// Called with every text that <see cref="CaptureContent"/> is about to keep; its result is kept instead. A text for which it throws is left out. Called in the background, by one
    /// thread at a time. Default: null, texts are kept as they are.
    /// </summary>
    public Func<string, string>? Redact { get; set; }
}
