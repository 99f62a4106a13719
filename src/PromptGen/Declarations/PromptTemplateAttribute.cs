namespace PromptGen;

/// <summary>
/// What is sent to the model, in the Handlebars subset of dotprompt. A prompt may have several templates;
/// the most specific one for a model wins: exact id, glob, tier, none.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class PromptTemplateAttribute : Attribute
{
    private Tier _forTier;

    /// <summary>A template that is read from <see cref="File"/>.</summary>
    public PromptTemplateAttribute()
    {
    }

    /// <summary>A template written in place.</summary>
    /// <param name="text">The template's text.</param>
    public PromptTemplateAttribute(string text) => Text = text;

    /// <summary>The template's text, or null where it is read from <see cref="File"/>.</summary>
    public string? Text { get; }

    /// <summary>Path of the template among the project's <c>AdditionalFiles</c>, relative to the project or to the source file.</summary>
    public string? File { get; set; }

    /// <summary>Comma-separated globs (<c>*</c>, <c>?</c>) over model ids. Default: every model.</summary>
    public string? For { get; set; }

    /// <summary>Restricts the template to the models of a tier. Default: every tier.</summary>
    public Tier ForTier
    {
        get => _forTier;
        set
        {
            _forTier = value;
            HasForTier = true;
        }
    }

    /// <summary>Whether <see cref="ForTier"/> was set.</summary>
    public bool HasForTier { get; private set; }
}
