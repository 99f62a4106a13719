namespace PromptGen.Generators.Model;

/// <summary>A <c>[RepairTemplate]</c>.</summary>
/// <param name="Text">The text where it is inline, or was read from the file; null where it is neither.</param>
/// <param name="File">The file's path as written, or null where the template is inline.</param>
/// <param name="IsOwn">Whether it is on the prompt's method, so that it can name the prompt's parameters.</param>
internal sealed record RepairDeclaration(string? Text, string? File, bool IsOwn)
{
    /// <summary>In place of the number of a <c>[PromptTemplate]</c>.</summary>
    public const int TemplateIndex = -1;
}
