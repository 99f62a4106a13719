namespace PromptGen;

/// <summary>
/// Takes a JSON Schema file as the prompt's contract: it is sent to the model, and answers are checked against it. The method returns the
/// checked JSON as <see cref="System.Text.Json.JsonElement"/>, or any output type that can take what the schema allows.
/// </summary>
/// <param name="file">
/// The file, which is among the project's <c>AdditionalFiles</c>, as all <c>.schema.json</c> files below the project are by themselves: a
/// path from the project, or the end of one, for example <c>Schemas/invoice.schema.json</c>.
/// Drafts 2020-12, 2019-09, 07, 06 and 04; without <c>$schema</c> it is 2020-12.
/// </param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OutputSchemaAttribute(string file) : Attribute
{
    /// <summary>The file.</summary>
    public string File { get; } = file;
}
