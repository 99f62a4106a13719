namespace PromptGen.Generators.Tests.Harness;

/// <summary>The file of a learned router whose weights are all zero.</summary>
internal static class RouterSample
{
    /// <summary>What decides, with a score of a half for any text.</summary>
    public const string Decision = "threshold: 0.6\nbias: 0 0\nscale: 1 1\ncalibration: 1 0\n";

    public static readonly string Shape = string.Concat(Model.RouterFormat.ShapeNames.Select(static name => $"{name} 1 0.5 0 0\n"));

    public static readonly string Weights = string.Concat(new byte[Model.RouterFormat.WeightBytes].Chunk(96).Select(static line => Convert.ToBase64String(line) + "\n"));

    /// <summary>The file of one that reads embeddings of two numbers by <c>concepts-1</c>: the first speaks for the cheap model, the second against it.</summary>
    public static string Embedded(string facts, string tasks = "") =>
        $"promptgen router 1\n{facts}threshold: 0.5\nbias: 0 0\nembedding: concepts-1\ndimensions: 2\nscale: 0.1 0.1\ncalibration: 10 0\n\n[shape]\n{Shape}\n[tasks]\n{tasks}\n[weights]\n{Convert.ToBase64String([50, 0, 0, 50])}\n";

    /// <param name="facts">The lines behind the first one that say what it is.</param>
    /// <param name="tasks">The lines of the tasks.</param>
    public static string File(string facts, string tasks = "") =>
        $"promptgen router 1\n{facts}{Decision}\n[curve]\n0.5 0.1 0.8\n\n[shape]\n# mean\n{Shape}\n[tasks]\n{tasks}\n[weights]\n{Weights}";
}
