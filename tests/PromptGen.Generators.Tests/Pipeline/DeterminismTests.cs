using System.Globalization;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>The same input gives the same bytes.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void Two_builds_give_the_same_bytes() => Assert.Equal(Sources.Project().Files, Sources.Project().Files);

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        string[] sources = [Sources.Models, Sources.Triage, Sources.Desk, Sources.Translator];

        Assert.Equal(new Generation(sources, Sources.ClaudePrompt).Files, new Generation([.. sources.Reverse()], Sources.ClaudePrompt).Files);
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        var expected = Sources.Project().Files;
        var before = CultureInfo.CurrentCulture;
        try
        {
            // As sv-SE writes numbers; made by hand, because the tests run without the data of cultures.
            var swedish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            swedish.NumberFormat = new NumberFormatInfo { NegativeSign = "−", NumberDecimalSeparator = ",", NumberGroupSeparator = " " };
            CultureInfo.CurrentCulture = swedish;
            Assert.Equal(expected, Sources.Project().Files);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Lines_end_alike() => Assert.All(Sources.Project().Files.Values, static text => Assert.DoesNotContain('\r', text));
}
