namespace PromptGen.Generators.Tests.Templates;

/// <summary>Generated code is read by people: what it looks like.</summary>
public sealed class TemplateEmitterTests
{
    [Fact]
    public void Rendering_reads_like_code_written_by_hand()
    {
        const string template = """
            {{role "system"}}
            You triage support tickets for {{product}}.
            Answer in one of the languages below.
            {{#each languages}}
            - {{@index}} {{name}}
            {{else}}
            English only.
            {{/each}}
            {{role "user"}}
            {{#if ticket.customer.isVip}}VIP{{else if urgent}}Urgent{{/if}} {{ticket.customer.name}}:
            {{json ticket indent=2}}
            """;

        Assert.Equal(
            """"
            private void RenderDefault(global::PromptGen.Prompts.PromptWriter prompt)
            {
                prompt.Role(global::PromptGen.Prompts.PromptRole.System);
                prompt.Append("You triage support tickets for ");
                prompt.Append(product);
                prompt.Append("""
                    .
                    Answer in one of the languages below.

                    """);
                if (languages is { Count: > 0 })
                {
                    var languageIndex = 0;
                    foreach (var language in languages)
                    {
                        prompt.Append("- ");
                        prompt.Append(languageIndex);
                        prompt.Append(" ");
                        prompt.Append(language?.Name);
                        prompt.Append("\n");
                        languageIndex++;
                    }
                }
                else
                {
                    prompt.Append("English only.\n");
                }
                prompt.Role(global::PromptGen.Prompts.PromptRole.User);
                if (ticket?.Customer?.IsVip == true)
                {
                    prompt.Append("VIP");
                }
                else if (urgent)
                {
                    prompt.Append("Urgent");
                }
                prompt.Append(" ");
                prompt.Append(ticket?.Customer?.Name);
                prompt.Append(":\n");
                WriteTicket(prompt.Json(indent: 2), ticket);

                static void WriteTicket(global::PromptGen.Prompts.PromptJson json, global::Ticket? value)
                {
                    if (value is not { } item)
                    {
                        json.Null();
                        return;
                    }

                    json.StartObject();
                    json.Name("id");
                    json.Value(item.Id);
                    json.Name("customer");
                    WriteCustomer(json, item.Customer);
                    json.Name("tags");
                    json.Array(item.Tags, static (json, value) => json.Value(value));
                    json.EndObject();
                }

                static void WriteCustomer(global::PromptGen.Prompts.PromptJson json, global::Customer? value)
                {
                    if (value is not { } item)
                    {
                        json.Null();
                        return;
                    }

                    json.StartObject();
                    json.Name("name");
                    json.Value(item.Name);
                    json.Name("isVip");
                    json.Value(item.IsVip);
                    json.EndObject();
                }
            }

            """",
            TemplateHarness.Emit(
                template,
                "string product, List<Language> languages, Ticket ticket, bool urgent",
                "public record Language(string Name); public record Customer(string Name, bool IsVip); public record Ticket(int Id, Customer Customer, string[] Tags);"));
    }

    [Theory]
    [InlineData("a \"quoted\"\nb", "prompt.Append(\"\"\"\n        a \"quoted\"\n        b\n        \"\"\");")]
    [InlineData("a \"\"\"\nb", "prompt.Append(\"\"\"\"\n        a \"\"\"\n        b\n        \"\"\"\");")]
    [InlineData("a\\b\n", "prompt.Append(\"a\\\\b\\n\");")]
    [InlineData("a\0\nb", "prompt.Append(\"a\\u0000\\nb\");")]
    public void Literals(string template, string expected) =>
        Assert.Contains("    " + expected + "\n", TemplateHarness.Emit(template, ""), StringComparison.Ordinal);
}
