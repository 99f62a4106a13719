using System.Globalization;

namespace PromptGen.Evaluation;

/// <summary>One call of a run: an item, asked for the n-th time.</summary>
/// <param name="Item">The item.</param>
/// <param name="Repeat">From 1.</param>
internal sealed record EvaluationCall(EvaluationItem Item, int Repeat)
{
    /// <summary>Its name in the journal. An item that has changed is another one.</summary>
    public string Key { get; } = string.Create(CultureInfo.InvariantCulture, $"{Item.Id}#{Item.Digest}#{Repeat}");
}
