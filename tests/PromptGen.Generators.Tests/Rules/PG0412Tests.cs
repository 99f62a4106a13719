namespace PromptGen.Generators.Tests.Rules;

/// <summary>A bound is on a number of the output, inside its range.</summary>
public sealed class PG0412Tests
{
    [Theory]
    [InlineData("{|PG0412:\"Sureness\"|}, AtLeast = 0.5")]
    [InlineData("{|PG0412:nameof(Triage.Summary)|}, AtLeast = 0.5")]
    [InlineData("{|PG0412:nameof(Triage.Confidence)|}")]
    [InlineData("nameof(Triage.Confidence), AtLeast = {|PG0412:1.5|}")]
    [InlineData("nameof(Triage.Confidence), AtLeast = {|PG0412:-1|}")]
    [InlineData("nameof(Triage.Confidence), AtMost = {|PG0412:-0.5|}")]
    [InlineData("nameof(Triage.Urgency), AtMost = {|PG0412:9|}")]
    [InlineData("nameof(Triage.Urgency), AtLeast = {|PG0412:4|}, AtMost = 2")]
    [InlineData("{|PG0412:nameof(Triage.Urgency)|}, AtLeast = double.NegativeInfinity")]
    [InlineData("nameof(Triage.Urgency), AtLeast = 0.5, Calibration = {|PG0412:\"Calibrations/stated.calibration\"|}")]
    [InlineData("nameof(Triage.Confidence), AtLeast = {|PG0412:1.5|}, Calibration = \"Calibrations/stated.calibration\"")]
    [InlineData("{|PG0412:nameof(Triage.Confidence)|}, Calibration = \"Calibrations/stated.calibration\"")]
    public Task Fires(string bound) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [AcceptWhen({{{bound}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Fires_for_text() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [AcceptWhen({|PG0412:"Length"|}, AtLeast = 10)]
            public partial Task<string> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("string", "text", "string")]
    [InlineData("PromptSnapshot<Triage>", "snapshots", "Triage")]
    public async Task Fires_where_the_answer_is_handed_over_before_it_could_be_judged(string item, string kind, string output)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [AcceptWhen({|PG0412:"Confidence"|}, AtLeast = 0.8)]
                public partial IAsyncEnumerable<{{{item}}}> AskAsync(string ticket);
            }
            """);

        Assert.Equal(
            $"[AcceptWhen] cannot use 'Confidence': a stream of {kind} is handed over before anything can check it; return Task<{output}>",
            diagnostics.Message("PG0412"));
    }

    [Theory]
    [InlineData("nameof(Triage.Confidence), AtLeast = 0.8")]
    [InlineData("{|PG0412:nameof(Triage.Summary)|}, AtLeast = 0.8")]
    public Task Judges_each_element_of_a_list(string bound) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [AcceptWhen({{{bound}}})]
            public partial IAsyncEnumerable<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public async Task Says_what_was_probably_meant()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [AcceptWhen({|PG0412:"confidense"|}, AtLeast = 0.8)]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal("[AcceptWhen] cannot use 'confidense': 'Triage' has no such member; did you mean 'Confidence'?", diagnostics.Message("PG0412"));
    }

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8)]
            [AcceptWhen(nameof(Triage.Urgency), AtLeast = 2, AtMost = 5)]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
