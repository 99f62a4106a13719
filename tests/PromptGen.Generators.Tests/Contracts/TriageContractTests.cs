using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Contracts;

public sealed class TriageContractTests
{
    internal const string Triage = """
        public enum Queue { Billing, Account, Technical, Other }

        public sealed record Triage(
            Queue Queue,
            [property: Range(1, 5)] int Urgency,
            [property: MaxLength(140), Description("One sentence that a human agent can act on")] string Summary,
            [property: Range(0, 1)] double Confidence);
        """;

    private const string Valid = """{"queue":"Billing","urgency":3,"summary":"Charged twice","confidence":0.9}""";

    private static readonly TestContract s_contract = TestContract.Of("Triage", Triage);

    [Fact]
    public void TriageContract() => Snapshot.Verify(s_contract.Source);

    [Fact]
    public void A_valid_answer_becomes_the_record()
    {
        var reading = s_contract.Read(Valid);

        Assert.Equal(PromptErrorCode.None, reading.Code);
        Assert.Equal(Valid, s_contract.Write(reading.Value));
        Assert.Empty(reading.Rungs);
    }

    [Fact]
    public void A_name_in_another_case_is_read_and_recorded()
    {
        var reading = s_contract.Read(Valid.Replace("Billing", "BILLING", StringComparison.Ordinal));

        Assert.Equal(PromptErrorCode.None, reading.Code);
        Assert.Equal(["Case"], reading.Rungs);
    }

    [Fact]
    public void Every_violation_of_an_answer_is_reported_in_its_order()
    {
        var reading = s_contract.Read("""{"queue":"Sales","urgency":6,"extra":{"a":[1]},"confidence":"high","urgency":2}""");

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Null(reading.Value);
        Assert.Equal(
            [
                """/queue: one of "Billing", "Account", "Technical", "Other" ← "Sales" """.Trim(),
                "/urgency: an integer from 1 to 5 ← 6",
                """/extra: no member of this name, only "queue", "urgency", "summary", "confidence" ← {"a":[1]}""",
                "/confidence: a number from 0 to 1 ← \"high\"",
                "/urgency: the member only once ← the member again",
                "/summary: a string of at most 140 characters ← nothing",
            ],
            reading.Breaches);
    }

    [Fact]
    public void An_answer_that_ends_early_is_truncated_wherever_it_ends()
    {
        for (var length = 1; length < Valid.Length; length++)
        {
            var reading = s_contract.Read(Valid[..length]);

            Assert.Equal(PromptErrorCode.Truncated, reading.Code);
            Assert.Null(reading.Value);
        }
    }
}
