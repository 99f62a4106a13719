using PromptGen.Generators.Emission;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Dialects;
using PromptGen.Generators.Schemas.Json;
using PromptGen.Generators.Tests.Contracts;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Dialects;

/// <summary>The schemas that a contract's file holds.</summary>
public sealed class ContractDialectTests
{
    private static readonly DialectSet All = new(0b11110);

    private const string Invoice = """
        public enum Currency { Eur, Usd }

        public sealed record Line(
            [property: MaxLength(80), Description("What was sold")] string Text,
            [property: Range(0, 1_000_000)] decimal Price,
            Currency Currency,
            int Count = 1);

        [Description("A bill")]
        public sealed record Invoice(
            [property: RegularExpression("[A-Z]{2}-[0-9]+")] string Number,
            DateOnly Date,
            Currency Currency,
            [property: Length(2, 50)] List<Line> Lines,
            Line? Discount,
            Uri? Source = null);
        """;

    [Fact]
    public void Each_dialect_has_its_schema()
    {
        var model = TestContract.ModelOf("Invoice", Invoice);
        var source = ContractEmitter.Emit(model, All);

        Snapshot.Verify(source);
        Assert.Empty(Compile.Sources("namespace Acme;\n" + Invoice).With(model.HintName, source.Replace("#pragma warning disable\n", "", StringComparison.Ordinal)).Complaints());
    }

    [Fact]
    public void Only_those_of_the_catalog_are_written()
    {
        var source = ContractEmitter.Emit(TestContract.ModelOf("Invoice", Invoice), new DialectSet(1 << (int)Model.SchemaDialect.Anthropic));

        Assert.Contains("global::PromptGen.SchemaDialect.Anthropic =>", source, StringComparison.Ordinal);
        Assert.DoesNotContain("SchemaDialect.OpenAI", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public sealed record Holder(int A, string? B, List<Inner> C); public sealed record Inner(bool D, DayOfWeek E);")]
    [InlineData("public sealed record Holder(Inner A, Inner B); public sealed record Inner(bool D, DayOfWeek E);")]
    public void What_every_dialect_takes_is_written_once(string declarations)
    {
        var model = TestContract.ModelOf("Holder", declarations);

        Assert.Equal(ContractEmitter.Emit(model), ContractEmitter.Emit(model, All));
    }

    [Fact]
    public void What_Anthropic_can_t_express_it_is_not_sent_and_OpenAI_is_sent_loosely()
    {
        var source = ContractEmitter.Emit(TestContract.ModelOf("Holder", "public sealed record Holder(Dictionary<string, int> A);"), All);

        Assert.Contains("global::PromptGen.SchemaDialect.Anthropic => default, // it can't express this contract\n", source, StringComparison.Ordinal);
        Assert.DoesNotContain("SchemaDialect.OpenAI", source, StringComparison.Ordinal);
        Assert.DoesNotContain("SchemaDialect.AzureOpenAI", source, StringComparison.Ordinal);
    }

    /// <summary>The quick look that saves most contracts the rewriting must never be wrong in their favour.</summary>
    [Theory]
    [InlineData("int")]
    [InlineData("byte")]
    [InlineData("ulong")]
    [InlineData("decimal")]
    [InlineData("char")]
    [InlineData("string?")]
    [InlineData("DateTime")]
    [InlineData("DateTimeOffset")]
    [InlineData("DateOnly")]
    [InlineData("TimeOnly")]
    [InlineData("TimeSpan")]
    [InlineData("Guid")]
    [InlineData("Uri")]
    [InlineData("byte[]")]
    [InlineData("DayOfWeek")]
    [InlineData("DayOfWeek?")]
    [InlineData("Case")]
    [InlineData("List<string?>")]
    [InlineData("List<List<List<int[]>>>")]
    [InlineData("Dictionary<string, int>")]
    [InlineData("Half")]
    [InlineData("Int128")]
    [InlineData("System.Numerics.BigInteger")]
    [InlineData("HashSet<int>")]
    [InlineData("ImmutableList<string>")]
    [InlineData("Dictionary<DayOfWeek, int>")]
    [InlineData("(int A, string B)")]
    [InlineData("object")]
    [InlineData("System.Text.Json.JsonElement")]
    [InlineData("System.Text.Json.Nodes.JsonArray")]
    [InlineData("Days")]
    [InlineData("Node")]
    [InlineData("Pair")]
    [InlineData("Optional")]
    [InlineData("Ranged")]
    [InlineData("Nullables")]
    [InlineData("Deep")]
    public void A_plain_contract_is_one_that_no_dialect_changes(string type)
    {
        var model = TestContract.ModelOf(type, $$"""
            public enum Case { Upper, upper }
            [Flags] public enum Days { None = 0, Mon = 1, Tue = 2 }
            public sealed record Node(string Name, List<Node> Children);
            public sealed record Pair(Inner A, Inner B, DayOfWeek C, DayOfWeek D);
            public sealed record Inner(string Text, [property: Description("d")] Deep? Deep);
            public sealed record Optional(int A, int B = 5);
            public sealed record Ranged([property: Range(1, 5)] int A);
            public sealed record Nullables({{string.Join(", ", Enumerable.Range(0, 20).Select(static i => $"int? A{i}"))}});
            public sealed record Deep(Deeper A); public sealed record Deeper(Deepest B); public sealed record Deepest(int C);
            """);
        Assert.Empty(model.Problems);
        var schema = JsonParser.Parse(model.SchemaJson, out _)!;

        Assert.Equal(model.SchemaJson, schema.ToString());
        foreach (var dialect in All.Dialects)
        {
            var rewritten = DialectRewriter.Rewrite(schema, DialectRules.Of(dialect));
            if (PlainContract.Is(model, new DialectSet(1 << (int)dialect)))
            {
                Assert.Empty(rewritten.Problems);
                Assert.Empty(rewritten.Described);
                Assert.Equal(model.SchemaJson, rewritten.Rewritten.ToString());
            }
        }
    }

    [Theory]
    [InlineData("openai", Model.SchemaDialect.OpenAI)]
    [InlineData("Azure-EU", Model.SchemaDialect.AzureOpenAI)]
    [InlineData("ANTHROPIC", Model.SchemaDialect.Anthropic)]
    [InlineData("google", Model.SchemaDialect.Gemini)]
    [InlineData("gemini", Model.SchemaDialect.Gemini)]
    [InlineData("VertexAI", Model.SchemaDialect.Gemini)]
    [InlineData("my-openai", Model.SchemaDialect.Standard)]
    [InlineData("", Model.SchemaDialect.Standard)]
    internal void A_provider_s_name_says_its_dialect(string provider, Model.SchemaDialect dialect)
    {
        Assert.Equal(dialect, Model.ModelDefaults.DialectOf(provider));
        Assert.Equal(dialect.ToString(), new PromptGen.Catalog.ModelInfo("m", provider, PromptGen.Tier.Fast).Dialect.ToString());
        Assert.Equal(dialect.ToString(), new ModelAttribute(provider, PromptGen.Tier.Fast).Dialect.ToString());
    }
}
