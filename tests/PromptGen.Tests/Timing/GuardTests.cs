using System.Text.RegularExpressions;

namespace PromptGen.Tests.Timing;

/// <summary>
/// Who cancels runs the callbacks of others, and what those throw on a timer's thread ends the process. So only <c>Timing</c> cancels, and makes
/// what cancels by itself.
/// </summary>
public sealed partial class GuardTests
{
    [Fact]
    public void Nothing_outside_of_Timing_cancels()
    {
        var source = Path.Combine(Repository.Root, "src");
        var offenders =
            from project in new[] { "PromptGen", "PromptGen.OpenAI", "PromptGen.Anthropic" }
            from file in Directory.EnumerateFiles(Path.Combine(source, project), "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(source, file)
            where !name.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !name.StartsWith(Path.Combine("PromptGen", "Timing"), StringComparison.Ordinal)
                && Cancelling().IsMatch(File.ReadAllText(file))
            select name;

        Assert.Empty(offenders);
    }

    [Fact]
    public void Within_Timing_only_the_guard_does()
    {
        var folder = Path.Combine(Repository.Root, "src", "PromptGen", "Timing");
        var cancelling = Directory.EnumerateFiles(folder, "*.cs").Where(static file => SourceCancel().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName);

        Assert.Equal(["GuardedCancellation.cs"], cancelling);
    }

    // A source with a delay, a linked source and CancelAfter all cancel by themselves.
    [GeneratedRegex(@"new CancellationTokenSource|CreateLinkedTokenSource|CancelAfter|CancelAsync|\.Cancel\(|CreateCancellationTokenSource|AddTimeout")]
    private static partial Regex Cancelling();

    [GeneratedRegex(@"ource\.Cancel\(|CancelAsync|CancelAfter|new CancellationTokenSource\([^)]|CancellationTokenSource \w+ = new\([^)]|CreateLinkedTokenSource|CreateCancellationTokenSource")]
    private static partial Regex SourceCancel();
}
