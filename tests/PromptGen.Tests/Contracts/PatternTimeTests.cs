using System.Text.RegularExpressions;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>All patterns of a contract share one time budget per answer, and an answer with a pattern that was not decided is rejected.</summary>
public sealed class PatternTimeTests
{
    private const string TookTooLong = "a word (matching its pattern took too long)";

    private const string NotChecked = "a word (its pattern was not checked, since those before took too long)";

    private static readonly ScriptedRegex s_slow = new(static text => text.EndsWith('!') ? throw new RegexMatchTimeoutException() : true);

    private static readonly string s_busy = new string('a', 50) + "!";

    [Fact]
    public void Slow_matches_end_with_the_time_that_all_have_together()
    {
        var reading = Read($"[{string.Join(',', Enumerable.Repeat($"\"{s_busy}\"", 20))}]", Words);

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        // Each match takes 50 ms by the guard's clock and is made twice, and all have 250 ms.
        Assert.Equal([.. Enumerable.Repeat(TookTooLong, 3), .. Enumerable.Repeat(NotChecked, 17)], reading.Violations.Select(static violation => violation.Expected));
    }

    [Fact]
    public void A_match_after_the_time_is_over_is_no_match_even_where_it_would_be_one()
    {
        var reading = Read($"[{string.Join(',', Enumerable.Repeat("\"aa\"", 6))}]", Words);

        Assert.Equal([NotChecked], reading.Violations.Select(static violation => violation.Expected));
    }

    [Fact]
    public void A_match_during_which_the_process_was_suspended_is_made_again()
    {
        var clock = new SlowClock { Step = 10_000 };
        var guard = new ReadingGuard(clock);
        var matches = 0;
        var suspended = new ScriptedRegex(_ => matches++ % 2 == 1 ? true : throw new RegexMatchTimeoutException());

        for (var i = 0; i < 3; i++)
        {
            // Ten seconds by the clock count as the 50 ms that one match may take.
            Assert.Equal((i < 2 ? PatternOutcome.Found : PatternOutcome.TimedOut, Math.Min(2 * (i + 1), 5)), (guard.Match(suspended, "aa"), matches));
        }

        Assert.Equal(PatternOutcome.NotChecked, guard.Match(suspended, "aa"));
    }

    [Fact]
    public void The_time_of_a_pattern_without_a_limit_counts_as_it_is()
    {
        var guard = new ReadingGuard(new SlowClock { Step = 300 });

        Assert.Equal(PatternOutcome.Found, guard.Match(new Regex("a"), "aa"));
        Assert.Equal(PatternOutcome.NotChecked, guard.Match(new Regex("a"), "aa"));
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

        public long Step { get; init; } = 50;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _now += Step;
    }

    /// <summary>A pattern with the limit of generated ones, whose matches a test decides.</summary>
    private sealed class ScriptedRegex : Regex
    {
        public ScriptedRegex(Func<string, bool> isMatch)
        {
            pattern = "scripted";
            internalMatchTimeout = TimeSpan.FromMilliseconds(50);
            capsize = 1;
            factory = new RunnerFactory(isMatch);
        }

        private sealed class RunnerFactory(Func<string, bool> isMatch) : RegexRunnerFactory
        {
            protected override RegexRunner CreateInstance() => new Runner(isMatch);
        }

        private sealed class Runner(Func<string, bool> isMatch) : RegexRunner
        {
            protected override void Scan(ReadOnlySpan<char> text)
            {
                if (isMatch(text.ToString()))
                {
                    Capture(0, 0, text.Length);
                }
            }
        }
    }
}
