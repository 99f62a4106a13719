using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Templates;

namespace PromptGen.Generators.Tests.Templates;

/// <summary>What is found wrong with a template, where, and what is known of it otherwise.</summary>
public sealed class TemplateBinderTests
{
    private const string Types = """
        public record Customer(string Name, string Email);
        public class Order { public string Id { get; set; } = ""; public Customer Customer { get; set; } = null!; public Line[] Lines { get; set; } = []; public object Handle { get; set; } = ""; }
        public class Line { public string Sku { get; set; } = ""; }
        """;

    private const string Parameters = "string product, Order order, List<string> tags, byte[] photo, CancellationToken cancellationToken";

    [Theory]
    [InlineData("{{prodcut}}", "prodcut", "prodcut: did you mean 'product'? The prompt's parameters are product, order, tags, photo: ")]
    [InlineData("{{PRODUCT}}", "PRODUCT", "PRODUCT: did you mean 'product'? The prompt's parameters are product, order, tags, photo: ")]
    [InlineData("{{ticket}}", "ticket", "ticket: the prompt's parameters are product, order, tags, photo: ")]
    [InlineData("{{cancellationToken}}", "cancellationToken", "cancellationToken: the prompt's parameters are product, order, tags, photo: ")]
    [InlineData("a {{order.custmer.name}}", "custmer", "custmer: did you mean 'Customer'? Order has Id, Customer, Lines, Handle: Order")]
    [InlineData("{{order.customer.phone}}", "phone", "phone: Customer has Name, Email: Customer")]
    [InlineData("{{product.text}}", "text", "text: string has Length: string")]
    [InlineData("{{#each order.lines}}{{product}}{{/each}}", "product", "product: did you mean '../product'? Line has Sku: Line")]
    [InlineData("{{#each order.lines}}{{#each ../tags}}{{sku}}{{/each}}{{/each}}", "sku", "sku: string has Length: string")]
    [InlineData("{{#if prodct}}x{{/if}}", "prodct", "prodct: did you mean 'product'? The prompt's parameters are product, order, tags, photo: ")]
    [InlineData("{{json ordr}}", "ordr", "ordr: did you mean 'order'? The prompt's parameters are product, order, tags, photo: ")]
    [InlineData("{{media url=foto}}", "foto", "foto: did you mean 'photo'? The prompt's parameters are product, order, tags, photo: ")]
    public void Unknown_names(string template, string text, string message) =>
        Assert.Equal([("PG0202", text, message)], TemplateHarness.Findings(template, Parameters, Types));

    [Fact]
    public void A_fix_is_the_name_that_was_meant()
    {
        Assert.Equal("product", Assert.Single(TemplateHarness.Bind("{{prodcut}}", Parameters, Types).Findings).Fix);
        Assert.Equal("../../product", Assert.Single(TemplateHarness.Bind("{{#each order.lines}}{{#each ../tags}}{{product}}{{/each}}{{/each}}", Parameters, Types).Findings).Fix);
        Assert.Null(Assert.Single(TemplateHarness.Bind("{{ticket}}", Parameters, Types).Findings).Fix);
    }

    [Theory]
    [InlineData("a {{product", "{{", "'{{' is not closed by '}}'; write '\\{{' where the braces are meant as text")]
    [InlineData("a {{ {{product}}", "{{", "'{{' is not closed by '}}'; write '\\{{' where the braces are meant as text")]
    [InlineData("{{!-- a", "{{", "'{{' is not closed by '}}'; write '\\{{' where the braces are meant as text")]
    [InlineData("{{{product}} a", "{{{", "'{{{' is closed by '}}'; write '{{' or '}}}'")]
    [InlineData("{{}}", "{{}}", "The tag is empty: name a parameter, or remove it")]
    [InlineData("{{ ~}}", "{{ ~}}", "The tag is empty: name a parameter, or remove it")]
    [InlineData("{{#if product}}a", "{{#if product}}", "'{{#if}}' is not closed: add '{{/if}}' where the block ends")]
    [InlineData("{{#if product}}a{{/each}}{{/if}}", "{{/each}}", "'{{/each}}' does not close '{{#if}}'; write '{{/if}}'")]
    [InlineData("{{#each tags}}{{#if product}}a{{/each}}", "{{#if product}}", "'{{#if}}' is not closed: add '{{/if}}' where the block ends")]
    [InlineData("a{{/if}}", "{{/if}}", "'{{/if}}' closes no block: remove it, or open the block before it")]
    [InlineData("a{{else}}b", "{{else}}", "'{{else}}' is used outside of a block: remove it, or open the block before it")]
    [InlineData("{{#if product}}{{else}}{{else}}{{/if}}", "{{else}}", "The block has two '{{else}}': remove one of the two, or write '{{else if name}}' for the first")]
    [InlineData("{{#if}}a{{/if}}", "{{#if}}", "'#if' needs the name of a parameter or member")]
    [InlineData("{{#if product tags}}a{{/if}}", "tags", "'#if' takes one name only")]
    [InlineData("{{#each tags as |tag|}}a{{/each}}", "as |tag|", "Block parameters ('as |item|') are not supported: write this for the item and ../ for the outer scope")]
    [InlineData("{{#with order}}{{product}}{{/with}}", "with", "The block '#with' is not supported; there are #if, #unless and #each")]
    [InlineData("{{^product}}a{{/product}}", "{{^product}}", "'{{^product}}' is not supported; write '{{#unless product}}'")]
    [InlineData("{{> header}}", "{{> header}}", "Partials ('{{> name}}') are not supported: write their text here, or pass it as a parameter")]
    [InlineData("{{#if product == 3}}a{{/if}}", "== 3", "Templates can't compare: pass a bool")]
    [InlineData("{{#if product != 'x'}}a{{/if}}", "!= 'x'", "Templates can't compare: pass a bool")]
    [InlineData("{{product > 3}}", "product", "Templates can't compare: pass a bool")]
    [InlineData("{{#if !product}}a{{/if}}", "!product", "Templates have no '!': write {{#unless product}}")]
    [InlineData("{{product ?? \"none\"}}", "product", "Templates have no '??': write {{#if name}}{{name}}{{else}}…{{/if}}, or pass the default")]
    [InlineData("{{product ? 'a' : 'b'}}", "product", "Templates have no '?': write {{#if name}}…{{else}}…{{/if}}")]
    [InlineData("{{product | upper}}", "product", "Templates have no filters: convert the value in C#, and pass the result")]
    [InlineData("{{product + 1}}", "product", "Templates can't calculate: compute the value in C#, and pass the result")]
    [InlineData("{{product.ToUpper()}}", "product.ToUpper()", "Templates can't call methods: call 'product.ToUpper' in C#, and pass its result")]
    [InlineData("{{product.Replace('a', 'b')}}", "product.Replace(", "Templates can't call methods: call 'product.Replace' in C#, and pass its result")]
    [InlineData("{{history}}", "history", "The helper 'history' is not supported; there are json, media, role and schema: convert the value in C# and pass the result")]
    [InlineData("{{section \"code\"}}", "section", "The helper 'section' is not supported; there are json, media, role and schema: convert the value in C# and pass the result")]
    [InlineData("{{#ifEquals product \"a\"}}b{{/ifEquals}}", "ifEquals", "The block '#ifEquals' is not supported; there are #if, #unless and #each")]
    [InlineData("{{upper product}}", "upper", "The helper 'upper' is not supported; there are json, media, role and schema: convert the value in C# and pass the result")]
    [InlineData("{{(lookup a b)}}", "(lookup a b)", "Sub-expressions are not supported: compute the value in C# and pass it as a parameter")]
    [InlineData("{{\"text\"}}", "\"text\"", "A placeholder names a parameter: write the text without braces")]
    [InlineData("{{=product}}", "{{=product}}", "The tag does not start with a name: name a parameter or a helper")]
    [InlineData("{{order-id}}", "order-id", "'order-id' is not a name; a placeholder names a parameter or a path to a member, as in order.customer.name")]
    [InlineData("{{tags.0}}", "tags.0", "'tags.0' is not a name; a placeholder names a parameter or a path to a member, as in order.customer.name")]
    [InlineData("{{order.}}", "order.", "'order.' is not a name; a placeholder names a parameter or a path to a member, as in order.customer.name")]
    [InlineData("{{role}}", "role", "'role' needs a role: {{role \"system\"}}, {{role \"user\"}} or {{role \"assistant\"}}")]
    [InlineData("{{role \"tool\"}}", "\"tool\"", "'role' takes one of \"system\", \"user\", \"assistant\" and \"model\", in quotes")]
    [InlineData("{{role system}}", "system", "'role' takes one of \"system\", \"user\", \"assistant\" and \"model\", in quotes")]
    [InlineData("{{role \"user}}", "\"", "The string is not closed: add the quote at its end")]
    [InlineData("{{schema order}}", "order", "'schema' takes no argument: remove it")]
    [InlineData("{{json order.id indent=x}}", "indent=x", "'json' takes one value and 'indent' from 0 to 10: {{json order indent=2}}")]
    [InlineData("{{json order.id indent=99}}", "indent=99", "'json' takes one value and 'indent' from 0 to 10: {{json order indent=2}}")]
    [InlineData("{{json order}}", "order", "'Handle' can't be written as JSON: name the members that matter, or mark it [JsonIgnore]")]
    [InlineData("{{json photo}}", "photo", "byte[] can't be written as JSON: pass text or a type with public members")]
    [InlineData("{{media product}}", "product", "'media' takes 'url' and 'contentType': {{media url=photo contentType=\"image/png\"}}")]
    [InlineData("{{media url=order}}", "order", "'order' is of type Order: pass 'url' a string, Uri, byte[], ReadOnlyMemory<byte>, DataContent or UriContent")]
    [InlineData("{{media url=photo}}", "media", "The content type of bytes is unknown: add contentType=\"image/png\"")]
    [InlineData("{{media url=}}", "url", "'url=' has no value: write one behind it")]
    [InlineData("{{tags}}", "tags", "'tags' is a collection: write {{#each tags}} or {{json tags}}")]
    [InlineData("{{order}}", "order", "'order' is of type Order: name one of its members or write {{json order}}")]
    [InlineData("{{order.handle}}", "order.handle", "'order.handle' is of type Object, which a template can't write as text: pass a string instead")]
    [InlineData("{{photo}}", "photo", "'photo' is no text: write {{media url=photo}}")]
    [InlineData("{{#each order}}a{{/each}}", "order", "#each needs a collection, but 'order' is of type Order")]
    [InlineData("{{../product}}", "../product", "'../product' leads out of the template: remove a '../', which leads out of one #each")]
    [InlineData("{{@index}}", "@index", "'@index' is used outside of an #each: move it into one, or remove it")]
    [InlineData("{{@product}}", "@product", "A template names a parameter without '@': write {{product}}")]
    [InlineData("{{@state.x}}", "@state.x", "'@state' is not supported; there are @index, @first, @last, @key and @root")]
    [InlineData("{{this}}", "this", "'this' stands for all parameters here: write {{json this}}, or name one")]
    public void Syntax_errors(string template, string text, string message) =>
        Assert.Contains(("PG0205", text, message), TemplateHarness.Findings(template, Parameters, Types));

    [Fact]
    public void Errors_do_not_hide_each_other() => Assert.Equal(
        [("PG0205", "{{"), ("PG0205", "{{#if product}}"), ("PG0202", "a"), ("PG0202", "b")],
        TemplateHarness.Findings("{{#if product}}{{a}} {{ {{b}}", Parameters, Types).Select(static finding => (finding.Id, finding.Text)));

    [Fact]
    public void A_type_that_does_not_exist_is_left_to_the_compiler() =>
        Assert.Empty(TemplateHarness.Findings("{{x}}{{x.y}}{{#each x}}{{this}}{{name}}{{/each}}{{#if x.z}}a{{/if}}{{json x}}", "Missing x"));

    [Theory]
    [InlineData("{{role \"system\"}}{{x}}{{role \"user\"}}{{x}}", 1)]
    [InlineData("{{x}}{{role \"user\"}}{{x}}", 0)]
    [InlineData("{{#if x}}{{role \"system\"}}{{/if}}{{x}}", 1)]
    [InlineData("{{#if x}}{{role \"system\"}}a{{role \"user\"}}{{/if}}{{x}}", 0)]
    [InlineData("{{role \"system\"}}{{#if x}}{{role \"user\"}}{{else}}{{role \"user\"}}{{/if}}{{x}}", 0)]
    [InlineData("{{role \"system\"}}{{#if x}}a{{/if}}", 0)]
    [InlineData("{{#each list}}{{this}}{{role \"system\"}}{{/each}}", 1)]
    [InlineData("{{role \"system\"}}{{json this}}", 2)]
    [InlineData("{{role \"system\"}}{{#each list}}{{this}}{{@index}}{{/each}}", 1)]
    public void Untrusted_parameters_in_system_messages(string template, int count)
    {
        var findings = TemplateHarness.Findings(template, "[Untrusted] string x, [Untrusted] string[] list").ToList();
        Assert.Equal(count, findings.Count);
        Assert.All(findings, static finding => Assert.Equal("PG0602", finding.Id));
    }

    [Fact]
    public void Facts_about_a_template()
    {
        const string template = "{{role \"system\"}}\nDu hjälper.\n{{role \"user\"}}\n{{#if tags}}{{order.id}}{{/if}} {{media url=product}} {{schema}}";
        var bound = TemplateHarness.Bind(template, Parameters, Types);

        Assert.Equal(["product", "order", "tags"], bound.UsedParameters);
        Assert.Equal(["System", "User"], bound.Roles);
        Assert.True(bound.WritesSchema);
        Assert.Equal(1, bound.MediaCount);
        Assert.Equal([("Du hjälper.", 18), (" ", 77), (" ", 99)], bound.Texts.Select(static text => (text.Text, text.Span.Start)));
        Assert.Equal(((10 + 2 + 3) / 4) + 1 + (2 * 4) + 1000, bound.StaticTokens);
    }

    [Fact]
    public void Literal_texts_are_where_their_spans_say()
    {
        const string template = "a\r\n{{#if product}}\r\n  b \\{{c}}\r\n{{/if}}\r\nd";
        Assert.All(TemplateHarness.Bind(template, Parameters, Types).Texts, text => Assert.Equal(text.Text, template.Substring(text.Span.Start, text.Span.Length)));
    }

    [Fact]
    public void Equal_templates_are_equal_models()
    {
        const string template = "{{role \"user\"}}{{#each order.lines}}{{sku}}{{/each}}{{json order.customer}}{{oops}}";
        var first = TemplateHarness.Bind(template, Parameters, Types);
        var second = TemplateBinder.Bind(TemplateParser.Parse(template), TemplateHarness.Parameters(Parameters + " ", Types), 0);

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotEqual(first, TemplateHarness.Bind(template + " ", Parameters, Types));
    }

    [Fact]
    public void Blocks_nest_64_deep()
    {
        string Nest(int depth) => string.Concat(Enumerable.Repeat("{{#if product}}", depth)) + "x" + string.Concat(Enumerable.Repeat("{{/if}}", depth));

        Assert.Empty(TemplateHarness.Findings(Nest(64), Parameters, Types));
        Assert.Equal([("PG0205", "{{#if product}}", "Blocks are nested deeper than 64: prepare this part in C# and pass it as a parameter")], TemplateHarness.Findings(Nest(70), Parameters, Types));
        Assert.Single(TemplateHarness.Findings(Nest(5000), Parameters, Types));
    }

    [Fact]
    public void A_chain_of_else_if_closes_once()
    {
        var template = "{{#if product}}0" + string.Concat(Enumerable.Range(0, 80).Select(static i => "{{else if tags}}" + i)) + "{{/if}}{{product}}";
        Assert.Equal("{{else if tags}}", Assert.Single(TemplateHarness.Findings(template, Parameters, Types).DistinctBy(static finding => finding.Message)).Text);
    }

    [Fact]
    public void Shapes_of_recursive_types_end()
    {
        var shape = Assert.Single(TemplateHarness.Parameters("Node n", "public class Node { public Node? Next { get; set; } public List<Node> All { get; set; } = []; public Dictionary<string, Node> Map { get; set; } = new(); }")).Shape;
        Assert.Equal(["Next", "All", "Map"], Assert.Single(shape.Objects).Members.Select(static member => member.Name));
    }

    [Fact]
    public void Shapes_hold_readable_public_members_inherited_ones_too()
    {
        var shape = Assert.Single(TemplateHarness.Parameters(
            "C c",
            """
            public class A { public string Above { get; set; } = ""; public string Hidden { private get; set; } = ""; public virtual int Both => 1; }
            public class C : A { public override int Both => 2; public int Field; internal int Inside; public static int Shared; public int this[int i] => i; public int WriteOnly { set { } } public Type Type => GetType(); }
            """)).Shape;
        Assert.Equal(["Both", "Field", "Type", "Above"], Assert.Single(shape.Objects).Members.Select(static member => member.Name));
    }

    [Fact]
    public void Members_of_interfaces_are_inherited() =>
        Assert.Empty(TemplateHarness.Findings("{{x.a}}{{x.b}}", "IB x", "public interface IA { string A { get; } } public interface IB : IA { string B { get; } }"));

    [Fact]
    public void Spans_are_those_of_the_text() =>
        Assert.Equal(new TextSpan(9, 3), ((PromptGen.Generators.Findings.Place.Template)Assert.Single(TemplateHarness.Bind("ab {{#if abc}}x{{/if}}", Parameters, Types).Findings).Place).Span);
}
