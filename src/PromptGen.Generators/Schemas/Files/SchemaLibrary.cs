using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>The schemas that a schema can refer to, by their URIs: those of its own file, of the project's other files, and of the standard.</summary>
internal sealed class SchemaLibrary
{
    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    private readonly SchemaText?[] _unread;
    private readonly Dictionary<string, int> _unreadByUri = new(StringComparer.Ordinal);
    private int _firstUnread;
    private readonly HashSet<string> _dialects = new(StringComparer.Ordinal);

    public SchemaLibrary(IEnumerable<SchemaText> others)
    {
        _unread = [.. others];
        for (var i = _unread.Length - 1; i >= 0; i--)
        {
            _unreadByUri[SchemaUri.OfFile(_unread[i]!.Path)] = i;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="error">Why it cannot be read; null where it can.</param>
    public SchemaResource? Read(SchemaText text, out JsonError? error)
    {
        if (JsonParser.Parse(text.Text, out error) is not { } root)
        {
            return null;
        }

        return Add(new SchemaDocument(text.Path, SchemaUri.OfFile(text.Path), root));
    }

    /// <summary>Finds what a reference refers to.</summary>
    /// <param name="from">The resource that contains the reference.</param>
    /// <param name="reference">The reference.</param>
    /// <returns>The schema; null where there is none.</returns>
    public SchemaPlace? Find(SchemaResource from, string reference)
    {
        var (uri, fragment) = SchemaUri.Split(reference);
        if (FindResource(from, uri) is not { } resource)
        {
            return null;
        }

        if (string.IsNullOrEmpty(fragment))
        {
            return new SchemaPlace(resource.Root, resource);
        }

        if (fragment![0] == '/')
        {
            return Follow(resource, fragment);
        }

        return resource.Anchors.TryGetValue(fragment, out var node) ? new SchemaPlace(node, resource) : null;
    }

    /// <summary>The dialect that a schema says it is written in; null where it is unknown.</summary>
    public Dialect? DialectOf(SchemaResource from, string uri)
    {
        if (Dialect.Of(uri) is { } known)
        {
            return known;
        }

        // A metaschema may name itself, or lead in a circle.
        if (!_dialects.Add(uri) || FindResource(from, uri.TrimEnd('#')) is not { } metaschema)
        {
            return null;
        }

        _dialects.Remove(uri);
        var dialect = metaschema.Dialect;
        if (metaschema.Root["$vocabulary"] is { Kind: JsonKind.Object } vocabularies)
        {
            dialect = dialect with
            {
                Validates = Has("/vocab/validation"),
                AssertsFormat = Has("/vocab/format-assertion") ? true : dialect.AssertsFormat,
            };

            bool Has(string name) => vocabularies.Members.Any(member => member.Name.EndsWith(name, StringComparison.Ordinal));
        }

        return dialect;
    }

    private SchemaResource? FindResource(SchemaResource from, string uri)
    {
        if (uri.Length == 0)
        {
            return from;
        }

        // By its identity, else as a file beside this one.
        var wanted = new[] { SchemaUri.Resolve(from.Uri, uri)?.TrimEnd('#'), SchemaUri.Resolve(from.Document.Uri, uri)?.TrimEnd('#') };
        if (wanted[0] is { } name && !_resources.ContainsKey(name) && Metaschemas.Find(name) is { } metaschema)
        {
            return Add(metaschema);
        }

        while (true)
        {
            foreach (var candidate in wanted)
            {
                if (candidate is not null && _resources.TryGetValue(candidate, out var resource))
                {
                    return resource;
                }
            }

            if (TakeUnread(wanted) is not { } file)
            {
                return null;
            }

            _ = Read(file, out _);
        }
    }

    /// <summary>A file that was not read yet: each may say that it is the one that is wanted; those that are called like it come first.</summary>
    private SchemaText? TakeUnread(string?[] wanted)
    {
        for (; _firstUnread < _unread.Length && _unread[_firstUnread] is null; _firstUnread++)
        {
        }

        var next = _firstUnread;
        foreach (var uri in wanted)
        {
            if (uri is not null && _unreadByUri.TryGetValue(uri, out var called) && _unread[called] is not null)
            {
                next = called;
                break;
            }
        }

        if (next == _unread.Length)
        {
            return null;
        }

        var file = _unread[next];
        _unread[next] = null;
        return file;
    }

    private static SchemaPlace? Follow(SchemaResource resource, string pointer)
    {
        var node = resource.Root;
        foreach (var part in pointer.Substring(1).Split('/'))
        {
            var name = part.Replace("~1", "/").Replace("~0", "~");
            var next = node.Kind == JsonKind.Array
                ? int.TryParse(name, out var index) && index >= 0 && index < node.Items.Count ? node.Items[index] : null
                : node[name];
            if (next is null)
            {
                return null;
            }

            node = next;
            resource = resource.Document.Resources.TryGetValue(node, out var inner) ? inner : resource;
        }

        return new SchemaPlace(node, resource);
    }

    private SchemaResource Add(SchemaDocument document)
    {
        var resource = new SchemaResource(document, document.Uri, Dialect.Default, document.Root);
        Register(document.Uri, resource);
        resource = Open(resource, document.Root);
        Register(document.Uri, resource);
        var open = new Stack<SchemaPlace>();
        open.Push(new SchemaPlace(document.Root, resource));
        while (open.Count > 0)
        {
            Scan(open.Pop(), open);
        }

        return resource;
    }

    private void Register(string uri, SchemaResource resource) => _resources[uri.TrimEnd('#')] = resource;

    /// <summary>The resource that begins at a node: the one around it where the node has no identity.</summary>
    private SchemaResource Open(SchemaResource around, JsonNode node)
    {
        var isRoot = ReferenceEquals(around.Root, node);
        var dialect = node["$schema"] is { Kind: JsonKind.String } schema ? DialectOf(around, schema.Text) ?? around.Dialect : around.Dialect;
        var isIgnored = dialect.RefIsExclusive && node["$ref"] is not null && !isRoot;
        var id = node[dialect.IdKeyword] is { Kind: JsonKind.String } text && !isIgnored ? SchemaUri.Split(text.Text).Uri : "";
        if (id.Length == 0 && !isRoot)
        {
            return around;
        }

        var resource = new SchemaResource(around.Document, SchemaUri.Resolve(around.Uri, id) ?? around.Uri, dialect, node);
        around.Document.Resources[node] = resource;
        Register(resource.Uri, resource);
        return resource;
    }

    private void Scan(SchemaPlace place, Stack<SchemaPlace> open)
    {
        var (node, resource) = place;
        if (node.Kind != JsonKind.Object)
        {
            return;
        }

        resource = resource.Document.Resources.TryGetValue(node, out var opened) ? opened : Open(resource, node);
        foreach (var member in node.Members)
        {
            AddAnchor(member, node, resource);
            foreach (var schema in SchemasIn(member))
            {
                open.Push(new SchemaPlace(schema, resource));
            }
        }
    }

    private static void AddAnchor(JsonMember member, JsonNode node, SchemaResource resource)
    {
        var dialect = resource.Dialect;
        if (member.Name == dialect.IdKeyword && dialect.Draft <= 7 && member.Value.Kind == JsonKind.String && SchemaUri.Split(member.Value.Text) is (_, { Length: > 0 } name))
        {
            resource.Anchors[name] = node;
        }
        else if (member.Name == "$recursiveAnchor" && member.Value.Text == "true" && dialect.Has(member.Name))
        {
            resource.DynamicAnchors[""] = node;
        }
        else if (member.Name is "$anchor" or "$dynamicAnchor" && member.Value.Kind == JsonKind.String && dialect.Has(member.Name))
        {
            resource.Anchors[member.Value.Text] = node;
            if (member.Name == "$dynamicAnchor")
            {
                resource.DynamicAnchors[member.Value.Text] = node;
            }
        }
    }

    /// <summary>The schemas that a keyword holds.</summary>
    private static IEnumerable<JsonNode> SchemasIn(JsonMember member) => (Dialect.HoldingOf(member.Name), member.Value.Kind) switch
    {
        (Holding.Schema or Holding.SchemaOrList, JsonKind.Object) => [member.Value],
        (Holding.List or Holding.SchemaOrList, JsonKind.Array) => member.Value.Items,
        (Holding.Map, JsonKind.Object) => member.Value.Members.Select(static inner => inner.Value),
        _ => [],
    };
}
