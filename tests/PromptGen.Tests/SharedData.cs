using System.Runtime.CompilerServices;

namespace PromptGen.Tests;

/// <summary>Third-party data beside the repository; its README says whose it is.</summary>
internal static class SharedData
{
    /// <summary>Where a file or folder of the data is, or would be.</summary>
    /// <param name="path">Its path below <c>../shared/data</c>.</param>
    public static string Find(string path) => Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", path));
}

/// <summary>A test over shared data, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!Path.Exists(SharedData.Find(path)))
        {
            Skip = $"Needs ../shared/data/{path}, which is not here.";
        }
    }
}

/// <summary>A theory over shared data, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute(string path, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!Path.Exists(SharedData.Find(path)))
        {
            Skip = $"Needs ../shared/data/{path}, which is not here.";
        }
    }
}
