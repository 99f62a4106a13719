using Microsoft.CodeAnalysis;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>What is internal in another assembly can be part of an output where that assembly grants access.</summary>
public sealed class FriendAssemblyTests
{
    private const string Internal = "namespace Acme; internal enum Level { Low, High } internal sealed record Verdict(int Score, Level Level) { internal string? Note { get; init; } }";
    private const string InternallyBuilt = "namespace Acme; public sealed class Verdict { internal Verdict(int score) => Score = score; public int Score { get; } }";
    private const string Access = """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Acme.Desk")] """;
    private const string AccessOfAnother = """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Acme.Other")] """;

    [Theory]
    [InlineData(Internal)]
    [InlineData(InternallyBuilt)]
    public async Task What_is_internal_in_an_assembly_that_grants_access_is_an_output(string types)
    {
        var (output, findings) = await BuildAsync(Access + types);

        Assert.Empty(output.Complaints());
        Assert.DoesNotContain("PG0301", findings);
        Assert.DoesNotContain(output.SyntaxTrees, static tree => tree.ToString().Contains("NotSupportedException", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(AccessOfAnother)]
    public async Task What_is_internal_in_another_assembly_is_no_output(string access)
    {
        var (_, findings) = await BuildAsync(access + InternallyBuilt);

        Assert.Contains("PG0301", findings);
    }

    private static async Task<(Compilation Output, string[] Findings)> BuildAsync(string library)
    {
        var project = Compile.Sources(Sources.Models, """
            namespace Acme;

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{question}}")]
                internal partial Task<Verdict> AskAsync(string question);
            }
            """).WithAssemblyName("Acme.Desk").AddReferences(Compile.Sources(library).ToLibrary());
        var output = Analysis.Generate(project, [], out var failures);
        Assert.Empty(failures);
        return (output, [.. (await Analysis.JudgeAsync(output, [])).Select(static diagnostic => diagnostic.Id)]);
    }
}
