namespace PromptGen.Generators.Tests.Rules;

/// <summary>Where a method cannot be a prompt, the reason is reported and no other diagnostic.</summary>
public sealed class PG0101Tests
{
    [Theory]
    [InlineData("public Task<Triage> {|PG0101:AskAsync|}(string ticket);")]
    [InlineData("public partial Task {|PG0101:AskAsync|}(string ticket);")]
    [InlineData("public partial Task<Triage> {|PG0101:AskAsync|}(string ticket, PromptOptions? first, PromptOptions? second);")]
    [InlineData("public partial Triage {|PG0101:AskAsync|}(string ticket);")]
    [InlineData("public partial void {|PG0101:AskAsync|}(string ticket);")]
    [InlineData("public partial List<Triage> {|PG0101:AskAsync|}(string ticket);")]
    [InlineData("public partial IAsyncEnumerator<string> {|PG0101:AskAsync|}(string ticket);")]
    [InlineData("public partial IAsyncEnumerable<PromptSnapshot<string>> {|PG0101:AskAsync|}(string ticket);")]
    [InlineData("public partial Task<IAsyncEnumerable<T>> {|PG0101:AskAsync|}<T>(string ticket);")]
    [InlineData("public partial Task<T> {|PG0101:AskAsync|}<T>(string ticket);")]
    [InlineData("public partial Task<Triage> {|PG0101:AskAsync|}(ref string ticket);")]
    [InlineData("public partial Task<Triage> {|PG0101:AskAsync|}(out string ticket);")]
    [InlineData("public partial Task<Triage> {|PG0101:AskAsync|}(ReadOnlySpan<char> ticket);")]
    [InlineData("public partial Task<Triage> {|PG0101:AskAsync|}(string ticket) => throw null!;")]
    public Task Fires(string method) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}} {{unknown}}")]
            {{{method}}}
        }
        """);

    [Theory]
    [InlineData("", "public partial Microsoft.Extensions.AI.IChatClient {|PG0101:Chat|}(string ticket);")]
    [InlineData("", "public partial Microsoft.Extensions.AI.IChatClient {|PG0101:Chat|}(CancellationToken cancellationToken);")]
    [InlineData("[PromptTemplate(\"Be kind.\")]", "public partial Microsoft.Extensions.AI.IChatClient {|PG0101:Chat|}();")]
    [InlineData("[AcceptIf(\"Fits\")]", "public partial Microsoft.Extensions.AI.IChatClient {|PG0101:Chat|}();")]
    [InlineData("[Fallback(\"Other\")]", "public partial Microsoft.Extensions.AI.IChatClient {|PG0101:Chat|}();")]
    public Task Fires_for_a_chat_route_that_asks_for_more_than_a_route(string attribute, string method) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]{{{attribute}}}
            {{{method}}}
        }
        """);

    [Fact]
    public Task Fires_for_a_route_that_names_more_models_than_it_may() => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [{|PG0101:RoutedPrompt({{{string.Join(", ", Enumerable.Range(0, 257).Select(static i => $"\"m{i}\""))}}})|}]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_for_a_chat_route() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300), Budget(0.1), Deadline(60)]
            public partial Microsoft.Extensions.AI.IChatClient Chat();
        }
        """);

    [Theory]
    [InlineData("public sealed class Desk")]
    [InlineData("public sealed partial class Desk<T>")]
    [InlineData("public partial struct Desk")]
    [InlineData("public partial interface Desk")]
    public Task Fires_for_the_type(string type) => Rule.VerifyAsync($$$"""
        {{{type}}}
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> {|PG0101:AskAsync|}(string ticket);
        }
        """);

    [Fact]
    public Task Fires_for_a_type_around_the_class() => Rule.VerifyAsync("""
        public static class Outer
        {
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> {|PG0101:AskAsync|}(string ticket);
            }
        }
        """);

    [Fact]
    public Task Fires_for_a_route_that_names_nothing() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [{|PG0101:RoutedPrompt|}]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public async Task Names_the_remedy()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                public Task<Triage> {|PG0101:AskAsync|}(string ticket);
            }
            """);

        Assert.Equal("'AskAsync' cannot be a prompt: it is not partial: write 'partial' before its return type", diagnostics.Message("PG0101"));
    }

    [Fact]
    public async Task Names_the_rule_in_place_of_a_value_in_a_chat_route()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [RouteBy(nameof(Level), Otherwise = Tier.Fast)]
                [RouteCase(1, Tier.Fast)]
                public partial Microsoft.Extensions.AI.IChatClient {|PG0101:Chat|}();

                private static int Level() => 1;
            }
            """);

        Assert.Contains("use [RouteWhen], which looks at the last user message, in place of [RouteBy] and [RouteCase]", diagnostics.Message("PG0101"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public partial Task<Triage> AskAsync(string ticket, CancellationToken cancellationToken);")]
    [InlineData("internal partial ValueTask<Triage> AskAsync(string ticket);")]
    [InlineData("private partial Task<PromptResult<Triage>> AskAsync(params string[] ticket);")]
    [InlineData("public partial IAsyncEnumerable<string> AskAsync(string ticket);")]
    [InlineData("public partial IAsyncEnumerable<Triage> AskAsync(string ticket, CancellationToken cancellationToken = default);")]
    [InlineData("public partial IAsyncEnumerable<int?> AskAsync(string ticket, CancellationToken first, CancellationToken {|PG0103:second|});")]
    [InlineData("internal partial IAsyncEnumerable<PromptSnapshot<Triage>> AskAsync(string ticket, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token);")]
    public Task Stays_silent(string method) => Rule.VerifyAsync($$$"""
        public partial record Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json ticket}}")]
            {{{method}}}

            public Task OtherAsync() => Task.CompletedTask;
        }
        """);

    [Theory]
    [InlineData("IAsyncEnumerable<string> {|PG0101:AskAsync|}(string ticket)", "it streams its answer, whose items are handed over before the probabilities of all its tokens are known: remove [AcceptLikely], or return a task")]
    [InlineData("IAsyncEnumerable<Triage> {|PG0101:AskAsync|}(string ticket)", "it streams its answer, whose items are handed over before the probabilities of all its tokens are known: remove [AcceptLikely], or return a task")]
    [InlineData("IAsyncEnumerable<PromptSnapshot<Triage>> {|PG0101:AskAsync|}(string ticket)", "it streams its answer, whose items are handed over before the probabilities of all its tokens are known: remove [AcceptLikely], or return a task")]
    [InlineData("Microsoft.Extensions.AI.IChatClient {|PG0101:AskAsync|}()", "it returns its route as an IChatClient, whose answers are the caller's to judge: remove [AcceptLikely]")]
    public async Task Fires_where_probabilities_are_known_too_late(string method, string reason)
    {
        var template = method.EndsWith("()", StringComparison.Ordinal) ? "" : "[PromptTemplate(\"{{ticket}}\")]";

        var diagnostics = await Rule.VerifyAsync($$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                {{template}}
                [AcceptLikely(0.9)]
                public partial {{method}};
            }
            """);

        Assert.Equal($"'AskAsync' cannot be a prompt: {reason}", diagnostics.Message("PG0101"));
    }

    [Fact]
    public async Task Fires_at_a_stream_whose_bounds_are_calibrated()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8, Calibration = "Calibrations/stated.calibration")]
                public partial IAsyncEnumerable<Triage> {|PG0101:AskAsync|}(string ticket);
            }
            """);

        Assert.Equal("'AskAsync' cannot be a prompt: it streams its answer, whose items are not calibrated: remove Calibration from [AcceptWhen], or return a task", diagnostics.Message("PG0101"));
    }

    [Theory]
    [InlineData("AcceptIf(nameof(IsGoodAsync))")]
    [InlineData("AcceptIf(nameof(IsGood), Repair = true)")]
    [InlineData("AcceptIf(nameof(IsGood), WhenUnknown = WhenUnknown.Accept)")]
    public Task Fires_at_a_stream_whose_items_would_wait_for_a_judge(string attribute) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [{{{attribute}}}]
            public partial IAsyncEnumerable<Triage> {|PG0101:AskAsync|}(string ticket);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json answer}}")]
            public partial Task<bool> IsGoodAsync(Triage answer);

            private static bool IsGood(Triage value) => value.Urgency > 0;
        }
        """);
}
