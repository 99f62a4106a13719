namespace PromptGen.Generators.Tests.Rules;

/// <summary>Acceptance depends on the answer.</summary>
public sealed class PG0418Tests
{
    [Theory]
    [InlineData("[AcceptWhen(nameof(Triage.Confidence), AtLeast = {|PG0418:0|})]", "[AcceptWhen] accepts every 'Confidence', because it is at least 0 anyway: set a bound that some answers miss")]
    [InlineData("[AcceptWhen(nameof(Triage.Urgency), AtMost = {|PG0418:5|})]", "[AcceptWhen] accepts every 'Urgency', because it is at most 5 anyway: set a bound that some answers miss")]
    [InlineData("[AcceptWhen(nameof(Triage.Urgency), AtLeast = {|PG0418:1|}, AtMost = 5)]", "[AcceptWhen] accepts every 'Urgency', because it is at least 1 anyway: set a bound that some answers miss")]
    [InlineData("[AcceptWhen(nameof(Triage.Urgency), AtMost = 2), AcceptWhen(nameof(Triage.Urgency), AtLeast = {|PG0418:3|})]", "No 'Urgency' is accepted, because another [AcceptWhen] sets AtMost to 2: correct one of the two")]
    [InlineData("[AcceptWhen(nameof(Triage.Urgency), AtLeast = 3), AcceptWhen(nameof(Triage.Urgency), AtMost = {|PG0418:2|})]", "No 'Urgency' is accepted, because another [AcceptWhen] sets AtLeast to 3: correct one of the two")]
    [InlineData("[AcceptWhen(nameof(Triage.Confidence), AtLeast = {|PG0418:0|}, Calibration = \"Calibrations/stated.calibration\")]", "[AcceptWhen] accepts every calibrated 'Confidence', because it is at least 0 anyway: set a bound that some answers miss")]
    [InlineData("[AcceptWhen(nameof(Triage.Confidence), AtMost = 0.5, Calibration = \"Calibrations/stated.calibration\"), AcceptWhen(nameof(Triage.Confidence), AtLeast = {|PG0418:0.7|}, Calibration = \"Calibrations/stated.calibration\")]", "No calibrated 'Confidence' is accepted, because another [AcceptWhen] sets AtMost to 0.5: correct one of the two")]
    [InlineData("[AcceptIf(nameof(Score), AtLeast = {|PG0418:0.9|}, AtMost = 0.5)]", "No score is accepted, because AtLeast (0.9) is above AtMost (0.5): correct one of the two")]
    [InlineData("[AcceptIf({|PG0418:nameof(Always)|})]", "'Always' accepts every answer, so it checks nothing: return false, or a reason, for the answers to reject, or remove [AcceptIf]")]
    [InlineData("[AcceptIf({|PG0418:\"Nothing\"|})]", "'Nothing' accepts every answer, so it checks nothing: return false, or a reason, for the answers to reject, or remove [AcceptIf]")]
    [InlineData("[AcceptIf({|PG0418:nameof(Never)|})]", "'Never' rejects every answer, so every call goes through its whole route and fails: return true, or null for the reason, for the answers to accept")]
    public async Task Fires(string acceptance, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Prompt(acceptance))).Message("PG0418"));

    [Theory]
    [InlineData("[AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.01)]")]
    [InlineData("[AcceptWhen(nameof(Triage.Urgency), AtLeast = 1, AtMost = 4)]")]
    [InlineData("[AcceptWhen(nameof(Triage.Urgency), AtLeast = 2), AcceptWhen(nameof(Triage.Urgency), AtMost = 2)]")]
    [InlineData("[AcceptWhen(nameof(Triage.Confidence), AtMost = 0.5), AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.7, Calibration = \"Calibrations/stated.calibration\")]")]
    [InlineData("[AcceptIf(nameof(Score), AtLeast = 0.5, AtMost = 0.5)]")]
    [InlineData("[AcceptIf(nameof(Depends))]")]
    [InlineData("[AcceptIf(nameof(Unwritten))]")]
    public Task Stays_silent(string acceptance) => Rule.VerifyAsync(Prompt(acceptance));

    private static string Prompt(string acceptance) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            {{{acceptance}}}
            public partial Task<Triage> AskAsync(string ticket);

            private static double Score(Triage answer) => answer.Confidence;

            private static bool Always(Triage answer)
            {
                Func<bool> other = () => { return false; };
                Console.WriteLine(other() + answer.Summary);
                return true;
            }

            private static string? Nothing(Triage answer) => null;

            private static Task<bool> Never(Triage answer) => Task.FromResult((false));

            private static string? Depends(Triage answer)
            {
                if (answer.Urgency > 3)
                {
                    return "too urgent";
                }

                return null;
            }

            private static bool Unwritten(Triage answer) => throw new NotSupportedException();
        }
        """;
}
