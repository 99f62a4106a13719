namespace PromptGen.Evaluation;

/// <summary>Finds the files that tests name.</summary>
internal static class TestFiles
{
    /// <summary>A file below the folder of the test assembly, or beside a source file.</summary>
    /// <exception cref="RecordedDataException">There is none.</exception>
    public static string Find(string path, string? sourceFile)
    {
        string[] places = [Below(path), .. Path.GetDirectoryName(sourceFile) is { Length: > 0 } folder ? (string[])[Path.Combine(folder, path)] : []];
        return places.FirstOrDefault(File.Exists) ?? throw new RecordedDataException($"There is no file {string.Join(" and no file ", places.Distinct(StringComparer.Ordinal).Select(static place => $"'{place}'"))}.");
    }

    /// <summary>A path below the folder of the test assembly.</summary>
    public static string Below(string path) => Path.Combine(AppContext.BaseDirectory, path);
}
