using System.Collections.Generic;
using System.Linq;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>What only the schemas as a whole show.</summary>
internal static class SchemaAnalysis
{
    /// <summary>The most schemas that may lead from one to the next on the same value: each is a call within the call of the one before.</summary>
    private const int MaxDepth = 256;

    /// <summary>Schemas that lead back to themselves on the same value would be read for ever, and long chains of them would end the stack.</summary>
    public static void RejectCircles(IReadOnlyList<Schema> schemas, SchemaCompiler compiler)
    {
        var depths = new Dictionary<Schema, int>();
        var open = new HashSet<Schema>();
        var path = new Stack<(Schema Schema, IEnumerator<Schema> Next)>();
        foreach (var start in schemas)
        {
            if (!depths.ContainsKey(start))
            {
                Enter(start);
            }

            while (path.Count > 0)
            {
                var (schema, next) = path.Peek();
                if (!next.MoveNext())
                {
                    path.Pop();
                    open.Remove(schema);
                    depths[schema] = 1 + schema.InPlace().Aggregate(0, (depth, inner) => System.Math.Max(depth, depths[inner]));
                    if (depths[schema] > MaxDepth)
                    {
                        compiler.Problem(schema.Place, schema.Place.Node, $"more than {MaxDepth} references lead from this schema to the next for the same value: shorten the chain of \"$ref\" and \"allOf\"");
                        return;
                    }
                }
                else if (open.Contains(next.Current))
                {
                    compiler.Problem(schema.Place, schema.Place.Node, "this schema refers to itself for the same value, so that a check would never end: remove the reference, or write it below \"properties\" or \"items\"");
                    return;
                }
                else if (!depths.ContainsKey(next.Current))
                {
                    Enter(next.Current);
                }
            }
        }

        void Enter(Schema schema)
        {
            open.Add(schema);
            path.Push((schema, schema.InPlace().GetEnumerator()));
        }
    }

    /// <summary>Marks the schemas whose evaluated members and items count for <c>unevaluatedProperties</c> or <c>unevaluatedItems</c> of a schema around them.</summary>
    public static void Track(IReadOnlyList<Schema> schemas)
    {
        var open = new Stack<Schema>(schemas.Where(static schema => schema.HasUnevaluated).SelectMany(static schema => schema.InPlace()));
        while (open.Count > 0)
        {
            var schema = open.Pop();
            if (!schema.IsTracked)
            {
                schema.IsTracked = true;
                foreach (var inner in schema.InPlace())
                {
                    open.Push(inner);
                }
            }
        }
    }
}
