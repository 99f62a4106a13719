using System.ComponentModel;
using System.Text.Json;

namespace PromptGen.Contracts.Schemas;

/// <summary>A value of an answer to which the reader comes back, because more than one schema looks at it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct SchemaMark
{
    internal readonly Utf8JsonReader Tokens;

    /// <summary>The name of the member that the value belongs to.</summary>
    internal readonly ReadOnlySpan<byte> Name;

    internal readonly bool IsTrial;
    internal readonly bool HasFailed;
    internal readonly bool HasEnded;

    internal SchemaMark(Utf8JsonReader tokens, ReadOnlySpan<byte> name, bool isTrial, bool hasFailed, bool hasEnded)
    {
        Tokens = tokens;
        Name = name;
        IsTrial = isTrial;
        HasFailed = hasFailed;
        HasEnded = hasEnded;
    }
}
