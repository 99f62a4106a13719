using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0102, PG0302 and PG0412: constructors get the runtime, bounds are put in order, members are named as they are.</summary>
public sealed class DeclarationCodeFixTests
{
    [Theory]
    [InlineData("class Desk(string product)", "", "class Desk(string product, PromptRuntime prompts)", "")]
    [InlineData("class Desk()", "", "class Desk(PromptRuntime prompts)", "")]
    [InlineData("class Desk", "    public Desk() { }", "class Desk", "    public Desk(PromptRuntime prompts) {\n        _prompts = prompts;\n    }")]
    [InlineData("class Desk", "    public Desk(int count)\n    {\n        Count = count;\n    }\n\n    public int Count { get; }", "class Desk", "    public Desk(int count, PromptRuntime prompts)\n    {\n        _prompts = prompts;\n        Count = count;\n    }\n\n    public int Count { get; }")]
    public Task Gives_the_runtime_to_a_constructor(string type, string members, string fixedType, string fixedMembers) => Fixing.VerifyAsync(
        new NoRuntimeCodeFix(), "Add a PromptRuntime to the constructor", Desk(type, members), Desk(fixedType, fixedMembers));

    [Theory]
    [InlineData("[property: Range(5, 1)] int Stars", "[property: Range(1, 5)] int Stars")]
    [InlineData("[property: Range(typeof(decimal), \"9.5\", \"1\")] decimal Stars", "[property: Range(typeof(decimal), \"1\", \"9.5\")] decimal Stars")]
    [InlineData("[property: MinLength(9), MaxLength(2)] string Stars", "[property: MinLength(2), MaxLength(9)] string Stars")]
    [InlineData("[property: StringLength(2, MinimumLength = 9)] string Stars", "[property: StringLength(9, MinimumLength = 2)] string Stars")]
    [InlineData("[property: Length(9, 2)] string Stars", "[property: Length(2, 9)] string Stars")]
    public Task Swaps_bounds(string before, string after) => Fixing.VerifyAsync(new ConstraintCodeFix(), "Swap the bounds", Rating(before), Rating(after));

    [Fact]
    public Task Swaps_all_bounds_at_once() => Fixing.VerifyAllAsync(
        new ConstraintCodeFix(), "swap", Rating("[property: Range(5, 1)] int Stars, [property: Range(9, 0)] int Other"), Rating("[property: Range(1, 5)] int Stars, [property: Range(0, 9)] int Other"));

    [Fact]
    public async Task Swaps_nothing_that_is_not_crossed() => Assert.Empty(await Fixing.TitlesAsync(new ConstraintCodeFix(), Rating("[property: Range(1, 5)] string Stars")));

    [Theory]
    [InlineData("\"Urgncy\"", "\"Urgency\"")]
    [InlineData("nameof(Likeness.Urgncy)", "nameof(Likeness.Urgency)")]
    public Task Names_the_member_that_was_meant(string before, string after) => Fixing.VerifyAsync(new BoundMemberCodeFix(), "Change to 'Urgency'", Bound(before), Bound(after));

    private static string Bound(string member) => $$$"""
        public sealed record Likeness(int Urgncy, int Urgency);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [AcceptWhen({{{member}}}, AtLeast = 3)]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;

    private static string Rating(string members) => $$$"""
        public sealed record Rating({{{members}}});

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Rating> AskAsync(string ticket);
        }
        """;

    private static string Desk(string type, string members) => $$$"""
        public sealed partial {{{type}}}
        {
        {{{members}}}

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
