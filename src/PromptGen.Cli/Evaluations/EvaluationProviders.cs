using System.Reflection;
using PromptGen.Cli.Assemblies;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;
using PromptGen.Routing;

namespace PromptGen.Cli.Evaluations;

/// <summary>
/// Registers the providers of a prompt's models: by a method of the assembly, else by keys of the environment: <c>OPENAI_API_KEY</c>, <c>ANTHROPIC_API_KEY</c>, <c>GEMINI_API_KEY</c>,
/// <c>DEEPSEEK_API_KEY</c>, <c>MISTRAL_API_KEY</c>, <c>XAI_API_KEY</c>; with <c>OPENAI_BASE_URL</c> and so on another address; Ollama and vLLM need no key.
/// </summary>
internal static class EvaluationProviders
{
    private static readonly Dictionary<string, Action<PromptRuntimeBuilder, string, Uri?>> s_withKey = new(StringComparer.Ordinal)
    {
        ["openai"] = static (builder, key, address) => builder.AddOpenAI(key, address),
        ["anthropic"] = static (builder, key, address) => builder.AddAnthropic(key, address),
        ["gemini"] = static (builder, key, address) => builder.AddGemini(key, address),
        ["deepseek"] = static (builder, key, address) => builder.AddDeepSeek(key, address),
        ["mistral"] = static (builder, key, address) => builder.AddMistral(key, address),
        ["xai"] = static (builder, key, address) => builder.AddXai(key, address),
    };

    private static readonly Dictionary<string, Action<PromptRuntimeBuilder, Uri?>> s_withoutKey = new(StringComparer.Ordinal)
    {
        ["ollama"] = static (builder, address) => builder.AddOllama(address),
        ["vllm"] = static (builder, address) => builder.AddVllm(address),
    };

    /// <summary>What registers the providers.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="models">The models that are asked alone; null = the whole route is asked, too.</param>
    /// <param name="method">The method of the assembly; null = the environment.</param>
    /// <param name="context">The environment.</param>
    /// <exception cref="ToolException">There is no such method, or a provider has no key.</exception>
    public static Action<PromptRuntimeBuilder> Of(PromptAssembly assembly, EvaluatedPrompt prompt, IReadOnlyList<string>? models, string? method, ToolContext context)
    {
        if (method is not null)
        {
            return MethodOf(assembly, method);
        }

        string[] asked = [.. ProvidersOf(prompt.Definition, models).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] others = [.. assembly.Prompts().SelectMany(static other => ProvidersOf(other.Definition, null)).Distinct(StringComparer.Ordinal).Except(asked)];
        Action<PromptRuntimeBuilder>[] registrations = [.. asked.Select(provider => ByEnvironment(provider, context)), .. others.Select(NotAsked)];
        return builder =>
        {
            foreach (var register in registrations)
            {
                register(builder);
            }
        };
    }

    /// <summary>The providers of the models of a prompt, or of some of them, and of the prompts that it calls.</summary>
    private static IEnumerable<string> ProvidersOf(PromptDefinition prompt, IReadOnlyList<string>? models) =>
        EvaluatedPrompt.WithCalled(prompt).SelectMany(one => one == prompt && models is not null
            ? one.Models.Concat(one.Choices.SelectMany(static step => step.Models)).Where(model => models.Contains(model.Id))
            : one.Models).Select(static model => model.Provider);

    /// <summary>Other prompts of the class need the provider, and this run asks none of its models.</summary>
    private static Action<PromptRuntimeBuilder> NotAsked(string provider) =>
        builder => builder.AddProvider(provider, modelId => throw new NotSupportedException($"The model {modelId} is not part of this run."));

    private static Action<PromptRuntimeBuilder> ByEnvironment(string provider, ToolContext context)
    {
        var prefix = provider.ToUpperInvariant();
        var address = context.Variable(prefix + "_BASE_URL") is { Length: > 0 } url
            ? Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : throw new ToolException($"{prefix}_BASE_URL is no address.", ExitCodes.Usage)
            : null;
        if (s_withoutKey.TryGetValue(provider, out var add))
        {
            return builder => add(builder, address);
        }

        if (!s_withKey.TryGetValue(provider, out var addWithKey))
        {
            throw new ToolException($"The provider '{provider}' is not known to the tool: name a method that registers it with --configure.", ExitCodes.Usage);
        }

        return context.Variable(prefix + "_API_KEY") is { Length: > 0 } key
            ? builder => addWithKey(builder, key, address)
            : throw new ToolException($"The models of '{provider}' need a key: set {prefix}_API_KEY, or name a method with --configure.", ExitCodes.Usage);
    }

    private static Action<PromptRuntimeBuilder> MethodOf(PromptAssembly assembly, string name)
    {
        var method = assembly.StaticMethods(name).FirstOrDefault(static method => method.GetParameters() is [{ ParameterType: var type }] && type == typeof(PromptRuntimeBuilder));
        return method is null
            ? throw new ToolException($"{assembly.Name} has no static method '{name}' with a parameter of type PromptRuntimeBuilder.", ExitCodes.Usage)
            : builder => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [builder], null);
    }
}
