using Microsoft.CodeAnalysis.CodeFixes;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Rules;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>Applies a fix, compares the text, and runs the analyzers to check that the diagnostic is gone.</summary>
internal static class Fixing
{
    public static async Task VerifyAsync(CodeFixProvider provider, string title, string before, string after)
    {
        using var bench = new Workbench(Rule.Project(before));
        var action = Assert.Single(await bench.OfferedAsync(provider), action => action.Title == title);

        Assert.Equal(after, await bench.ApplyAsync(action));
        Assert.Empty(await bench.DiagnosticsAsync(Assert.Single(provider.FixableDiagnosticIds)));
    }

    public static async Task VerifyAllAsync(CodeFixProvider provider, string key, string before, string after)
    {
        using var bench = new Workbench(Rule.Project(before));

        Assert.Equal(after, await bench.ApplyAllAsync(provider, key));
        Assert.Empty(await bench.DiagnosticsAsync(Assert.Single(provider.FixableDiagnosticIds)));
    }

    public static async Task<string[]> TitlesAsync(CodeFixProvider provider, string source)
    {
        using var bench = new Workbench(Rule.Project(source));
        return [.. (await bench.OfferedAsync(provider)).Select(static action => action.Title)];
    }
}
