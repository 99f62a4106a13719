using System.Collections.Generic;
using PromptGen.Generators.Model.Shapes;

namespace PromptGen.Generators.Templates;

/// <summary>Determines whether a value can be written as JSON.</summary>
internal static class JsonSupport
{
    /// <summary>The path to the first member that can't, for example <c>lines[].handle</c>; empty = the value itself; null = all can.</summary>
    public static string? FirstUnsupported(TypeShape type, ValueShape value) => Find(type, value, "", []);

    private static string? Find(TypeShape type, ValueShape value, string path, HashSet<int> seen)
    {
        switch (value.Kind)
        {
            case ShapeKind.Other or ShapeKind.Content or ShapeKind.Bytes:
                return path;
            case ShapeKind.Enumerable:
                return Find(type, value.Element!, path + "[]", seen);
            case ShapeKind.Dictionary:
                return value.Key!.Kind is ShapeKind.Text or ShapeKind.Number or ShapeKind.Enum or ShapeKind.Formattable or ShapeKind.Unknown
                    ? Find(type, value.Element!, path + "[]", seen)
                    : path;
            case ShapeKind.Object when seen.Add(value.Object):
                foreach (var member in type.Objects[value.Object].Members)
                {
                    if (member.JsonName is not null
                        && Find(type, member.Value, path.Length == 0 ? member.Name : path + "." + member.Name, seen) is { } unsupported)
                    {
                        return unsupported;
                    }
                }

                return null;
            default:
                return null;
        }
    }
}
