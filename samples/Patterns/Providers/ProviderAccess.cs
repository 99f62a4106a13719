using PromptGen;
using PromptGen.Testing;

namespace Acme.Patterns.Providers;

/// <summary>How one provider of the catalog is reached.</summary>
/// <param name="Name">The provider's name in the catalog.</param>
/// <param name="Key">Its key; null = the provider is simulated.</param>
/// <param name="Endpoint">Where it is; null = where its SDK looks for it.</param>
internal sealed record ProviderAccess(string Name, string? Key, Uri? Endpoint = null)
{
    private const string OpenAI = "openai";
    private const string NoKey = "none";

    /// <summary>Whether the simulation answers in the provider's place.</summary>
    public bool IsSimulated => Key is null;

    /// <summary>The providers of the catalog, as the environment variables have them.</summary>
    public static IReadOnlyList<ProviderAccess> All(Func<string, string?> environment)
    {
        return [new(OpenAI, Text("OPENAI_API_KEY"), Address("OPENAI_BASE_URL")), new("anthropic", Text("ANTHROPIC_API_KEY"))];

        string? Text(string variable) => environment(variable) is { Length: > 0 } text ? text : null;

        Uri? Address(string variable) => Text(variable) is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
            : throw new PromptException(PromptErrorCode.Configuration, $"{variable} is not an http address.");
    }

    /// <summary>Registers the provider, over its official SDK.</summary>
    public void AddTo(PromptRuntimeBuilder prompts, ModelServer? simulation)
    {
        if (Name == OpenAI)
        {
            prompts.AddOpenAI(Key ?? NoKey, IsSimulated ? simulation!.OpenAIEndpoint : Endpoint, Name);
        }
        else
        {
            prompts.AddAnthropic(Key ?? NoKey, IsSimulated ? simulation!.AnthropicEndpoint : Endpoint, Name);
        }
    }
}
