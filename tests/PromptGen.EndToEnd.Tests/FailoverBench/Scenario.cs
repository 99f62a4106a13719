namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>One of the benchmark's scenarios.</summary>
/// <param name="Id">S01–S16.</param>
/// <param name="Title">What happens.</param>
/// <param name="Primary">The model that is called first; its id selects the fault.</param>
/// <param name="MaxWall">How long a call may take, in seconds; a second later it hangs.</param>
internal sealed record Scenario(string Id, string Title, string Primary, int MaxWall)
{
    public const string FallbackId = "fb-ok";

    public string Fallback { get; init; } = FallbackId;

    /// <summary>Whether an error is what the caller should get.</summary>
    public bool IdealIsError { get; init; }

    public IReadOnlyList<Check> Checks { get; init; } = [Check.NoHang];

    /// <summary>How many calls there are, one every four seconds.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>How long the first request gets no response; null where it gets one at once.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>How many words a stream delivers before the fault occurs. Stricter than the benchmark: the caller must have them by then.</summary>
    public int WordsBefore { get; init; }

    /// <summary>The models called, in order: P is the primary, F the fallback. Stricter than the benchmark. Null: too many to name.</summary>
    public Func<Column, string>? Asked { get; init; }

    /// <summary>What a cell must show beyond the benchmark's checks.</summary>
    public Func<Cell, BenchRun, Task> StricterAsync { get; init; } = static (_, _) => Task.CompletedTask;
}
