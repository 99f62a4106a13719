namespace PromptGen.Generators.Tests.Rules;

/// <summary>A field with [Model] is a model of a catalog.</summary>
public sealed class PG0801Tests
{
    [Theory]
    [InlineData("public static readonly string {|PG0801:Mini|} = \"gpt-4o-mini-2024-07-18\";", "it is not a constant, so the compiler does not know its id: declare it as 'const string'")]
    [InlineData("public static string {|PG0801:Mini|} = \"gpt-4o-mini-2024-07-18\";", "it is not a constant, so the compiler does not know its id: declare it as 'const string'")]
    [InlineData("public const int {|PG0801:Mini|} = 4;", "it is not a string: declare it as 'const string' with the id as its value")]
    [InlineData("public const string? {|PG0801:Mini|} = null;", "its id is empty: write the id by which the provider knows the model")]
    [InlineData("public const string {|PG0801:Mini|} = \" \";", "its id is empty: write the id by which the provider knows the model")]
    public async Task Fires_on_a_field_that_has_no_id(string field, string reason)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            [ModelCatalog]
            public static class Own
            {
                [Model("openai", Tier.Fast)]
                {{field}}
            }
            """);

        Assert.Equal("'Mini' is no model that a prompt can use: " + reason, diagnostics.Message("PG0801"));
    }

    [Theory]
    [InlineData("[Model({|PG0801:\"\"|}, Tier.Fast)]", "it has no provider: write the name that AddProvider is given at start-up")]
    [InlineData("[Model({|PG0801:null!|}, Tier.Fast)]", "it has no provider: write the name that AddProvider is given at start-up")]
    [InlineData("[Model(\"openai\", {|PG0801:(Tier)7|})]", "its tier does not exist: write Tier.Fast, Tier.General, Tier.Deep or Tier.SelfHosted")]
    public async Task Fires_on_an_argument_that_says_nothing(string attribute, string reason)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            [ModelCatalog]
            public static class Own
            {
                {{attribute}}
                public const string Mini = "gpt-4o-mini-2024-07-18";
            }
            """);

        Assert.Equal("'Mini' is no model that a prompt can use: " + reason, diagnostics.Message("PG0801"));
    }

    [Theory]
    [InlineData("public static class Own")]
    [InlineData("[ModelCatalog] public static class Outer { } public static class Own")]
    [InlineData("public sealed record Own")]
    public async Task Fires_outside_of_a_catalog(string declaration)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            {{declaration}}
            {
                [Model("openai", Tier.Fast)]
                public const string {|PG0801:Mini|} = "gpt-4o-mini-2024-07-18";
            }
            """);

        Assert.Equal("'Mini' is no model that a prompt can use: its class 'Own' is not a catalog: mark the class [ModelCatalog]", diagnostics.Message("PG0801"));
    }

    [Fact]
    public Task Fires_in_a_class_inside_a_catalog_and_in_an_enum() => Rule.VerifyAsync("""
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast)]
            public const string Mini = "gpt-4o-mini-2024-07-18";

            public static class More
            {
                [Model("openai", Tier.Deep)]
                public const string {|PG0801:Large|} = "gpt-5-2025-08-07";
            }

            public enum Names
            {
                [Model("openai", Tier.Deep)]
                {|PG0801:Large|},
            }
        }
        """);

    [Theory]
    [InlineData("[ModelCatalog] public static partial class Own { } public static partial class Own")]
    [InlineData("[ModelCatalog] internal sealed record Own")]
    [InlineData("[assembly: UseCatalog(typeof(Own))] public static class Own")]
    public Task Stays_silent(string declaration) => Rule.VerifyAsync($$$"""
        {{{declaration}}}
        {
            private const string Family = "gpt-4.1";

            [Model("openai", Tier.Fast), Obsolete("Use another one.")]
            internal const string Mini = Family + "-mini-2025-04-14";

            public const string Small = Mini;
            public static readonly string[] All = [Mini, Small];
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<bool> AskAsync(string ticket);
        }
        """);
}
