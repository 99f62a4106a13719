using System.Collections.Generic;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>
/// Compiles a schema file: follows every reference, reads every keyword of every schema that can be reached, and says what it does not
/// understand. One schema becomes one method, whatever leads to it.
/// </summary>
internal sealed class SchemaCompiler
{
    private const int MaxSchemas = 10_000;

    private readonly SchemaLibrary _library;
    private readonly bool _assertsFormat;
    private readonly Dictionary<(JsonNode Node, DynamicScope Scope), Schema> _known = [];
    private readonly List<Schema> _schemas = [];
    private readonly List<SchemaProblem> _problems = [];
    private readonly Dictionary<JsonNode, SchemaPlace> _targets = [];
    private readonly List<SchemaProblem> _unchecked = [];
    private readonly HashSet<JsonNode> _seen = [];

    private SchemaCompiler(SchemaLibrary library, bool assertsFormat)
    {
        _library = library;
        _assertsFormat = assertsFormat;
    }

    /// <summary>Compiles a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="others">What it may refer to.</param>
    /// <param name="assertsFormat">Whether formats have to hold where the dialect leaves that open.</param>
    public static SchemaProgram Compile(SchemaText file, IEnumerable<SchemaText> others, bool assertsFormat = true)
    {
        var library = new SchemaLibrary(others);
        if (library.Read(file, out var error) is not { } resource)
        {
            return SchemaProgram.Failed(new SchemaProblem(file.Path, error!.Span, error.Message));
        }

        return new SchemaCompiler(library, assertsFormat).Compile(resource);
    }

    private SchemaProgram Compile(SchemaResource resource)
    {
        var root = Get(new SchemaPlace(resource.Root, resource), DynamicScope.Empty);
        for (var i = 0; i < _schemas.Count && _schemas.Count <= MaxSchemas; i++)
        {
            new KeywordReader(this, _schemas[i]).Read();
        }

        if (_schemas.Count > MaxSchemas)
        {
            Problem(root.Place, root.Place.Node, $"it consists of more than {MaxSchemas:N0} schemas: describe a smaller answer, or ask for it by several prompts");
        }
        else if (_problems.Count == 0)
        {
            SchemaAnalysis.RejectCircles(_schemas, this);
            SchemaAnalysis.Track(_schemas);
        }

        return new SchemaProgram(resource.Document, root, _schemas, _problems, _targets) { Unchecked = _unchecked };
    }

    public bool AssertsFormat(Dialect dialect) => dialect.AssertsFormat ?? _assertsFormat;

    public void Problem(SchemaPlace place, JsonNode node, string message)
    {
        if (_problems.Count < 50)
        {
            _problems.Add(new SchemaProblem(place.Resource.Document.Path, node.Span, message));
        }
    }

    /// <summary>Whether the dialect of a schema's resource is one that is known; said once where it is not.</summary>
    public void CheckDialect(SchemaPlace place)
    {
        if (place.Node["$schema"] is { } schema && ReferenceEquals(place.Resource.Root, place.Node)
            && (schema.Kind != JsonKind.String || _library.DialectOf(place.Resource, schema.Text) is null))
        {
            Problem(place, schema, schema.Kind == JsonKind.String ? $"the dialect {schema.Text} is not known: write \"https://json-schema.org/draft/2020-12/schema\", or remove \"$schema\"" : "\"$schema\" has to be a URI");
        }
    }

    /// <summary>The schema at a place; where it is nothing but a reference, the one that it refers to.</summary>
    public Schema Get(SchemaPlace place, DynamicScope scope)
    {
        HashSet<(JsonNode Node, DynamicScope Scope)>? passed = null;
        Schema? schema;
        while (true)
        {
            place = place.Resource.Document.Resources.TryGetValue(place.Node, out var own) ? place with { Resource = own } : place;
            scope = scope.Enter(place.Resource);
            if (_known.TryGetValue((place.Node, scope), out schema))
            {
                break;
            }

            NoteUnchecked(place);
            if (OnlyReference(place) is not { } reference || Follow(place, reference, scope) is not { } target)
            {
                break;
            }

            if (!(passed ??= []).Add((place.Node, scope)))
            {
                Problem(place, reference.Value, "this reference leads back to itself: name a schema that is not a reference to this one");
                break;
            }

            CheckDialect(place);
            place = target;
        }

        if (schema is null)
        {
            schema = new Schema(place, scope);
            _known[(place.Node, scope)] = schema;
            _schemas.Add(schema);
        }

        // Whoever comes to a link of the chain again need not follow it.
        foreach (var link in passed ?? [])
        {
            _known[link] = schema;
        }

        return schema;
    }

    /// <summary>Notes what a schema of the project's own files says without effect; not of the standard's.</summary>
    private void NoteUnchecked(SchemaPlace place)
    {
        if (_unchecked.Count < 50 && _seen.Add(place.Node) && place.Resource.Dialect.Validates && Metaschemas.Find(place.Resource.Document.Path) is null)
        {
            _unchecked.AddRange(UncheckedKeywords.In(place, AssertsFormat(place.Resource.Dialect)));
        }
    }

    /// <summary>The schema that a reference refers to; null where there is none, which is reported.</summary>
    public SchemaPlace? Follow(SchemaPlace place, JsonMember reference, DynamicScope scope)
    {
        if (reference.Value.Kind != JsonKind.String)
        {
            Problem(place, reference.Value, $"\"{reference.Name}\" has to be a string");
            return null;
        }

        if (_library.Find(place.Resource, reference.Value.Text) is not { } target)
        {
            var elsewhere = SchemaUri.Split(reference.Value.Text).Uri.Length > 0 ? ": correct the reference, or add the file that contains it to AdditionalFiles" : " in this file: correct the reference, or add the schema below \"$defs\"";
            Problem(place, reference.Value, $"there is no schema \"{reference.Value.Text}\"{elsewhere}");
            return null;
        }

        if (reference.Name != "$ref" && DynamicName(reference, target) is { } name && scope.Find(name) is { } outermost)
        {
            return outermost;
        }

        _targets[place.Node] = target;
        return target;
    }

    /// <summary>The dynamic anchor that a dynamic reference means; null where it is as good as a plain one.</summary>
    private static string? DynamicName(JsonMember reference, SchemaPlace target)
    {
        var name = reference.Name == "$recursiveRef" ? "" : SchemaUri.Split(reference.Value.Text).Fragment;
        return name is not null && target.Resource.DynamicAnchors.TryGetValue(name, out var anchored) && ReferenceEquals(anchored, target.Node) ? name : null;
    }

    /// <summary>The reference that is all there is to a schema.</summary>
    private static JsonMember? OnlyReference(SchemaPlace place)
    {
        JsonMember? reference = null;
        var dialect = place.Resource.Dialect;
        foreach (var member in place.Node.Members)
        {
            if (member.Name is "$ref" or "$dynamicRef" or "$recursiveRef" && dialect.Has(member.Name))
            {
                if (reference is not null)
                {
                    return null;
                }

                reference = member;
            }
            else if (!dialect.RefIsExclusive && Dialect.IsKnown(member.Name)
                && member.Name is not ("$schema" or "$id" or "$defs" or "definitions" or "$comment" or "title" or "description" or "default" or "examples"
                    or "$anchor" or "$dynamicAnchor" or "$recursiveAnchor" or "deprecated" or "readOnly" or "writeOnly"))
            {
                return null;
            }
        }

        return dialect.RefIsExclusive && place.Node["$ref"] is { } alone ? new JsonMember("$ref", alone, default) : reference;
    }
}
