using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Diagnostics;

/// <summary>How messages write models.</summary>
internal static class ModelWording
{
    /// <summary>The ids of the models, each once, as <see cref="Wording.List"/> writes names.</summary>
    public static string List(IEnumerable<ModelDeclaration> models) => Wording.List(models.Select(static model => model.Id).Distinct());
}
