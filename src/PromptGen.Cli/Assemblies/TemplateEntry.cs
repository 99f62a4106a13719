using System.Text.RegularExpressions;

namespace PromptGen.Cli.Assemblies;

/// <summary>One template of a prompt.</summary>
/// <param name="template">How it is declared.</param>
/// <param name="isOnly">Whether the prompt has no other.</param>
internal sealed partial class TemplateEntry(PromptTemplateAttribute template, bool isOnly)
{
    /// <summary>The models that it is for, as declared; <c>all models</c>, or <c>all other models</c> where some have a template of their own.</summary>
    public string For { get; } = template.For ?? (template.HasForTier ? $"tier {template.ForTier}" : isOnly ? "all models" : "all other models");

    /// <summary>Its file; null where its text is in the attribute.</summary>
    public string? File { get; } = template.File;

    /// <summary>Its text; null where it is in a file, which is not part of the assembly.</summary>
    public string? Text { get; } = template.Text;

    /// <summary>
    /// The characters before the first value, which are the same in every request: what a provider can keep. Null where the text is not known.
    /// </summary>
    public int? FixedPrefix => Text is null ? null : Prefix(Text);

    private static int Prefix(string text)
    {
        var plain = Marker().Replace(text, "");
        var value = plain.IndexOf("{{", StringComparison.Ordinal);
        return value < 0 ? plain.Length : value;
    }

    [GeneratedRegex("""\{\{\s*role\s+"[^"]*"\s*\}\}\s*""")]
    private static partial Regex Marker();
}
