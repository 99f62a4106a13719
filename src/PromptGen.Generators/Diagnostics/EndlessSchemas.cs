using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Files;

namespace PromptGen.Generators.Diagnostics;

/// <summary>The properties of a schema file that need a value of their own schema inside themselves, without end.</summary>
internal sealed class EndlessSchemas
{
    private readonly HashSet<Schema> _ending = [];

    private EndlessSchemas(SchemaProgram program)
    {
        // A schema ends once all that it needs does. Looked at from the last one on, which most others need, few rounds are enough; what is left then is not judged.
        const int MaxRounds = 64;
        var open = program.Schemas.Reverse().ToList();
        var before = -1;
        for (var round = 0; before != open.Count; round++)
        {
            before = open.Count;
            open.RemoveAll(schema => (round >= MaxRounds || (Needed(schema).All(_ending.Contains) && HasChoice(schema))) && _ending.Add(schema));
        }
    }

    public static IEnumerable<SchemaProblem> In(SchemaProgram program)
    {
        var endless = new EndlessSchemas(program);
        if (endless._ending.Count == program.Schemas.Count)
        {
            yield break;
        }

        foreach (var schema in program.Schemas.Where(schema => !endless._ending.Contains(schema)))
        {
            foreach (var property in schema.Properties)
            {
                if (schema.Required.Contains(property.Key) && !endless._ending.Contains(property.Value) && endless.LeadsTo(schema, property.Value) && schema.Place.Node["properties"]?[property.Key] is { } node)
                {
                    yield return new SchemaProblem(
                        schema.Place.Resource.Document.Path,
                        node.Span,
                        $"The schema asks for what no answer can be: the property \"{property.Key}\" is required, and its value needs another such object without end; remove it from \"required\", or allow null");
                }
            }
        }
    }

    /// <summary>The schemas of which a value needs one inside or beside itself, whatever else it is.</summary>
    private static IEnumerable<Schema> Needed(Schema schema)
    {
        IEnumerable<Schema> needed = schema.AllOf;
        if (schema.Values is not null || schema.Constant is not null)
        {
            return needed;
        }

        if (schema.Kinds == SchemaKinds.Object)
        {
            needed = needed.Concat(schema.Properties.Where(property => schema.Required.Contains(property.Key)).Select(static property => property.Value));
        }

        if (schema.Kinds == SchemaKinds.Array && schema.MinItems > 0)
        {
            needed = needed.Concat(schema.PrefixItems.Take(schema.MinItems));
            needed = schema.Items is { } items && schema.PrefixItems.Count < schema.MinItems ? needed.Append(items) : needed;
        }

        return needed;
    }

    private bool HasChoice(Schema schema) => IsOpen(schema.AnyOf) && IsOpen(schema.OneOf);

    private bool IsOpen(List<Schema> choices) => choices.Count == 0 || choices.Any(_ending.Contains);

    private bool LeadsTo(Schema target, Schema start)
    {
        var seen = new HashSet<Schema>();
        var open = new Stack<Schema>([start]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next == target)
            {
                return true;
            }

            if (seen.Add(next))
            {
                foreach (var needed in Needed(next).Concat(next.AnyOf).Concat(next.OneOf).Where(schema => !_ending.Contains(schema)))
                {
                    open.Push(needed);
                }
            }
        }

        return false;
    }
}
