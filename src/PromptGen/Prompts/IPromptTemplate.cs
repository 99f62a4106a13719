using System.ComponentModel;
using PromptGen.Catalog;

namespace PromptGen.Prompts;

/// <summary>The templates of one prompt together with the arguments of one call. Implemented by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPromptTemplate
{
    /// <summary>Writes the messages for a model.</summary>
    /// <param name="model">The model as declared in the catalog; the most specific template for it is rendered.</param>
    /// <param name="prompt">Receives roles, text and media in order.</param>
    void Render(ModelInfo model, PromptWriter prompt);

    /// <summary>Writes the text that asks for a corrected answer; the rejected answer precedes it.</summary>
    /// <param name="outcome"><see cref="PromptErrorCode.InvalidJson"/> or <see cref="PromptErrorCode.SchemaMismatch"/>.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="violations">Every violation in it.</param>
    /// <param name="prompt">Receives roles and text in order; it starts with the user's role.</param>
    void RenderRepair(PromptErrorCode outcome, string answer, IReadOnlyList<SchemaViolation> violations, PromptWriter prompt) =>
        RepairText.Write(outcome, violations, prompt);
}
