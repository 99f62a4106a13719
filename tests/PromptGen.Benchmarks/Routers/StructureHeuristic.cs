using PromptGen.Routing;

namespace PromptGen.Benchmarks.Routers;

/// <summary>A router without labels: long texts, and those whose first line is long, go to the strong model.</summary>
internal static class StructureHeuristic
{
    private static readonly int Length = Index("length");
    private static readonly int FirstLine = Index("first-line");

    public static double Complexity(string text)
    {
        var shape = TextFeatures.Of(text).Shape;
        return shape[Length] + shape[FirstLine];
    }

    private static int Index(string name) => TextFeatures.ShapeNames.ToList().IndexOf(name);
}
