using System;
using System.Linq;

namespace PromptGen.Generators.Model;

/// <summary>Which models have a vendor in common, as far as their ids and providers say so.</summary>
internal static class ModelFamily
{
    private static readonly (string Vendor, string[] Names)[] s_vendors =
    [
        ("openai", ["gpt"]),
        ("anthropic", ["claude"]),
        ("google", ["gemini", "gemma"]),
        ("deepseek", ["deepseek"]),
        ("meta", ["llama"]),
        ("mistral", ["mistral", "mixtral", "ministral", "magistral", "codestral"]),
        ("alibaba", ["qwen", "qwq"]),
    ];

    /// <summary>
    /// Whether two models are of one family: of one vendor by their ids (<c>eu.anthropic.claude-…</c>, <c>meta-llama/…</c>), whoever serves them; where an id does not say so,
    /// whether one provider serves both.
    /// </summary>
    public static bool AreRelated(ModelDeclaration one, ModelDeclaration other) =>
        Vendor(one.Id) is { } vendor && Vendor(other.Id) is { } otherVendor ? vendor == otherVendor : string.Equals(one.Provider, other.Provider, StringComparison.OrdinalIgnoreCase);

    // The first name counts: a Llama that DeepSeek trained is called deepseek-r1-distill-llama.
    private static string? Vendor(string id) => s_vendors
        .Select(vendor => (vendor.Vendor, Position: vendor.Names.Select(name => id.IndexOf(name, StringComparison.OrdinalIgnoreCase)).Where(static position => position >= 0).DefaultIfEmpty(int.MaxValue).Min()))
        .Where(static vendor => vendor.Position < int.MaxValue)
        .OrderBy(static vendor => vendor.Position)
        .Select(static vendor => vendor.Vendor)
        .FirstOrDefault();
}
