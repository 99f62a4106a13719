using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>One call that a prompt is evaluated with, and what is right. It needs <see cref="Expected"/> or <see cref="Elements"/>.</summary>
/// <param name="Id">Its id, unique in its set.</param>
/// <param name="Inputs">The arguments by the names of the prompt's parameters.</param>
/// <param name="Expected">The expected value. Of an object, members that are left out may have any value. Null = none.</param>
/// <param name="Elements">Texts that the answer has to contain; empty = none.</param>
public sealed record EvaluationItem(string Id, IReadOnlyDictionary<string, JsonElement> Inputs, JsonElement? Expected, IReadOnlyList<string> Elements)
{
    /// <summary>The slice that it belongs to; null, the default: none.</summary>
    public string? Category { get; init; }

    /// <summary>How hard it is, such as <c>easy</c>; the slice of items without a category. Null, the default: not known.</summary>
    public string? Difficulty { get; init; }

    /// <summary>The slice that its score belongs to; null = none.</summary>
    internal string? Slice => Category ?? Difficulty;

    /// <summary>What it has in common with other items, such as one document; null, the default: it is independent.</summary>
    public string? Cluster { get; init; }

    /// <summary>How much it counts in means; more than 0. Default: 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The expected value as text.</summary>
    internal string ExpectedText { get => field ??= Expected is { } expected ? EvaluationJson.TextOf(expected) : ""; init; }

    /// <summary>What is expected as JSON, where it is an object, an array, or elements; else as text.</summary>
    internal string ExpectedJson => Expected is not { } expected ? JsonSerializer.Serialize(Elements) : expected.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? expected.GetRawText() : ExpectedText;

    /// <summary>An answer that is right: the expected value, or the elements one below the other.</summary>
    internal JsonElement Sample => Expected ?? JsonSerializer.SerializeToElement(string.Join('\n', Elements));

    /// <summary>Where it was read: file and line.</summary>
    public string Place { get; init; } = "";

    /// <summary>Whether its inputs are texts of a table or of YAML, which are converted to the type of the parameter.</summary>
    internal bool IsText { get; init; }

    /// <summary>A hash of what is asked and what is right: an item that has changed is asked again.</summary>
    internal string Digest => field ??= SetHash.Of([.. Inputs.OrderBy(static input => input.Key, StringComparer.Ordinal).SelectMany(static input => (string[])[input.Key, input.Value.GetRawText()]), Expected?.GetRawText() ?? "", .. Elements]);
}
