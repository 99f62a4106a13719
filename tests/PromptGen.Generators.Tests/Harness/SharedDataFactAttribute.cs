using System.Runtime.CompilerServices;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>A test that reads a file of the data beside the repository, and is skipped where that is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        if (!File.Exists(PathOf(path)))
        {
            Skip = $"shared/data/{path} is not beside the repository";
        }
    }

    public static string PathOf(string path) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "..", "shared", "data", path));

    private static string Here([CallerFilePath] string file = "") => file;
}
