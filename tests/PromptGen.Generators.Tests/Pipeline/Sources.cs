namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>The sources that pipeline tests start from: the example of the design.</summary>
internal static class Sources
{
    /// <summary>A catalog with one model for each tier of the ladder.</summary>
    public const string Ladder = """
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast)]
            public const string Mini = "gpt-4o-mini-2024-07-18";

            [Model("anthropic", Tier.General)]
            public const string Sonnet = "claude-3-5-sonnet-20241022";

            [Model("anthropic", Tier.Deep)]
            public const string Opus = "claude-opus-4-20250514";
        }
        """;

    public const string Models = """
        namespace Acme;

        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
            public const string Mini = "gpt-4o-mini-2024-07-18";

            [Model("anthropic", Tier.Fast, InputPrice = 0.80, OutputPrice = 4.00, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
            public const string Haiku = "claude-3-5-haiku-20241022";

            [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
            public const string Sonnet = "claude-3-5-sonnet-20241022";

            [Model("ollama", Tier.SelfHosted, ContextWindow = 131_072)]
            public const string Llama = "llama3.1:70b";
        }
        """;

    public const string Triage = """
        namespace Acme;

        public enum Queue { Billing, Account, Technical, Other }

        public sealed record Triage(
            Queue Queue,
            [property: Range(1, 5)] int Urgency,
            [property: MaxLength(140), Description("One sentence that a human agent can act on")] string Summary,
            [property: Range(0, 1)] double Confidence);
        """;

    public const string Desk = """"
        namespace Acme;

        public sealed partial class SupportDesk
        {
            /// <summary>Triages a ticket.</summary>
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("""
                {{role "system"}}
                You triage support tickets for {{product}}.
                {{role "user"}}
                {{ticket}}
                """)]
            [PromptTemplate(File = "Prompts/triage.claude.prompt", For = "claude*")]
            [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8)]
            [Budget(0.05), Deadline(20)]
            public partial Task<Triage> TriageAsync(string product, string ticket, CancellationToken cancellationToken = default);
        }
        """";

    public const string Translator = """
        namespace Acme;

        public sealed partial class Translator
        {
            [RoutedPrompt(Models.Mini, Models.Sonnet)]
            [PromptTemplate("Translate into {{language}}: {{text}}")]
            [AcceptIf(nameof(IsTranslated))]
            public partial Task<string> TranslateAsync(string language, string text);

            private static bool IsTranslated(string answer) => answer.Length > 0;
        }
        """;

    public const string Unrelated = "namespace Acme; public sealed class Unrelated { public int Number => 1; }";

    public static readonly (string Path, string Text) ClaudePrompt = ("Prompts/triage.claude.prompt", "{{role \"system\"}}\nTriage for <product>{{product}}</product>.\n{{role \"user\"}}\n{{ticket}}\n");

    public static Generation Project() => new([Models, Triage, Desk, Translator, Unrelated], ClaudePrompt);
}
