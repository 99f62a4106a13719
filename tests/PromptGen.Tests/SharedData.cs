using System.Runtime.CompilerServices;

namespace PromptGen.Tests;

/// <summary>Third-party data beside the repository; its README says whose it is.</summary>
internal static class SharedData
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Root(), "..", "shared", "data"));

    public static string Find(string path) => Path.Combine(Folder, path);

    // This file stands two folders below the root.
    private static string Root([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "..");
}

/// <summary>A test over shared data, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        if (!Path.Exists(SharedData.Find(path)))
        {
            Skip = $"Needs ../shared/data/{path}, which is not here.";
        }
    }
}
