namespace PromptGen.Cli.Tests;

/// <summary>A file of one test, deleted at its end.</summary>
internal sealed class TempFile : IDisposable
{
    public TempFile(string text, string extension = ".csv") => File.WriteAllText(Name = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + extension), text);

    public string Name { get; }

    public string Text => File.ReadAllText(Name);

    public void Dispose() => File.Delete(Name);
}
