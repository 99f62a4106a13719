namespace PromptGen.Cli.Output;

/// <summary>Reports the progress of a long command: <see cref="ToolContext.WatchAsync"/>.</summary>
/// <param name="show">Replaces what a terminal shows.</param>
/// <param name="write">Writes a line where there is no terminal.</param>
internal sealed class WatchedWork(Action<string> show, Action<string> write)
{
    /// <summary>Says what it is doing now.</summary>
    public void Now(string what) => show(what);

    /// <summary>Says how far it is, rarely enough for the log of a build: a line where there is no terminal.</summary>
    public void Milestone(string what)
    {
        show(what);
        write(what);
    }
}
