using System;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>
/// A schema file, then those that it refers to; equal to another one with the same texts. All prompts that name the file share the object, so
/// that what is compiled from it is compiled once.
/// </summary>
/// <param name="all">The texts, that of the file first.</param>
internal sealed class SchemaTexts(EquatableArray<SchemaText> all) : IEquatable<SchemaTexts>
{
    public EquatableArray<SchemaText> All => all;

    public bool Equals(SchemaTexts? other) => ReferenceEquals(this, other) || (other is not null && all.Equals(other.All));

    public override bool Equals(object? obj) => Equals(obj as SchemaTexts);

    public override int GetHashCode() => all.GetHashCode();
}
