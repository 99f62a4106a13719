using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model.Contracts;

/// <summary>The constraints of a value. Numbers are kept as JSON text, so that decimals lose no digits.</summary>
/// <param name="Minimum">The least number; null = the type's own.</param>
/// <param name="Maximum">The greatest number; null = the type's own.</param>
/// <param name="AboveMinimum">Whether the minimum itself is excluded; never for integers, whose bounds are moved instead.</param>
/// <param name="BelowMaximum">Whether the maximum itself is excluded; never for integers.</param>
/// <param name="MinLength">The fewest characters or items.</param>
/// <param name="MaxLength">The most characters or items; null = no limit.</param>
/// <param name="Pattern">The regular expression that the whole string has to match.</param>
/// <param name="Format"><c>Email</c>, <c>Url</c>, <c>Base64</c> or null.</param>
/// <param name="Allowed">The only values that it may have; empty = any.</param>
/// <param name="Denied">The values that it may not have.</param>
internal sealed record ConstraintModel(
    string? Minimum = null,
    string? Maximum = null,
    bool AboveMinimum = false,
    bool BelowMaximum = false,
    int MinLength = 0,
    int? MaxLength = null,
    string? Pattern = null,
    string? Format = null,
    EquatableArray<ConstantModel> Allowed = default,
    EquatableArray<ConstantModel> Denied = default)
{
    public static readonly ConstraintModel None = new();

    /// <summary>Whether values are named.</summary>
    public bool HasConstants => Allowed.Count > 0 || Denied.Count > 0;

    public bool HasLength => MinLength > 0 || MaxLength is not null;
}
