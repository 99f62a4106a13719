using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>Streams that another model continues where they break off.</summary>
public sealed class ResumeTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        public sealed partial class Writer
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300, Resume = true)]
            [PromptTemplate("{{question}}")]
            public partial IAsyncEnumerable<string> WriteAsync(string question, CancellationToken cancellationToken = default);

            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300, Resume = true)]
            [PromptTemplate("{{question}}")]
            public partial IAsyncEnumerable<int> ListAsync(string question, CancellationToken cancellationToken = default);
        }
        """;

    [Fact]
    public void They_compile_without_a_complaint() => Assert.Empty(new Generation([Sources.Models, Source]).Output.Complaints());

    [Theory]
    [InlineData("WriteAsync")]
    [InlineData("ListAsync")]
    public void It_is_in_comment_definition_and_version(string method)
    {
        var (resumes, ends) = (File(method, Source), File(method, Source.Replace(", Resume = true", "", StringComparison.Ordinal)));

        Assert.Contains("Resume = true,", resumes, StringComparison.Ordinal);
        Assert.Contains("//   broken off   the next model, then the next step continues behind what was handed over", resumes, StringComparison.Ordinal);
        Assert.DoesNotContain("Resume", ends, StringComparison.Ordinal);
        Assert.DoesNotContain("broken off", ends, StringComparison.Ordinal);
        Assert.NotEqual(Version(ends), Version(resumes));
    }

    [Theory]
    [InlineData("IAsyncEnumerable<PromptSnapshot<int[]>>")]
    [InlineData("Task<string>")]
    public void It_has_no_effect_on_what_cannot_be_continued(string output)
    {
        var source = Source.Replace("IAsyncEnumerable<string>", output, StringComparison.Ordinal);

        Assert.Equal(File("WriteAsync", source.Replace(", Resume = true", "", StringComparison.Ordinal)), File("WriteAsync", source));
    }

    private static string File(string method, string source) => new Generation([Sources.Models, source]).Files[$"Acme.Writer.{method}.g.cs"];

    private static string Version(string file) => file.Split('\n').First(static line => line.Contains("  version ", StringComparison.Ordinal));
}
