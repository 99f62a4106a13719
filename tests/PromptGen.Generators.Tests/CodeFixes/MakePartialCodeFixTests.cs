using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0101: method and classes become partial.</summary>
public sealed class MakePartialCodeFixTests
{
    [Theory]
    [InlineData("public class Desk", "public Task<Triage> AskAsync", "public partial class Desk", "public partial Task<Triage> AskAsync")]
    [InlineData("sealed class Desk", "public partial Task<Triage> AskAsync", "sealed partial class Desk", "public partial Task<Triage> AskAsync")]
    [InlineData("partial class Desk", "internal virtual Task<Triage> AskAsync", "partial class Desk", "internal virtual partial Task<Triage> AskAsync")]
    [InlineData("class Desk", "Task<Triage> AskAsync", "partial class Desk", "private partial Task<Triage> AskAsync")]
    [InlineData("public record Desk", "public  /* async */ Task<Triage> AskAsync", "public partial record Desk", "public  /* async */ partial Task<Triage> AskAsync")]
    public Task Makes_partial(string type, string method, string partialType, string partialMethod) => Fixing.VerifyAsync(
        new MakePartialCodeFix(), "Make partial", Source(type, method), Source(partialType, partialMethod));

    [Fact]
    public Task Makes_outer_types_partial() => Fixing.VerifyAsync(
        new MakePartialCodeFix(),
        "Make partial",
        "public static class Outer\n{\n" + Source("public class Desk", "public Task<Triage> AskAsync") + "}\n",
        "public static partial class Outer\n{\n" + Source("public partial class Desk", "public partial Task<Triage> AskAsync") + "}\n");

    [Fact]
    public Task Makes_all_partial_at_once() => Fixing.VerifyAllAsync(
        new MakePartialCodeFix(), "partial", Two("class", "public Task"), Two("partial class", "public partial Task"));

    [Fact]
    public async Task Offers_nothing_for_a_method_with_a_body() =>
        Assert.Empty(await Fixing.TitlesAsync(new MakePartialCodeFix(), Source("public class Desk", "public Task<Triage> AskAsync").Replace(";", " => throw null!;", StringComparison.Ordinal)));

    [Fact]
    public async Task Offers_nothing_for_another_flaw() =>
        Assert.Empty(await Fixing.TitlesAsync(new MakePartialCodeFix(), Source("public partial class Desk", "public partial Task AskAsync")));

    private static string Source(string type, string method) => $$$"""
        {{{type}}}
        {
            // Triages a ticket.
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            {{{method}}}(string ticket);
        }

        """;

    private static string Two(string type, string method) => $$$"""
        public {{{type}}} Desk
        {
            [RoutedPrompt(Tier.Fast), PromptTemplate("{{ticket}}")]
            {{{method}}}<Triage> AskAsync(string ticket);

            [RoutedPrompt(Tier.Fast), PromptTemplate("{{ticket}}")]
            {{{method}}}<bool> IsSpamAsync(string ticket);
        }
        """;
}
