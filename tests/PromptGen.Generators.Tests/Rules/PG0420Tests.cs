namespace PromptGen.Generators.Tests.Rules;

/// <summary>A calibration file can be read, is of this prompt, and has a section for each model with probabilities.</summary>
public sealed class PG0420Tests
{
    private const string Head = "promptgen calibration 1\nkind: likelihood\ndate: 2026-11-20\nlabels: 412\nmetric: ECE 0.21 -> 0.03\n";
    private const string Stated = "promptgen calibration 1\nkind: confidence\ndate: 2026-11-20\nlabels: 412\nmetric: ECE 0.18 -> 0.04\n";
    private const string Votes = "promptgen calibration 1\nkind: agreement\ndate: 2026-11-20\nlabels: 412\nmetric: ECE 0.11 -> 0.02\n";

    [Theory]
    [InlineData("{|PG0420:|}", "it is empty: its first line has to be 'promptgen calibration 1'")]
    [InlineData("\n# remark\n{|PG0420:promptgen calibration 2|}\nwhatever", "its first line has to be 'promptgen calibration 1'")]
    [InlineData("promptgen calibration 1\nkind: likelihood\n{|PG0420:labels|}", "a line before the first section has to be 'name: value', for example 'labels: 412'")]
    [InlineData("{|PG0420:promptgen calibration 1|}\nkind: router\ndate: 2026-11-20\nlabels: 1\nmetric: x\n[*]\n0 0\n1 1", "its kind 'router' is not known: write 'kind: likelihood' in a file of token probabilities, 'kind: confidence' in one of what answers state, and 'kind: agreement' in one of votes")]
    [InlineData("{|PG0420:promptgen calibration 1|}\ndate: 2026-11-20\nlabels: 1\nmetric: x\n[*]\n0 0\n1 1", "it has no kind: write 'kind: likelihood' in a file of token probabilities, 'kind: confidence' in one of what answers state, and 'kind: agreement' in one of votes")]
    [InlineData("{|PG0420:promptgen calibration 1|}\nkind: likelihood\ndate: 20.11.2026\nlabels: 1\nmetric: x\n[*]\n0 0\n1 1", "it has no date: write 'date: 2026-11-30'")]
    [InlineData("{|PG0420:promptgen calibration 1|}\nkind: likelihood\ndate: 2026-11-20\nlabels: 0\nmetric: x\n[*]\n0 0\n1 1", "it has no count of labelled answers: write 'labels: 412'")]
    [InlineData("{|PG0420:promptgen calibration 1|}\nkind: likelihood\ndate: 2026-11-20\nlabels: 1\nmetric:\n[*]\n0 0\n1 1", "it has no metric: write how well it fits, for example 'metric: ECE 0.21 -> 0.03'")]
    [InlineData(Head + "{|PG0420:[]|}\n0 0\n1 1", "a section has to begin with its name in brackets, for example [gpt-4o-mini*]")]
    [InlineData(Head + "{|PG0420:[sure|}\n0 0\n1 1", "a section has to begin with its name in brackets, for example [gpt-4o-mini*]")]
    [InlineData(Head + "[sure]\n0 0\n1 1\n{|PG0420:[sure]|}\n0 0\n1 1", "it has two sections [sure]: remove one of the two")]
    [InlineData(Head + "[sure]\n0 0\n{|PG0420:1|}\n1 1", "a line of a section has to be two numbers from 0 to 1: the probability of the tokens, the stated confidence or the agreement of the votes, then the share of right answers")]
    [InlineData(Head + "[sure]\n0 0\n{|PG0420:0,5 1|}\n1 1", "a line of a section has to be two numbers from 0 to 1: the probability of the tokens, the stated confidence or the agreement of the votes, then the share of right answers")]
    [InlineData(Head + "[sure]\n0 0\n{|PG0420:0.5 1.5|}\n1 1", "a line of a section has to be two numbers from 0 to 1: the probability of the tokens, the stated confidence or the agreement of the votes, then the share of right answers")]
    [InlineData(Head + "[sure]\n0.5 0\n{|PG0420:0.5 1|}\n1 1", "from line to line of a section the first number has to rise, and the second must not fall: sort the lines, or fit the calibration again")]
    [InlineData(Head + "[sure]\n0 0.5\n{|PG0420:0.5 0.4|}\n1 1", "from line to line of a section the first number has to rise, and the second must not fall: sort the lines, or fit the calibration again")]
    [InlineData(Head + "{|PG0420:[sure]|}\n0 0", "a section needs at least two lines of numbers")]
    [InlineData("{|PG0420:promptgen calibration 1|}\nkind: likelihood\ndate: 2026-11-20\nlabels: 1\nmetric: x", "it has no section: write a model in brackets, for example [gpt-4o-mini*], and its lines of numbers below it")]
    public async Task Fires_at_a_file_that_cannot_be_read(string file, string problem)
    {
        var diagnostics = await VerifyAsync("own.calibration", file);

        Assert.Equal($"The calibration 'own.calibration' cannot be used: {problem}", diagnostics.Message("PG0420"));
    }

    [Theory]
    [InlineData(Head + "prompt: Desk.OtherAsync\n[*]\n0 0\n1 1", "it was made for the prompt 'Desk.OtherAsync', not for 'Desk.AskAsync': name another file, or make one for this prompt")]
    [InlineData(Votes + "[*]\n0 0\n1 1", "its kind is 'agreement', and this attribute needs a file of kind 'likelihood': name another file")]
    [InlineData(Head + "[surer*]\n0 0\n1 1", "it has no section for 'sure', whose answers would have no calibrated value: add one, for example [sure]")]
    public async Task Fires_at_the_attribute_of_a_file_that_does_not_fit(string file, string problem)
    {
        var diagnostics = await VerifyAsync("{|PG0420:own.calibration|}", file);

        Assert.Equal($"The calibration 'own.calibration' cannot be used: {problem}", diagnostics.Message("PG0420"));
    }

    [Theory]
    [InlineData(Head + "[*]\n0 0\n1 1", "its kind is 'likelihood', and this attribute needs a file of kind 'agreement': name another file")]
    [InlineData(Votes + "prompt: Desk.AskAsync\n[*]\n0 0\n1 1", "it was made for the prompt 'Desk.AskAsync', not for 'Desk.VoteAsync': name another file, or make one for this prompt")]
    public async Task Fires_at_an_ensemble_whose_file_does_not_fit(string file, string problem)
    {
        var diagnostics = await VerifyVoteAsync("{|PG0420:own.calibration|}", file);

        Assert.Equal($"The calibration 'own.calibration' cannot be used: {problem}", diagnostics.Message("PG0420"));
    }

    [Theory]
    [InlineData(Head + "[*]\n0 0\n1 1", "its kind is 'likelihood', and this attribute needs a file of kind 'confidence': name another file")]
    [InlineData(Stated + "[sure]\n0 0\n1 1", "it has no section for 'silent', whose answers would have no calibrated value: add one, for example [silent]")]
    [InlineData(Stated + "prompt: Desk.OtherAsync\n[*]\n0 0\n1 1", "it was made for the prompt 'Desk.OtherAsync', not for 'Desk.StateAsync': name another file, or make one for this prompt")]
    public async Task Fires_at_a_stated_confidence_whose_file_does_not_fit(string file, string problem)
    {
        var diagnostics = await VerifyStatedAsync("{|PG0420:own.calibration|}", file);

        Assert.Equal($"The calibration 'own.calibration' cannot be used: {problem}", diagnostics.Message("PG0420"));
    }

    [Fact]
    public Task Stays_silent_at_a_stated_confidence() => VerifyStatedAsync("own.calibration", Stated + "prompt: Desk.StateAsync\n[sure]\n0 0.1\n1 0.8\n[silent]\n0.5 0.5\n1 1");

    [Fact]
    public Task A_file_of_a_stated_confidence_that_is_not_there_is_PG0208() => VerifyStatedAsync("{|PG0208:gone.calibration|}", Stated + "[*]\n0 0\n1 1");

    [Theory]
    [InlineData(Votes + "{|PG0420:[sure]|}\n0 0\n1 1", "a calibration of agreement has one section for all models: write [*]")]
    [InlineData("{|PG0420:promptgen calibration 1|}\nkind: agreement\ndate: 2026-11-20\nlabels: 1\nmetric: x", "it has no section: write [*] and its lines of numbers below it")]
    public async Task Fires_at_a_file_of_votes_that_cannot_be_read(string file, string problem)
    {
        var diagnostics = await VerifyVoteAsync("own.calibration", file);

        Assert.Equal($"The calibration 'own.calibration' cannot be used: {problem}", diagnostics.Message("PG0420"));
    }

    [Fact]
    public Task Stays_silent_at_an_ensemble() => VerifyVoteAsync("own.calibration", Votes + "prompt: Desk.VoteAsync\n[*]\n0.5 0.7\n1 0.97");

    [Fact]
    public Task A_file_of_an_ensemble_that_is_not_there_is_PG0208() => VerifyVoteAsync("{|PG0208:gone.calibration|}", Votes + "[*]\n0 0\n1 1");

    [Theory]
    [InlineData(Head + "prompt: Desk.AskAsync\nthreshold: 0.9\n\n# isotonic\n[sur?]\n0 0\n0.5 0\n1.0 1e-1\n")]
    [InlineData(Head + "[other]\r\n0 0\r\n1 1\r\n[*]\r\n0\t0.25\r\n1   1")]
    public Task Stays_silent(string file) => VerifyAsync("own.calibration", file);

    [Theory]
    [InlineData("onw.calibration", "did you mean 'own.calibration'?")]
    [InlineData("gone.calibration", "fix the path, or add <AdditionalFiles Include=\"gone.calibration\" /> to the project")]
    [InlineData("own.prompt", "fix the path, or add <AdditionalFiles Include=\"own.prompt\" /> to the project")]
    public async Task A_file_that_is_not_there_is_PG0208(string name, string remedy)
    {
        var diagnostics = await VerifyAsync($"{{|PG0208:{name}|}}", Head + "[*]\n0 0\n1 1");

        Assert.Equal($"'{name}' is not among the project's AdditionalFiles: {remedy}", diagnostics.Message("PG0208"));
    }

    private static Task<Microsoft.CodeAnalysis.Diagnostic[]> VerifyAsync(string name, string file) => VerifyAsync(
        ", Features = ModelFeatures.StructuredOutput | ModelFeatures.LogProbabilities", $"[AcceptLikely(0.9, Calibration = {Quoted(name)}, WhenUnknown = WhenUnknown.Accept)]", "AskAsync", file);

    private static Task<Microsoft.CodeAnalysis.Diagnostic[]> VerifyStatedAsync(string name, string file) => VerifyAsync(
        "", $"[AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.7, Calibration = {Quoted(name)})]", "StateAsync", file);

    private static Task<Microsoft.CodeAnalysis.Diagnostic[]> VerifyAsync(string features, string clause, string method, string file) => Rule.VerifyAsync(
        $$$"""
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast{{{features}}})]
            public const string Sure = "sure";

            [Model("anthropic", Tier.General)]
            public const string Silent = "silent";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Sure, Models.Silent)]
            [PromptTemplate("{{ticket}}")]
            {{{clause}}}
            public partial Task<Triage> {{{method}}}(string ticket);
        }
        """,
        ("/project/own.calibration", file));

    private static Task<Microsoft.CodeAnalysis.Diagnostic[]> VerifyVoteAsync(string name, string file) => Rule.VerifyAsync(
        $$$"""
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast)]
            public const string Sure = "sure";

            [Model("anthropic", Tier.Fast)]
            public const string Other = "other";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt]
            [Ensemble(Models.Sure, Models.Other, Calibration = {{{Quoted(name)}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<PromptResult<Triage>> VoteAsync(string ticket);
        }
        """,
        ("/project/own.calibration", file));

    /// <summary>The literal of a name, whose mark goes around its quotes.</summary>
    private static string Quoted(string name)
    {
        var (start, end) = (name.IndexOf(':', StringComparison.Ordinal) + 1, name.EndsWith("|}", StringComparison.Ordinal) ? name.Length - 2 : name.Length);
        return $"{name[..start]}\"{name[start..end]}\"{name[end..]}";
    }
}
