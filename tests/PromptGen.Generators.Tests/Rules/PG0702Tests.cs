namespace PromptGen.Generators.Tests.Rules;

/// <summary>An alias changes under the program.</summary>
public sealed class PG0702Tests
{
    [Theory]
    [InlineData("openai", "gpt-4o-mini")]
    [InlineData("openai", "gpt-4-32k")]
    [InlineData("azure", "gpt-4o")]
    [InlineData("anthropic", "claude-3-5-sonnet-latest")]
    [InlineData("anthropic", "claude-opus-4-1")]
    [InlineData("openai", "gpt-4.1")]
    [InlineData("openai", "gpt-5")]
    [InlineData("openai", "gpt-5-mini")]
    [InlineData("openai", "gpt-5.4-nano")]
    [InlineData("openai", "o3-mini")]
    [InlineData("openai", "gpt-5.6-luna-latest")]
    [InlineData("anthropic", "claude-3-opus")]
    [InlineData("anthropic", "claude-sonnet-4")]
    [InlineData("anthropic", "claude-haiku-4-5")]
    [InlineData("google", "gemini-2.0-flash-lite")]
    [InlineData("google", "gemini-1.5-pro")]
    [InlineData("google", "gemini-1.5-pro-002-latest")]
    [InlineData("gemini", "gemini-2.0-flash")]
    [InlineData("vertex", "gemini-1.5-pro")]
    [InlineData("VertexAI", "gemini-1.5-pro")]
    [InlineData("azure-openai", "gpt-4o")]
    [InlineData("AzureEurope", "gpt-4.1")]
    public Task Fires(string provider, string id) => Rule.VerifyAsync($$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("{{provider}}", Tier.Fast)]
            public const string {|PG0702:Alias|} = "{{id}}";
        }
        """);

    [Theory]
    [InlineData("openai", "gpt-4o-2024-08-06")]
    [InlineData("openai", "gpt-4-0613")]
    [InlineData("openai", "gpt-4-1106-preview")]
    [InlineData("openai", "ft:gpt-4o-mini-2024-07-18:acme::abc")]
    [InlineData("anthropic", "claude-3-5-haiku-20241022")]
    [InlineData("google", "gemini-1.5-pro-002")]
    [InlineData("google", "gemini-2.5-flash-preview-05-20")]
    [InlineData("openai", "gpt-5.6-luna")]
    [InlineData("openai", "gpt-6-luna")]
    [InlineData("azure", "support-desk")]
    [InlineData("anthropic", "claude-opus-4-6")]
    [InlineData("anthropic", "claude-opus-4-8")]
    [InlineData("anthropic", "claude-sonnet-5")]
    [InlineData("anthropic", "claude-fable-5")]
    [InlineData("anthropic", "claude-haiku-4-5-20251001")]
    [InlineData("anthropic", "claude-opus-4-20250514")]
    [InlineData("google", "gemini-2.5-flash")]
    [InlineData("google", "gemini-3.5-flash")]
    [InlineData("ollama", "llama3.1:70b")]
    [InlineData("mistral", "mistral-large-latest")]
    [InlineData("openai\", Tier.Fast, SelfHosted = true)] //", "qwen")]
    public async Task Stays_silent(string provider, string id)
    {
        var diagnostics = await Rule.JudgeAsync($$"""
            [ModelCatalog]
            public static class Own
            {
                [Model("{{provider}}", Tier.Fast)]
                public const string Pinned = "{{id}}";
            }
            """);

        Assert.Empty(diagnostics);
    }
}
