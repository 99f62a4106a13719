namespace PromptGen;

/// <summary>
/// The text that asks a model for a corrected answer, in the template language. The answer itself precedes it as the model's own message.
/// The nearest one applies: on the method, on its class or a class around that, on the assembly. Default: a list of all violations and the request for
/// the whole corrected value.
/// </summary>
/// <remarks>
/// There are <c>{{#each violations}}</c> with <c>{{pointer}}</c>, <c>{{expected}}</c>, <c>{{actual}}</c> and <c>{{message}}</c> of each
/// (<see cref="SchemaViolation"/>), and <c>{{answer}}</c>. On a method the prompt's parameters can be named too, unless they are called like one of those two.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, Inherited = false)]
public sealed class RepairTemplateAttribute : Attribute
{
    /// <summary>A template that is read from <see cref="File"/>.</summary>
    public RepairTemplateAttribute()
    {
    }

    /// <summary>A template written in place.</summary>
    /// <param name="text">The template's text.</param>
    public RepairTemplateAttribute(string text) => Text = text;

    /// <summary>The template's text, or null where it is read from <see cref="File"/>.</summary>
    public string? Text { get; }

    /// <summary>Path of the template among the project's <c>AdditionalFiles</c>, relative to the project or to the source file.</summary>
    public string? File { get; set; }
}
