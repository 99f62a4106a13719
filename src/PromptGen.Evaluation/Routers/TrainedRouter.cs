namespace PromptGen.Evaluation;

/// <summary>A router, its file and how good it is.</summary>
public sealed class TrainedRouter
{
    private readonly byte[] _file;

    internal TrainedRouter(byte[] file, RouterReport report)
    {
        (_file, Report) = (file, report);
        Router = LearnedRouter.Parse(file);
    }

    /// <summary>The router as its file has it.</summary>
    public LearnedRouter Router { get; }

    /// <summary>How good it is.</summary>
    public RouterReport Report { get; }

    /// <summary>The file's content, UTF-8: a head with date, counts, metrics and threshold as lines of text, then the weights. The same for the same examples.</summary>
    public ReadOnlyMemory<byte> File => _file;

    /// <summary>Writes the file, for example <c>triage.router</c> beside the prompt.</summary>
    /// <param name="path">The path; a file that is there is replaced.</param>
    public void Save(string path) => System.IO.File.WriteAllBytes(path, _file);
}
