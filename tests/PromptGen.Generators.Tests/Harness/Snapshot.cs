using System.Runtime.CompilerServices;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>
/// Compares text with the file <c>Snapshots/{Test}.g.cs.txt</c> beside the test. Setting PROMPTGEN_UPDATE_SNAPSHOTS=1 writes the files
/// instead; a file that is not there fails otherwise.
/// </summary>
internal static class Snapshot
{
    public static void Verify(string actual, [CallerMemberName] string test = "", [CallerFilePath] string file = "") =>
        VerifyFile(actual, Path.Combine(Path.GetDirectoryName(file)!, "Snapshots", test + ".g.cs.txt"));

    /// <summary>Compares text with a file that is anywhere.</summary>
    public static void VerifyFile(string actual, string path)
    {
        var text = Normalize(actual);
        if (Environment.GetEnvironmentVariable("PROMPTGEN_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"No snapshot {Path.GetFileName(path)}. Set PROMPTGEN_UPDATE_SNAPSHOTS=1 to write it, and read it before you commit it.");
        var expected = Normalize(File.ReadAllText(path));
        if (expected != text)
        {
            Assert.Fail(FirstDifference(expected.Split('\n'), text.Split('\n')));
        }
    }

    private static string FirstDifference(string[] expected, string[] actual)
    {
        var line = 0;
        while (line < expected.Length && line < actual.Length && expected[line] == actual[line])
        {
            line++;
        }

        return $"""
            The snapshot differs from line {line + 1} on.
            expected: {(line < expected.Length ? expected[line] : "(the end)")}
            actual:   {(line < actual.Length ? actual[line] : "(the end)")}
            """;
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";
}
