namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>Prompts that ask again in words of their own.</summary>
[RepairTemplate("Please look again:{{#each violations}} {{pointer}} should be {{expected}};{{/each}} you wrote {{answer}}.")]
public sealed partial class RepairDesk
{
    [RoutedPrompt(Catalog.Mini)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<Triage> AskAsync(string ticket);

    [RoutedPrompt(Catalog.Sonnet)]
    [PromptTemplate("{{ticket}}")]
    [RepairTemplate("""
        About "{{ticket}}":
        {{#each violations}}
        {{@index}} {{message}}
        {{/each}}
        """)]
    public partial Task<Triage> AskInItsOwnWordsAsync(string ticket);
}
