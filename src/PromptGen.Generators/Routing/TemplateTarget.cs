using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Which models a template is for, and how specifically: exact id, glob, tier, none.</summary>
internal sealed class TemplateTarget
{
    private static readonly char[] Wildcards = ['*', '?'];

    private readonly Tier? _tier;
    private readonly bool _isForIds;
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _globs = [];

    public TemplateTarget(TemplateDeclaration template)
    {
        _tier = template.ForTier;
        _isForIds = template.For is not null;
        foreach (var part in template.For?.Split(',') ?? [])
        {
            var pattern = part.Trim();
            _written.Add(pattern);
            if (pattern.IndexOfAny(Wildcards) >= 0)
            {
                _globs.Add(pattern);
            }
            else if (pattern.Length > 0)
            {
                _ids.Add(pattern);
            }
        }
    }

    /// <summary>The only ids that it can be for; null where it may be for others.</summary>
    public IEnumerable<string>? OnlyIds => _isForIds && _globs.Count == 0 ? _ids : null;

    /// <summary>How specific the template is for a model; 0 where it is not for it at all.</summary>
    public int Rank(ModelDeclaration model)
    {
        if (_tier is { } tier && tier != model.Tier)
        {
            return 0;
        }

        if (!_isForIds)
        {
            return _tier is null ? 1 : 2;
        }

        return _written.Contains(model.Id) ? 5
            : (_ids.Count > 0 && _ids.Contains(model.Id)) || _globs.Exists(glob => Glob.IsMatch(glob, model.Id)) ? _tier is null ? 3 : 4
            : 0;
    }
}

/// <summary>The templates of a prompt by the models that they are for.</summary>
internal sealed class TemplateTargets
{
    private readonly TemplateTarget[] _targets;
    private readonly List<int> _others = [];
    private readonly Dictionary<string, List<int>> _byId = new(StringComparer.OrdinalIgnoreCase);

    public TemplateTargets(EquatableArray<TemplateDeclaration> templates)
    {
        _targets = new TemplateTarget[templates.Count];
        for (var i = 0; i < _targets.Length; i++)
        {
            _targets[i] = new TemplateTarget(templates[i]);
            if (_targets[i].OnlyIds is not { } ids)
            {
                _others.Add(i);
                continue;
            }

            foreach (var id in ids)
            {
                if (!_byId.TryGetValue(id, out var those))
                {
                    _byId.Add(id, those = []);
                }

                those.Add(i);
            }
        }
    }

    /// <summary>The templates that are for a model, each with its rank, in order.</summary>
    public IEnumerable<(int Template, int Rank)> Of(ModelDeclaration model)
    {
        var candidates = !_byId.TryGetValue(model.Id, out var named) ? _others : _others.Count == 0 ? named : [.. _others.Concat(named).OrderBy(static index => index)];
        foreach (var index in candidates)
        {
            if (_targets[index].Rank(model) is > 0 and var rank)
            {
                yield return (index, rank);
            }
        }
    }
}
