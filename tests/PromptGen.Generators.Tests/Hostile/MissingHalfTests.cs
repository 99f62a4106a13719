using System.Globalization;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Hostile;

/// <summary>
/// The compiler stops at a partial method without its other half (CS8795) before it runs an analyzer: a declaration that is no usable prompt gets a stub, so
/// that its diagnostic is the first thing that is seen.
/// </summary>
public sealed class MissingHalfTests
{
    private const string Prompt = "[RoutedPrompt(Tier.Fast), PromptTemplate(\"x\")] public partial ";

    [Theory]
    [InlineData("PG0101", Prompt + "Task<T> Ask<T>(string q);")]
    [InlineData("PG0101", Prompt + "Task<string> Ask<T>(T q) where T : class?, IComparable<T>, new();")]
    [InlineData("PG0101", Prompt + "Task<string> Ask<T, @class>(T q, @class? r) where T : class, IDisposable where @class : T;")]
    [InlineData("PG0101", Prompt + "Task<string> Ask<T>(T q) where T : unmanaged, Enum;")]
    [InlineData("PG0101", Prompt + "Task<T?> Ask<T>(List<T?> q) where T : notnull;")]
    [InlineData("PG0101", Prompt + "Task<T?> Ask<T>(T? q) where T : struct, IEquatable<T>;")]
    [InlineData("PG0101", Prompt + "ref int Ask(string q);")]
    [InlineData("PG0101", Prompt + "ref readonly int Ask(in string q, out int r, ref readonly int s, scoped ref int t);")]
    [InlineData("PG0102", "[RoutedPrompt(Tier.Fast), PromptTemplate(\"x\")] public static partial Task<int> Ask();")]
    [InlineData("PG0103", "[PromptTemplate(\"x\")] public partial Task<int> Ask();")]
    [InlineData("PG0103", "[Cached(5)] internal partial Task<T> Ask<T>() where T : IDisposable;")]
    [InlineData("PG0103", "[PromptTemplate(\"x\")] public partial Task<int> Ask(); [PromptTemplate(\"x\")] public partial Task<int> Ask(int a);")]
    public async Task Is_replaced_by_a_stub(string id, string method)
    {
        foreach (var head in new[] { "public partial class Desk", "public static partial class Desk", "public abstract partial record Desk<T1> where T1 : class", "public partial interface IDesk", "public partial struct Desk" })
        {
            if (head.Contains("static", StringComparison.Ordinal) && !method.Contains("static", StringComparison.Ordinal))
            {
                continue;
            }

            var verdict = await Verdict.OfAsync(Compile.Sources(Pipeline.Sources.Triage, Pipeline.Sources.Models, $"namespace Acme; {head} {{ {method} }}"));
            Assert.Empty(verdict.Crashes);
            Assert.Empty(verdict.Errors);
            Assert.NotEmpty(verdict.Findings);
            Assert.All(verdict.Findings, finding => Assert.True(finding.Id == id || (finding.Id == "PG0101" && !head.EndsWith("class Desk", StringComparison.Ordinal)), finding.ToString()));
        }
    }

    [Theory]
    [InlineData("PG0101", "file partial class Desk { " + Prompt + "Task<int> {|PG0101:Ask|}(); }", "remove 'file', as in 'internal partial class Desk'")]
    [InlineData("PG0101", "file static partial class Outer { public partial class Desk { " + Prompt + "Task<int> {|PG0101:Ask|}(); } }", "remove 'file', as in 'internal partial class Outer'")]
    [InlineData("PG0103", "file partial class Desk { [PromptTemplate(\"x\")] public partial Task<int> {|PG0103:Ask|}(); }", "add [RoutedPrompt(Tier.Fast)]")]
    public async Task Is_explained_by_the_generator_where_no_stub_can_be(string id, string marked, string remedy)
    {
        var source = Markup.Parse("namespace Acme; " + marked);
        var program = Compile.Sources(Pipeline.Sources.Triage, Pipeline.Sources.Models, source.Text);
        var reported = Assert.Single(Analysis.ReportedByGenerator(program));
        var verdict = await Verdict.OfAsync(program);

        Assert.Equal((id, source.Marks[0].Span), (reported.Id, reported.Location.SourceSpan));
        Assert.Contains(remedy, reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(["CS8795"], verdict.Errors.Select(static error => error.Id));
        Assert.Equal([id], verdict.Findings.Select(static finding => finding.Id));
    }

    [Theory]
    [InlineData("public partial class Desk { " + Prompt + "Task<int> Ask(); }")]
    [InlineData("public partial class Desk { " + Prompt + "Task<T> Ask<T>(); }")]
    [InlineData("file partial class Desk { public partial Task<int> Ask(); }")]
    public void Is_left_to_the_analyzers_elsewhere(string source) =>
        Assert.Empty(Analysis.ReportedByGenerator(Compile.Sources(Pipeline.Sources.Triage, Pipeline.Sources.Models, "namespace Acme; " + source)));
}
