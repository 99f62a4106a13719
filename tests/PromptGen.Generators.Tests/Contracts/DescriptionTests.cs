namespace PromptGen.Generators.Tests.Contracts;

/// <summary>Documentation comments describe what no <c>[Description]</c> does.</summary>
public sealed class DescriptionTests
{
    private const string Declarations = """
        /// <summary>
        /// A trip that  somebody <b>takes</b>,
        /// see <see cref="System.Collections.Generic.List{T}"/> &amp; <paramref name="from"/>.
        /// </summary>
        /// <param name="From">Where it <c>begins</c>.<para>Any town.</para></param>
        /// <param name="Kind"></param>
        public sealed record Trip(string From, Kind Kind, [property: Description("its own")] int Days)
        {
            /// <summary>Who goes, <see langword="null"/> = nobody.</summary>
            public string? Who { get; init; }

            // Not a description.
            public string? Note { get; init; }

            //// <summary>Neither.</summary>
            public string? Other { get; init; }

            /** <summary>
              * What it
              * costs.
              * </summary> */
            [Range(0, 5)] public int? Cost { get; init; }

            /// <inheritdoc/>
            public int? Inherited { get; init; }

            /// <summary>Broken
            public int? Broken { get; init; }
        }

        /// <summary>How one goes.</summary>
        public enum Kind
        {
            /// <summary>By rail.</summary>
            Train,
            [Description("on foot")] Walk,
        }

        /// <summary>Positional.</summary>
        /// <param name="Name">What it is called.</param>
        public sealed record Plain(string Name, Trip? Trip);

        /// <summary>Hidden.</summary>
        [Description("Shown")] public abstract record Base
        {
            /// <summary>A case.</summary>
            public sealed record Case(int A) : Base;
        }
        """;

    [Fact]
    public void A_comment_is_reported_in_plain_text() => Assert.Equal(
        """{"type":"object","description":"A trip that somebody takes, see List{T} & from.","properties":{"""
        + """ "from":{"type":"string","description":"Where it begins. Any town."},""".TrimStart()
        + """ "kind":{"type":"string","description":"How one goes.; Train: By rail.; Walk: on foot","enum":["Train","Walk"]},""".TrimStart()
        + """ "days":{"type":"integer","description":"its own"},""".TrimStart()
        + """ "who":{"type":["string","null"],"description":"Who goes, null = nobody."},"note":{"type":["string","null"]},"other":{"type":["string","null"]},""".TrimStart()
        + """ "cost":{"type":["integer","null"],"description":"What it costs.","minimum":0,"maximum":5},"inherited":{"type":["integer","null"]},"broken":{"type":["integer","null"]}},""".TrimStart()
        + """ "required":["from","kind","days"],"additionalProperties":false}""".TrimStart(),
        TestContract.ModelOf("Trip", Declarations).SchemaJson);

    [Fact]
    public void A_record_that_is_nothing_but_its_parameters_is_described_too()
    {
        var schema = TestContract.ModelOf("Plain", Declarations).SchemaJson;

        Assert.StartsWith("""{"type":"object","description":"Positional.","properties":{"name":{"type":"string","description":"What it is called."},"trip":{"type":["object","null"]""", schema, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_goes_before_a_comment()
    {
        var schema = TestContract.ModelOf("Base", Declarations).SchemaJson;

        Assert.Contains("\"description\":\"Shown\"", schema, StringComparison.Ordinal);
        Assert.Contains("\"description\":\"A case.\"", schema, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", schema, StringComparison.Ordinal);
    }

    /// <summary>The compiler parses comments only where a documentation file is asked for; the schema is the same.</summary>
    [Theory]
    [InlineData(Microsoft.CodeAnalysis.DocumentationMode.None)]
    [InlineData(Microsoft.CodeAnalysis.DocumentationMode.Parse)]
    [InlineData(Microsoft.CodeAnalysis.DocumentationMode.Diagnose)]
    public void A_comment_does_not_depend_on_the_compiler_reading_it(Microsoft.CodeAnalysis.DocumentationMode mode) =>
        Assert.Equal(TestContract.ModelOf("Trip", Declarations), TestContract.ModelOf("Trip", Declarations, mode));
}
