namespace PromptGen.Generators.Model;

/// <summary>One <c>[PromptTemplate]</c>.</summary>
/// <param name="Text">The text where it is inline, or was read from the file; null where it is neither.</param>
/// <param name="File">The file's path as written, or null where the template is inline.</param>
/// <param name="For">Comma-separated globs over model ids, or null for every model.</param>
/// <param name="ForTier">The tier that the template is for, or null for every tier.</param>
internal sealed record TemplateDeclaration(string? Text, string? File, string? For, Tier? ForTier)
{
    /// <summary>The file that is not read because the template has a text; null where there is none.</summary>
    public string? IgnoredFile { get; init; }
}
