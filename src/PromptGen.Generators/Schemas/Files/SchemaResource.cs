using System;
using System.Collections.Generic;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>A schema with an identity of its own: a file, or a schema in one that has an <c>$id</c>.</summary>
internal sealed class SchemaResource(SchemaDocument document, string uri, Dialect dialect, JsonNode root)
{
    public SchemaDocument Document { get; } = document;

    public string Uri { get; } = uri;

    public Dialect Dialect { get; } = dialect;

    public JsonNode Root { get; } = root;

    public Dictionary<string, JsonNode> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Those among the anchors that schemas around this one can take over.</summary>
    public SortedDictionary<string, JsonNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}

/// <summary>A file with schemas.</summary>
/// <param name="path">Its path.</param>
/// <param name="uri">Where it was found, as URI.</param>
/// <param name="root">What it holds.</param>
internal sealed class SchemaDocument(string path, string uri, JsonNode root)
{
    public string Path { get; } = path;

    public string Uri { get; } = uri;

    public JsonNode Root { get; } = root;

    /// <summary>The resources by the node that they begin at.</summary>
    public Dictionary<JsonNode, SchemaResource> Resources { get; } = [];
}

/// <summary>A schema at its place.</summary>
/// <param name="Node">The schema.</param>
/// <param name="Resource">The innermost resource that it belongs to.</param>
internal readonly record struct SchemaPlace(JsonNode Node, SchemaResource Resource);
