namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>The shared test data, which lies beside the repository and is no part of it.</summary>
internal static class SchemaData
{
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PromptGen.sln")))
            {
                var data = Path.Combine(folder.FullName, "..", "shared", "data", "json-schema");
                return Directory.Exists(data) ? data : null;
            }
        }

        return null;
    }
}

/// <summary>A test that needs the shared data and is skipped where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SchemaDataFactAttribute : FactAttribute
{
    public SchemaDataFactAttribute() => Skip = SchemaData.Folder is null ? "The shared data (../shared/data/json-schema) is not beside this repository." : null;
}
