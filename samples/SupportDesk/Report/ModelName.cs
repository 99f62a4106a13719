using System.Text.RegularExpressions;

namespace Acme.Support.Report;

/// <summary>Model ids as the table shows them.</summary>
internal static partial class ModelName
{
    /// <summary>For example <c>claude-haiku-4-5-20251001</c> → <c>haiku-4-5</c>; an empty id → <c>a person</c>.</summary>
    public static string Of(string modelId) => modelId.Length == 0 ? "a person" : Ornament().Replace(modelId, "");

    [GeneratedRegex(@"^claude-|-\d{8}$|-\d{4}-\d{2}-\d{2}$")]
    private static partial Regex Ornament();
}
