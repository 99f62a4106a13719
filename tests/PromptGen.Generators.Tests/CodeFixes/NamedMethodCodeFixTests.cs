using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0413: the method that is named is written in the shape that it needs.</summary>
public sealed class NamedMethodCodeFixTests
{
    [Theory]
    [InlineData("AcceptIf(\"IsGood\")", "Task<Triage>", "private static bool IsGood(Triage value)")]
    [InlineData("AcceptIf(nameof(IsGood))", "Task<PromptResult<Triage>>", "private static bool IsGood(Triage value)")]
    [InlineData("PromptGen.AcceptIfAttribute(nameof(IsGood))", "ValueTask<List<int>>", "private static bool IsGood(List<int> value)")]
    [InlineData("AcceptIf(nameof(IsGood))", "IAsyncEnumerable<Triage>", "private static bool IsGood(Triage value)")]
    [InlineData("Fallback(nameof(IsGood))", "IAsyncEnumerable<PromptSnapshot<Triage>>", "private IAsyncEnumerable<PromptSnapshot<Triage>> IsGood(string ticket, string[] @params, CancellationToken cancellationToken)")]
    [InlineData("Fallback(nameof(IsGood))", "Task<Triage>", "private Task<Triage> IsGood(string ticket, string[] @params, CancellationToken cancellationToken)")]
    [InlineData("Fallback(\"IsGood\")", "Task<PromptResult<Triage>>", "private Task<Triage> IsGood(string ticket, string[] @params, CancellationToken cancellationToken)")]
    [InlineData("Fallback(\"IsGood\")", "ValueTask<string>", "private ValueTask<string> IsGood(string ticket, string[] @params, CancellationToken cancellationToken)")]
    [InlineData("RouteWhen(Tier.Fast, Predicate = nameof(IsGood))", "Task<Triage>", "private static bool IsGood(string ticket, string[] @params, CancellationToken cancellationToken)")]
    [InlineData("RouteWhen(Tier.Fast, Predicate = nameof(IsGood))", "IAsyncEnumerable<string>", "private static bool IsGood(string ticket, string[] @params, CancellationToken cancellationToken)")]
    public Task Writes_the_method(string attribute, string output, string signature) => Fixing.VerifyAsync(
        new NamedMethodCodeFix(), "Generate method 'IsGood'", Source(attribute, output, ""), Source(attribute, output, $"\n\n    {signature} => throw new NotImplementedException();"));

    [Fact]
    public Task Writes_a_method_that_gives_a_score() => Fixing.VerifyAsync(
        new NamedMethodCodeFix(),
        "Generate method 'IsGood'",
        Source("AcceptIf(nameof(IsGood), AtLeast = 0.5)", "Task<Triage>", ""),
        Source("AcceptIf(nameof(IsGood), AtLeast = 0.5)", "Task<Triage>", "\n\n    private static double IsGood(Triage value) => throw new NotImplementedException();"));

    [Theory]
    [InlineData(";", "\n{\n    internal static string? Check(Report value) => throw new NotImplementedException();\n}")]
    [InlineData("\n{\n}", "\n{\n    internal static string? Check(Report value) => throw new NotImplementedException();\n}")]
    [InlineData("\n{\n    public int More { get; init; }\n}", "\n{\n    public int More { get; init; }\n\n    internal static string? Check(Report value) => throw new NotImplementedException();\n}")]
    public Task Writes_the_check_of_an_output_type(string before, string after) => Fixing.VerifyAsync(new NamedMethodCodeFix(), "Generate method 'Check'", Checked(before), Checked(after));

    private static string Checked(string body) => $$$"""
        [ContractCheck("Check")]
        public sealed record Report(int Count){{{body}}}

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);
        }
        """;

    [Fact]
    public Task Keeps_the_line_endings() => Fixing.VerifyAsync(
        new NamedMethodCodeFix(),
        "Generate method 'IsGood'",
        Source("AcceptIf(\"IsGood\")", "Task<Triage>", "").ReplaceLineEndings("\r\n"),
        Source("AcceptIf(\"IsGood\")", "Task<Triage>", "\n\n    private static bool IsGood(Triage value) => throw new NotImplementedException();").ReplaceLineEndings("\r\n"));

    [Fact]
    public Task Adds_an_overload_where_one_of_that_name_does_not_fit() => Fixing.VerifyAsync(
        new NamedMethodCodeFix(),
        "Generate method 'IsGood'",
        Source("AcceptIf(nameof(IsGood))", "Task<Triage>", "\n\n    private static bool IsGood(int value) => value > 0;"),
        Source("AcceptIf(nameof(IsGood))", "Task<Triage>", "\n\n    private static bool IsGood(Triage value) => throw new NotImplementedException();\n\n    private static bool IsGood(int value) => value > 0;"));

    [Theory]
    [InlineData("AcceptIf(nameof(IsGood))", "\n\n    private static int IsGood(Triage value) => 1;")]
    [InlineData("AcceptIf(nameof(IsGood))", "\n\n    private static bool IsGood => true;")]
    [InlineData("AcceptIf(\"is good\")", "")]
    [InlineData("RouteBy(nameof(IsGood)), RouteCase(1, Tier.Fast)", "")]
    public async Task Offers_nothing_where_the_name_cannot_be_used(string attribute, string member) =>
        Assert.Empty(await Fixing.TitlesAsync(new NamedMethodCodeFix(), Source(attribute, "Task<Triage>", member)));

    [Theory]
    [InlineData("IAsyncEnumerable<string>")]
    [InlineData("IAsyncEnumerable<PromptSnapshot<Triage>>")]
    public async Task Offers_nothing_where_no_check_can_judge(string output) =>
        Assert.Empty(await Fixing.TitlesAsync(new NamedMethodCodeFix(), Source("AcceptIf(nameof(IsGood))", output, "")));

    private static string Source(string attribute, string output, string method) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [{{{attribute}}}]
            public partial {{{output}}} AskAsync(string ticket, string[] @params, CancellationToken cancellationToken = default);{{{method}}}
        }
        """;
}
