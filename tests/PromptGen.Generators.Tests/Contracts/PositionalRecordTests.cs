namespace PromptGen.Generators.Tests.Contracts;

/// <summary>A record of nothing but parameters is read from its syntax: it has to come out as its symbol says.</summary>
public sealed class PositionalRecordTests
{
    private const string Declarations = """
        #nullable enable
        public enum Mood { Good, Bad }
        public sealed record Point(int X, int Y);
        public static class Outer { public sealed record Inner(bool Flag); }
        """;

    [Theory]
    [InlineData("string Text, string? Maybe, int Number, int? Perhaps")]
    [InlineData("List<string> A, List<string?> B, List<string>? C, List<string?>? D, List<int?> E")]
    [InlineData("string[] A, string?[] B, string[]? C, string?[]? D, byte[]? E, string?[]?[] F")]
    [InlineData("Dictionary<string, Point?>? Map, IReadOnlyList<Mood?> Moods, Mood Mood, Mood? Other")]
    [InlineData("Point Point, Point? Next, Outer.Inner Inner, global::System.Guid Id, System.Uri? Link")]
    [InlineData("string @class, int lower, int IPAddress, bool _")]
    [InlineData("int A, int a")]
    [InlineData("int A, string A")]
    [InlineData("Nowhere A, List<Nowhere> B, Nowhere? C")]
    [InlineData("object A, dynamic B, (int X, string? Y) C, int[,] D")]
    [InlineData("R? Self, List<R> Others")]
    [InlineData("int")]
    [InlineData("int A,")]
    public void Reads_what_the_symbol_says(string parameters)
    {
        foreach (var kind in new[] { "sealed record", "record", "abstract record", "record struct", "readonly record struct" })
        {
            foreach (var nullable in new[] { "enable", "disable" })
            {
                var declarations = $"{Declarations}\n#nullable {nullable}\npublic {kind} R({parameters})";

                var read = TestContract.ModelOf("R", declarations + ";");

                // A member of its own, and the record is read from its symbol.
                Assert.Equal(TestContract.ModelOf("R", declarations + " { private const int Own = 0; }"), read);
            }
        }
    }
}
