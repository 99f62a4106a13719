using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Decides whether the answers of a prompt can be kept.</summary>
internal static class CachePlanner
{
    /// <returns>The clause, null where there is none or it cannot be planned, and the route with the problems added.</returns>
    public static (CacheClause? Clause, RoutePlan Route) Plan(PromptDeclaration declaration, RoutePlan route)
    {
        if (declaration.Cache is not { } cache)
        {
            return (null, route);
        }

        var findings = Problems(declaration).ToArray();
        return findings.Length == 0
            ? (new CacheClause(cache), route)
            : (null, route with { Findings = route.Findings.Concat(findings).ToEquatableArray() });
    }

    private static IEnumerable<Finding> Problems(PromptDeclaration declaration)
    {
        var place = new Place.Attribute("Cached");
        if (declaration.IsChatClient)
        {
            yield return Finding.At(place, "PG0417", declaration.Name, "it returns its route as an IChatClient, whose answers are the caller's to keep: remove [Cached]");
            yield break;
        }

        if (declaration.IsStream)
        {
            yield return Finding.At(place, "PG0417", declaration.Name, "it streams its answer, whose items are handed over before the whole is accepted: remove [Cached], or return a task");
            yield break;
        }

        for (var i = 0; i < declaration.Parameters.Count; i++)
        {
            var parameter = declaration.Parameters[i];
            if (!parameter.IsData)
            {
                continue;
            }

            if (parameter.IsSensitive)
            {
                yield return Finding.At(new Place.Parameter(i), "PG0417", declaration.Name, $"its parameter '{parameter.Name}' is [Sensitive], and a cache keeps what is made of it: remove [Cached] or [Sensitive]");
            }
            else if (FirstWithoutKey(parameter.Shape, parameter.Shape.Value, parameter.Name, []) is { } path)
            {
                yield return Finding.At(new Place.Parameter(i), "PG0417", declaration.Name, $"'{path}' has no form that is the same for equal values: give the parameter a type with public members, text, numbers, dates, media or lists of them");
            }
        }
    }

    private static string? FirstWithoutKey(TypeShape type, ValueShape value, string path, HashSet<int> seen)
    {
        switch (value.Kind)
        {
            case ShapeKind.Other:
                return path;
            case ShapeKind.Enumerable:
                return FirstWithoutKey(type, value.Element!, path + "[]", seen);
            case ShapeKind.Dictionary:
                return FirstWithoutKey(type, value.Key!, path + ".Keys", seen) ?? FirstWithoutKey(type, value.Element!, path + "[]", seen);
            case ShapeKind.Object when type.Objects[value.Object].Members.Count == 0:
                return path;
            case ShapeKind.Object when seen.Add(value.Object):
                return type.Objects[value.Object].Members
                    .Select(member => FirstWithoutKey(type, member.Value, path + "." + member.Name, seen))
                    .FirstOrDefault(static found => found is not null);
            default:
                return null;
        }
    }
}
