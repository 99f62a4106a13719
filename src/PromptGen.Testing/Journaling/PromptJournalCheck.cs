namespace PromptGen.Testing;

/// <summary>One guarantee of <see cref="IPromptJournal"/>, and a check of it. Part of <see cref="PromptJournalConformance"/>.</summary>
public sealed class PromptJournalCheck
{
    private readonly Func<PromptJournalProbe, Task> _check;

    internal PromptJournalCheck(string name, bool opensAgain, Func<PromptJournalProbe, Task> check) => (Name, OpensAgain, _check) = (name, opensAgain, check);

    /// <summary>The guarantee in one sentence; usable as the name of a test.</summary>
    public string Name { get; }

    /// <summary>Whether the check disposes the journal and opens it again. Leave it out for a journal that does not outlast its object.</summary>
    public bool OpensAgain { get; }

    /// <summary>Checks a journal. Each run uses pipelines of its own, so journals may be shared and persistent.</summary>
    /// <param name="open">
    /// Opens the journal; where <see cref="OpensAgain"/>, the same one each time. What it returns is disposed at the end where it can be.
    /// </param>
    /// <returns>A task that completes if the journal passed the check.</returns>
    /// <exception cref="PromptJournalViolationException">It did not; the message says what was expected and what came.</exception>
    public async Task RunAsync(Func<IPromptJournal> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        var probe = new PromptJournalProbe(Name, open);
        await using (probe.ConfigureAwait(false))
        {
            await _check(probe).ConfigureAwait(false);
        }
    }

    /// <summary>The guarantee.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
