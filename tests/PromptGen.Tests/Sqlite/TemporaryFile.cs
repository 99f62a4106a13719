namespace PromptGen.Tests.Sqlite;

/// <summary>A file in a folder of its own, deleted with everything that was put beside it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("promptgen-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "journal.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
