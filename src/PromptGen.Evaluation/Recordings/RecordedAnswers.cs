namespace PromptGen.Evaluation;

/// <summary>Answers of several models to the same questions, as they were recorded.</summary>
public abstract class RecordedAnswers
{
    private protected RecordedAnswers()
    {
    }

    /// <summary>The questions in the order of the data; ids are unique.</summary>
    public abstract IReadOnlyList<RecordedQuestion> Questions { get; }

    /// <summary>The models, in ordinal order.</summary>
    public abstract IReadOnlyList<string> Models { get; }

    /// <summary>
    /// Opens a folder with <c>questions.jsonl</c> and <c>outputs/MODEL.jsonl.gz</c> or <c>outputs/MODEL.jsonl</c>, or a table in a <c>.csv</c> or <c>.csv.gz</c> file.
    /// </summary>
    /// <param name="path">The folder or the file.</param>
    /// <returns>The answers. Those of a folder are read when they are asked for.</returns>
    /// <exception cref="RecordedDataException">The data cannot be read, or are none.</exception>
    public static RecordedAnswers Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            return RecordedFolder.Open(path);
        }

        if (!File.Exists(path))
        {
            throw new RecordedDataException($"There is no file or folder '{path}'.");
        }

        return RecordedTable.IsTable(path) ? RecordedTable.Read(path) : throw new RecordedDataException($"'{path}' is neither a folder of recorded answers nor a .csv or .csv.gz file.");
    }

    /// <summary>What a model answered, in the order of the data.</summary>
    /// <param name="model">One of <see cref="Models"/>.</param>
    /// <returns>The answers; no two to the same question.</returns>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="RecordedDataException">The data cannot be read; thrown while they are enumerated.</exception>
    public abstract IEnumerable<RecordedAnswer> Answers(string model);

    private protected ArgumentException NoSuchModel(string model) => new($"There are no answers of '{model}'; there are answers of {string.Join(", ", Models)}.", nameof(model));
}
