using System;
using System.Collections.Generic;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>
/// What each dynamic anchor means on the way to a schema: the outermost one. Known when the schema is compiled, so that a schema which is
/// reached in two ways becomes two methods and <c>$dynamicRef</c> an ordinary call.
/// </summary>
internal sealed class DynamicScope : IEquatable<DynamicScope>
{
    public static readonly DynamicScope Empty = new([]);

    private readonly KeyValuePair<string, SchemaPlace>[] _anchors;

    private DynamicScope(KeyValuePair<string, SchemaPlace>[] anchors) => _anchors = anchors;

    /// <summary>The scope inside a resource.</summary>
    public DynamicScope Enter(SchemaResource resource)
    {
        List<KeyValuePair<string, SchemaPlace>>? anchors = null;
        foreach (var anchor in resource.DynamicAnchors)
        {
            if (Find(anchor.Key) is null)
            {
                (anchors ??= [.. _anchors]).Add(new(anchor.Key, new SchemaPlace(anchor.Value, resource)));
            }
        }

        if (anchors is null)
        {
            return this;
        }

        anchors.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return new DynamicScope([.. anchors]);
    }

    public SchemaPlace? Find(string name)
    {
        foreach (var anchor in _anchors)
        {
            if (anchor.Key == name)
            {
                return anchor.Value;
            }
        }

        return null;
    }

    public bool Equals(DynamicScope? other)
    {
        if (other is null || other._anchors.Length != _anchors.Length)
        {
            return false;
        }

        for (var i = 0; i < _anchors.Length; i++)
        {
            if (_anchors[i].Key != other._anchors[i].Key || !ReferenceEquals(_anchors[i].Value.Node, other._anchors[i].Value.Node))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as DynamicScope);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var anchor in _anchors)
        {
            hash = unchecked((hash * 31) + anchor.Value.Node.GetHashCode());
        }

        return hash;
    }
}
