using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;

namespace PromptGen.Generators.Model;

/// <summary>
/// The provider that was probably meant by a name one letter off. A program may call its providers what it likes, so a name is compared with those that are widely
/// known, and with those that more than one model of the catalog has.
/// </summary>
internal sealed class ProviderNames
{
    /// <summary>The shortest known name with which others are compared: <c>groq</c> and <c>grok</c> are two providers.</summary>
    private const int LeastLength = 6;

    private static readonly string[] Known =
    [
        "anthropic", "azure", "bedrock", "cerebras", "cohere", "deepseek", "fireworks", "gemini", "google", "grok", "groq", "huggingface", "lmstudio", "llamacpp", "mistral", "moonshot",
        "nvidia", "ollama", "openai", "openrouter", "perplexity", "together", "vertex", "vertexai", "vllm", "xai",
    ];

    private static readonly NameIndex KnownIndex = new(Known.Where(static name => name.Length >= LeastLength));

    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly NameIndex _usedIndex;

    public ProviderNames(IEnumerable<ModelDeclaration> models)
    {
        foreach (var model in models)
        {
            _uses[model.Provider] = _uses.TryGetValue(model.Provider, out var uses) ? uses + 1 : 1;
        }

        _usedIndex = new NameIndex(_uses.Where(static provider => provider.Value > 1).Select(static provider => provider.Key));
    }

    /// <summary>Whether a name is that of a widely known provider.</summary>
    public static bool IsKnown(string name) => Known.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that was probably meant; null = the name may be what it should be.</summary>
    public string? Meant(string written)
    {
        var isKnown = IsKnown(written);
        var meant = isKnown ? null : KnownIndex.Closest(written);
        if (meant is null || !IsOneLetterOff(written, meant))
        {
            meant = _uses.TryGetValue(written, out var uses) && uses > 1 ? null : _usedIndex.Closest(written);
            meant = meant is null || (isKnown && !IsSameWord(written, meant)) ? null : meant;
        }

        return meant is not null && (IsSameWord(written, meant) || IsOneLetterOff(written, meant)) ? meant : null;
    }

    private static bool IsSameWord(string written, string meant) => string.Equals(written, meant, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether one letter is missing, added or different, or two adjacent letters are swapped. Names of up to three characters do not count, nor do names that differ in
    /// digits or in a final word of one or two letters: these distinguish servers and regions.
    /// </summary>
    private static bool IsOneLetterOff(string written, string meant)
    {
        var (one, other) = (written.ToUpperInvariant(), meant.ToUpperInvariant());
        var start = 0;
        while (start < one.Length && start < other.Length && one[start] == other[start])
        {
            start++;
        }

        var end = 0;
        while (end < one.Length - start && end < other.Length - start && one[one.Length - 1 - end] == other[other.Length - 1 - end])
        {
            end++;
        }

        var (left, right) = (one.Substring(start, one.Length - start - end), other.Substring(start, other.Length - start - end));
        var isPart = (start == 0 || !char.IsLetter(one[start - 1])) && end == 0;
        return (left + right).All(char.IsLetter) && !isPart && Math.Min(one.Length, other.Length) > 3
            && ((left.Length <= 1 && right.Length <= 1) || (left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0]));
    }
}
