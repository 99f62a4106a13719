#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>Which subset of JSON Schema a model's structured output takes. A contract is written in each of those that its models need.</summary>
public enum SchemaDialect
{
    /// <summary>JSON Schema as it is, for models that take all of it or whose limits are not known.</summary>
    Standard,

    /// <summary>OpenAI's strict mode: closed objects, every member required (an optional one as a union with null).</summary>
    OpenAI,

    /// <summary>OpenAI's strict mode on Azure: as <see cref="OpenAI"/>, and no bounds, lengths, patterns and formats.</summary>
    AzureOpenAI,

    /// <summary>Anthropic: closed objects, no recursion, no bounds and lengths, few optional and nullable members.</summary>
    Anthropic,

    /// <summary>Gemini's <c>responseJsonSchema</c>: what it does not know it ignores.</summary>
    Gemini,
}
