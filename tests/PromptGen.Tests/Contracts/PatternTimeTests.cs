using System.Text.RegularExpressions;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>All patterns of a contract share one time budget per answer, and an answer with a pattern that was not decided is rejected.</summary>
public sealed class PatternTimeTests
{
    private const string TookTooLong = "a word (matching its pattern took too long)";

    private const string NotChecked = "a word (its pattern was not checked, since those before took too long)";

    private static readonly Regex s_slow = new("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1));

    private static readonly string s_busy = new string('a', 50) + "!";

    [Fact]
    public void Slow_matches_end_with_the_time_that_all_have_together()
    {
        var reading = Read($"[{string.Join(',', Enumerable.Repeat($"\"{s_busy}\"", 20))}]", Words);

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        // Each match takes 50 ms by the guard's clock, and all have 250 ms.
        Assert.Equal([.. Enumerable.Repeat(TookTooLong, 5), .. Enumerable.Repeat(NotChecked, 15)], reading.Violations.Select(static violation => violation.Expected));
    }

    [Fact]
    public void A_match_after_the_time_is_over_is_no_match_even_where_it_would_be_one()
    {
        var reading = Read($"[{string.Join(',', Enumerable.Repeat("\"aa\"", 6))}]", Words);

        Assert.Equal([NotChecked], reading.Violations.Select(static violation => violation.Expected));
    }

    [Fact]
    public void The_next_answer_has_its_own_time()
    {
        var guard = new ReadingGuard(new SlowClock());
        for (var i = 0; i < 3; i++)
        {
            guard.Begin();
            Assert.Equal(PatternOutcome.TimedOut, guard.Match(s_slow, s_busy));
            Assert.Equal(PatternOutcome.Found, guard.Match(s_slow, "aa"));
        }
    }

    [Fact]
    public void A_name_whose_pattern_takes_too_long_is_a_violation()
    {
        var reading = Read($$"""{"{{s_busy}}":1,"aa":2}""", static (ref reader) =>
        {
            var matches = 0;
            if (reader.StartObject("an object"))
            {
                while (reader.NextMember())
                {
                    matches += reader.NameMatches(s_slow) ? 1 : 0;
                    reader.Pass();
                }
            }

            return matches;
        });

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Contains("(matching its pattern took too long)", Assert.Single(reading.Violations).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_stops_at_256_violations_and_says_that_there_may_be_more()
    {
        var read = 0;
        var reading = Read($"[{string.Join(',', Enumerable.Repeat("{}", 1000))}]", (ref reader) =>
        {
            if (reader.StartArray("a list"))
            {
                while (reader.NextItem())
                {
                    read++;
                    reader.String("a word");
                }
            }

            return 0;
        });

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Equal(256, reading.Violations.Count);
        Assert.Equal(256, read);
        Assert.Equal("There are more violations than are listed here: the rest of the answer was not checked.", reading.Violations[^1].Message);
    }

    private static int Words(ref ContractReader reader)
    {
        if (reader.StartArray("a list"))
        {
            while (reader.NextItem())
            {
                reader.String("a word", pattern: s_slow);
            }
        }

        return 0;
    }

    private static ContractReading<int> Read(string json, ValueContract<int>.Reading read) =>
        new ValueContract<int>(read).ReadElement(json, Tolerance.Exact, new ReadingGuard(new SlowClock()));

    /// <summary>A clock by which each match takes 50 ms.</summary>
    private sealed class SlowClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _now += 50;
    }
}
