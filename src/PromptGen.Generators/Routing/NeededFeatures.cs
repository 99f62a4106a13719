using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Templates;

namespace PromptGen.Generators.Routing;

/// <summary>What a model must be able to do to answer a prompt. A template with an image is a matter of those models only that get it.</summary>
internal sealed class NeededFeatures
{
    /// <summary>Nothing in particular: what is not known of a prompt that another one calls.</summary>
    public static readonly NeededFeatures None = new(ModelFeatures.None);

    private readonly ModelFeatures _always;
    private readonly BoundTemplate[] _templates;
    private readonly TemplateTargets? _targets;

    public NeededFeatures(PromptDeclaration declaration, BoundTemplate[] templates)
    {
        _always = declaration.Route.Requires;
        _templates = templates;
        if (templates.Length > 0 && templates.All(static template => template.HasMedia))
        {
            _always |= ModelFeatures.Vision;
        }
        else if (templates.Any(static template => template.HasMedia))
        {
            _targets = new TemplateTargets(declaration.Templates);
        }
    }

    /// <summary>The same for every model.</summary>
    public NeededFeatures(ModelFeatures always) => (_always, _templates) = (always, []);

    public bool AreIn(ModelDeclaration model) => model.Can(Of(model));

    /// <summary>The features that a model lacks, as a message names them.</summary>
    public string Missing(ModelDeclaration model) => (Of(model) & ~model.Features).ToString();

    private ModelFeatures Of(ModelDeclaration model)
    {
        if (_targets is null)
        {
            return _always;
        }

        // The most specific template wins, of equally specific ones the first.
        var template = _targets.Of(model).OrderByDescending(static target => target.Rank).Select(static target => target.Template).DefaultIfEmpty(-1).First();
        return template >= 0 && _templates[template].HasMedia ? _always | ModelFeatures.Vision : _always;
    }
}
