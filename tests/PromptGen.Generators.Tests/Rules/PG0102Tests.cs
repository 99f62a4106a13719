namespace PromptGen.Generators.Tests.Rules;

/// <summary>A prompt needs a way to the runtime.</summary>
public sealed class PG0102Tests
{
    [Theory]
    [InlineData("public Desk(string name) => Name = name; public string Name { get; }")]
    [InlineData("public Desk() { }")]
    [InlineData("private static PromptRuntime s_prompts = null!; public Desk() { }")]
    public Task Fires(string members) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            {{{members}}}

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> {|PG0102:AskAsync|}(string ticket);
        }
        """);

    [Fact]
    public Task Fires_for_a_static_method() => Rule.VerifyAsync("""
        public static partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public static partial Task<Triage> {|PG0102:AskAsync|}(string ticket);
        }
        """);

    [Fact]
    public Task Fires_where_the_base_class_needs_arguments() => Rule.VerifyAsync("""
        public class Base(string name)
        {
            public string Name => name;
        }

        public sealed partial class Desk : Base
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> {|PG0102:AskAsync|}(string ticket);
        }
        """);

    [Theory]
    [InlineData("class Desk", "")]
    [InlineData("class Desk(PromptRuntime prompts)", "")]
    [InlineData("class Desk", "public Desk(string name, PromptRuntime prompts) { Name = name; _prompts = prompts; } public string Name { get; }")]
    [InlineData("class Desk", "private readonly PromptRuntime _runtime; public Desk(PromptRuntime runtime) => _runtime = runtime;")]
    [InlineData("class Desk", "public required PromptRuntime Runtime { get; init; }")]
    public Task Stays_silent(string type, string members) => Rule.VerifyAsync($$$"""
        public sealed partial {{{type}}}
        {
            {{{members}}}

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
