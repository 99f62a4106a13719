using System.Text.RegularExpressions;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>The catalogs that users copy count the tokens of each family by its own tokenizer.</summary>
public sealed partial class TokenFactorTests
{
    public static TheoryData<string, string> Catalogs
    {
        get
        {
            var catalogs = new TheoryData<string, string>();
            var samples = Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "Models.cs", SearchOption.AllDirectories).Select(static path => (Name: Path.GetRelativePath(Repository.Root, path), Text: File.ReadAllText(path)));
            foreach (var (name, text) in Document.All.Select(static document => (document.Name, document.Text)).Concat(samples))
            {
                if (Models(text).Any())
                {
                    catalogs.Add(name, text);
                }
            }

            return catalogs;
        }
    }

    [Fact]
    public void The_readme_and_the_sample_have_a_catalog() =>
        Assert.Superset(new HashSet<string> { "README.md", Path.Combine("samples", "SupportDesk", "Models.cs") }, Catalogs.Select(static row => row.Data.Item1).ToHashSet());

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void A_model_with_a_price_has_the_factor_of_its_family(string name, string text) => Assert.All(Models(text), model =>
    {
        var (id, facts) = model;
        var factor = Factor().Match(facts) is { Success: true } match ? match.Groups[1].Value : "1";
        Assert.True(factor == FactorOf(id), $"{name}: {id} has the factor {factor}, not {FactorOf(id)}");
    });

    [Theory]
    [InlineData("gpt-5.6-luna", "1")]
    [InlineData("claude-haiku-4-5-20251001", "1.25")]
    [InlineData("claude-sonnet-4-6", "1.25")]
    [InlineData("claude-opus-4-7", "1.75")]
    [InlineData("claude-sonnet-5", "1.75")]
    [InlineData("gemini-2.5-flash", "1.2")]
    public void The_factor_follows_from_the_id(string id, string factor) => Assert.Equal(factor, FactorOf(id));

    private static string FactorOf(string id) =>
        EarlierClaude().IsMatch(id) ? "1.25"
        : id.StartsWith("claude", StringComparison.Ordinal) ? "1.75"
        : id.StartsWith("gemini", StringComparison.Ordinal) ? "1.2"
        : "1";

    // Without a price or a window no number depends on the tokens.
    private static IEnumerable<(string Id, string Facts)> Models(string text) => Declaration().Matches(text)
        .Select(static match => (match.Groups["id"].Value, Facts: match.Groups["facts"].Value))
        .Where(static model => model.Facts.Contains("Price", StringComparison.Ordinal) || model.Facts.Contains("ContextWindow", StringComparison.Ordinal));

    [GeneratedRegex(@"\[Model\((?<facts>[^\]]*)\)\]\s*public const string \w+ = ""(?<id>[^""]+)""")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"TokenFactor = ([0-9.]+)")]
    private static partial Regex Factor();

    [GeneratedRegex(@"^claude-([0-3]|(haiku|sonnet|opus)-4(-[0-6])?(?![0-9-])|(haiku|sonnet|opus)-4(-[0-6])?-20)")]
    private static partial Regex EarlierClaude();
}
