using PromptGen.Catalog;

namespace PromptGen.Health;

/// <summary>A model as a call sees it.</summary>
/// <param name="Declared">As the catalog declares it: decides about templates and steps.</param>
/// <param name="Model">As configuration has it: what is asked, and at which price.</param>
/// <param name="Connection">Who answers; null where no registration serves the model.</param>
internal sealed record ModelEndpoint(ModelInfo Declared, ModelInfo Model, ModelConnection? Connection);
