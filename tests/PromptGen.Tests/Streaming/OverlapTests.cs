using PromptGen.Streaming;

namespace PromptGen.Tests.Streaming;

/// <summary>How an answer begins like what was delivered, compared with the slow and obvious way.</summary>
public sealed class OverlapTests
{
    [Fact]
    public void It_finds_what_trying_every_length_finds()
    {
        var random = new Random(20_261_129);
        for (var i = 0; i < 20_000; i++)
        {
            var letters = random.Next(1, 4);
            var delivered = Draw(random, random.Next(1, 14), letters);
            var answer = random.Next(3) switch
            {
                0 => delivered[..random.Next(delivered.Length + 1)] + Draw(random, random.Next(0, 5), letters),
                1 => delivered[random.Next(delivered.Length)..] + Draw(random, random.Next(0, 5), letters),
                _ => Draw(random, random.Next(0, 14), letters),
            };

            var overlap = Compare(delivered, answer);

            Assert.True(overlap.IsDecided);
            Assert.Equal(Longest(delivered, answer, delivered.Length), overlap.Length);
            var restarted = delivered.Zip(answer).TakeWhile(static pair => pair.First == pair.Second).Count();
            Assert.Equal(restarted, overlap.Restarted);
            Assert.Equal(restarted > 0 && restarted == answer.Length && answer.Length < delivered.Length, overlap.EndedInRestart);
            if (overlap.Length > 0)
            {
                Assert.Equal(Longest(delivered, answer, overlap.Length - 1), overlap.ShorterThan(overlap.Length));
            }
        }
    }

    [Fact]
    public void It_is_decided_as_soon_as_the_rest_cannot_change_it()
    {
        var overlap = new Overlap<char>("the cat sat".AsMemory());

        overlap.Add('c');
        Assert.False(overlap.IsDecided);
        overlap.Add('x');

        Assert.True(overlap.IsDecided);
        Assert.Equal(0, overlap.Length);
    }

    [Theory]
    [InlineData("all the same")]
    [InlineData("the last one differs")]
    [InlineData("the answer differs late")]
    [InlineData("Fibonacci")]
    public void It_compares_linearly_often(string kind)
    {
        const int Length = 20_000;
        var a = Enumerable.Repeat(0, Length).ToArray();
        var (delivered, answer) = kind switch
        {
            "all the same" => (a, a),
            "the last one differs" => ([.. a, 1], [.. a, 2]),
            "the answer differs late" => (a, [.. a[1..], 1, .. a]),
            _ => (Fibonacci(Length), Fibonacci(Length)[1..]),
        };
        var counter = new Counter();
        var overlap = new Overlap<Counted>(delivered.Select(value => new Counted(value, counter)).ToArray());

        foreach (var value in answer)
        {
            overlap.Add(new Counted(value, counter));
        }

        overlap.End();

        Assert.True(overlap.IsDecided);
        Assert.InRange(counter.Value, 1, 6 * (delivered.Length + answer.Length));
    }

    private static Overlap<char> Compare(string delivered, string answer)
    {
        var overlap = new Overlap<char>(delivered.AsMemory());
        foreach (var character in answer)
        {
            overlap.Add(character);
        }

        overlap.End();
        return overlap;
    }

    private static int Longest(string delivered, string answer, int most)
    {
        var length = Math.Min(most, Math.Min(delivered.Length, answer.Length));
        while (!delivered.EndsWith(answer[..length], StringComparison.Ordinal))
        {
            length--;
        }

        return length;
    }

    private static string Draw(Random random, int length, int letters) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(letters))));

    private static int[] Fibonacci(int length)
    {
        var (one, two) = (new List<int> { 0 }, new List<int> { 0, 1 });
        while (two.Count < length)
        {
            (one, two) = (two, [.. two, .. one]);
        }

        return [.. two.Take(length)];
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }

    private sealed class Counted(int value, Counter counter) : IEquatable<Counted>
    {
        private readonly int _value = value;

        public bool Equals(Counted? other)
        {
            counter.Value++;
            return other!._value == _value;
        }

        public override bool Equals(object? obj) => Equals(obj as Counted);

        public override int GetHashCode() => _value;
    }
}
