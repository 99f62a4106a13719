using System.Text.Json;

namespace PromptGen.Generators.Tests.Contracts.Replay;

/// <summary>A broken answer from the tests of another project, and what that project makes of it.</summary>
/// <param name="Category">The kind of case, as the data names it.</param>
/// <param name="Name">The test it was taken from; several cases may share it.</param>
/// <param name="Input">The answer.</param>
/// <param name="Expected">The value that it is read as; null where it is refused.</param>
/// <param name="Raw">Everything else that the data says of it.</param>
internal sealed record RepairCase(string Category, string Name, string Input, JsonElement? Expected, JsonElement Raw)
{
    public const string File = "malformed-json/cases.json";

    /// <summary>The cases of a project.</summary>
    public static List<RepairCase> Of(string source)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(SharedData.Find(File)));
        return [.. document.RootElement.EnumerateArray().Where(test => test.GetProperty("source").GetString() == source).Select(Case)];
    }

    /// <summary>An option that the other project reads it with.</summary>
    public JsonElement? Option(string name) => Raw.TryGetProperty("options", out var options) && options.TryGetProperty(name, out var option) ? option : null;

    private static RepairCase Case(JsonElement test)
    {
        var expected = test.GetProperty("expected").Clone();
        return new RepairCase(
            test.GetProperty("category").GetString()!,
            test.GetProperty("name").GetString()!,
            test.GetProperty("input").GetString()!,
            test.GetProperty("expectedKind").GetString() switch { "value" => expected, "text" => Parsed(expected), _ => null },
            test.Clone());
    }

    /// <summary>What was written as text; a text that is no JSON is what it is.</summary>
    private static JsonElement Parsed(JsonElement text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.GetString()!);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
