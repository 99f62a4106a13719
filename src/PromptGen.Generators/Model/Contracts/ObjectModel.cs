using System.Globalization;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model.Contracts;

/// <summary>An object type of a contract.</summary>
/// <param name="Name">A readable name that is unique in the contract: part of method names and the name in <c>$defs</c>.</param>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="Description">Its description.</param>
/// <param name="Members">Its members: constructor parameters in order, then the properties that are set.</param>
internal sealed record ObjectModel(string Name, string TypeName, bool IsValueType, string? Description, EquatableArray<MemberModel> Members)
{
    /// <summary>The type's metadata name, by which a place in the source is found.</summary>
    public string MetadataName { get; init; } = "";

    /// <summary>Whether it is a tuple, which is written as one.</summary>
    public bool IsTuple { get; init; }

    /// <summary>What looks like a member in C# and nothing can set, so that it is none.</summary>
    public EquatableArray<string> Unset { get; init; }

    /// <summary>The methods of the user's own that judge a value, fully qualified.</summary>
    public EquatableArray<string> Checks { get; init; }

    /// <summary>Whether the type judges itself, as an <c>IValidatableObject</c>.</summary>
    public bool IsValidatable { get; init; }

    /// <summary>Whether a value is judged once it is built.</summary>
    public bool IsChecked => IsValidatable || Checks.Count > 0;
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="JsonName">Its name on the wire.</param>
/// <param name="Description">Its description.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
/// <param name="IsParameter">Whether it goes to the constructor, in order.</param>
/// <param name="IsInitialized">Whether it is set in the object initializer.</param>
/// <param name="Default">What it is when absent, as C# writes it; null where it is required.</param>
/// <param name="DefaultJson">The same in JSON; null where it is required, or has no simple form.</param>
internal sealed record MemberModel(
    string Name,
    string JsonName,
    string? Description,
    ValueModel Value,
    bool IsRequired,
    bool IsParameter,
    bool IsInitialized,
    string? Default,
    string? DefaultJson)
{
    /// <summary>Whether generated code can read it. A constructor's parameter may go to no member of its name and type.</summary>
    public bool IsReadable { get; init; } = true;

    public bool IsNumeric => Value.Kind.IsNumber();

    public double? Minimum => Number(Value.Constraints.Minimum);

    public double? Maximum => Number(Value.Constraints.Maximum);

    private static double? Number(string? text) => text is null ? null : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
