using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Diagnostics;

namespace PromptGen.Generators.Tests.Diagnostics;

/// <summary>Text in a literal's value is located in its source, whatever the literal's kind.</summary>
public sealed class StringLiteralMapTests
{
    [Theory]
    [InlineData("\"see {{name}} here\"")]
    [InlineData("\"\\t\\\"\\\\ {{name}}\\n\"")]
    [InlineData("\"\\u0041\\x41\\U00000041 {{name}}\"")]
    [InlineData("\"\\U0001F600 {{name}} \\U0001F600\"")]
    [InlineData("\"\\x4 {{name}}\"")]
    [InlineData("@\"a\\b {{name}}\"")]
    [InlineData("@\"\"\"quoted\"\" {{name}} \"\"\"")]
    [InlineData("@\"first\r\nsecond {{name}}\"")]
    [InlineData("\"\"\"see {{name}} \"here\" \\ \"\"\"")]
    [InlineData("\"\"\"\"see \"\"\" {{name}}\"\"\"\"")]
    [InlineData("\"\"\"\n    {{name}}\n    \"\"\"")]
    [InlineData("\"\"\"\n    first\n\n      indented {{name}} \"quoted\"\n  \n    last\n    \"\"\"")]
    [InlineData("\"\"\"\r\n\t\tfirst\r\n\t\t{{name}}\r\n\t\t\"\"\"")]
    [InlineData("\"\"\"\nnot indented {{name}}\n\"\"\"")]
    public void A_name_is_found(string source)
    {
        var (literal, value) = Literal(source);

        var span = new StringLiteralMap(literal).Map(new TextSpan(value.IndexOf("name", StringComparison.Ordinal), 4));

        Assert.Equal("name", source.Substring(span.Start, span.Length));
        Assert.Equal(source.IndexOf("{{name", StringComparison.Ordinal) + 2, span.Start);
    }

    [Theory]
    [InlineData("\"a\\tb\\u0041c\"")]
    [InlineData("@\"a\"\"b\"")]
    [InlineData("\"\"\"ab\"c\"\"\"")]
    [InlineData("\"\"\"\n    a\n\n     b\n    \"\"\"")]
    public void Every_stretch_of_the_value_is_inside_the_literal_and_in_order(string source)
    {
        var (literal, value) = Literal(source);
        var last = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            var span = new StringLiteralMap(literal).Map(new TextSpan(i, 0));

            Assert.InRange(span.Start, Math.Max(last, 1), source.Length - 1);
            Assert.NotEqual(literal.Span, span);
            last = span.Start;
        }
    }

    [Theory]
    [InlineData("\"\\t\"", "\\t")]
    [InlineData("\"\\u0041\"", "\\u0041")]
    [InlineData("@\"\"\"\"", "\"\"")]
    public void A_character_that_is_escaped_is_its_whole_escape(string source, string escape)
    {
        var (literal, _) = Literal(source);

        var span = new StringLiteralMap(literal).Map(new TextSpan(0, 1));

        Assert.Equal(escape, source.Substring(span.Start, span.Length));
    }

    [Fact]
    public void A_stretch_beyond_the_value_is_the_literal()
    {
        var (literal, value) = Literal("\"short\"");

        Assert.Equal(literal.Span, new StringLiteralMap(literal).Map(new TextSpan(value.Length, 1)));
    }

    private static (SyntaxToken Literal, string Value) Literal(string source)
    {
        var literal = Assert.IsType<LiteralExpressionSyntax>(SyntaxFactory.ParseExpression(source)).Token;
        Assert.Equal(source, literal.Text);
        return (literal, literal.ValueText);
    }
}
