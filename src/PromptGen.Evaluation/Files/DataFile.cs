using System.IO.Compression;

namespace PromptGen.Evaluation;

/// <summary>Text files of data, compressed by gzip where their name ends with <c>.gz</c>.</summary>
internal static class DataFile
{
    private const string Compressed = ".gz";

    /// <summary>Whether a name ends so, with or without <c>.gz</c> behind it.</summary>
    public static bool Is(string path, string extension) =>
        path.EndsWith(extension, StringComparison.OrdinalIgnoreCase) || path.EndsWith(extension + Compressed, StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a file.</summary>
    /// <returns>Its text. To read it fails with <see cref="InvalidDataException"/> where the file is not compressed as its name says.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static StreamReader Open(string path)
    {
        Stream file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(Compressed, StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }
}
