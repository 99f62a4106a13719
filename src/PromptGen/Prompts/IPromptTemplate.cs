using PromptGen.Catalog;

namespace PromptGen.Prompts;

/// <summary>The templates of one prompt together with the arguments of one call. Implemented by generated code.</summary>
public interface IPromptTemplate
{
    /// <summary>Writes the messages for a model.</summary>
    /// <param name="model">The model as declared in the catalog; the most specific template for it is rendered.</param>
    /// <param name="prompt">Receives roles, text and media in order.</param>
    void Render(ModelInfo model, PromptWriter prompt);
}
