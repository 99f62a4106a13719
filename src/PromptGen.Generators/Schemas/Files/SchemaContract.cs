using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>The contract that a schema file states.</summary>
/// <param name="File">The file as the attribute names it.</param>
/// <param name="Texts">The texts that it is compiled from.</param>
/// <param name="ClassName">The name of the contract class.</param>
/// <param name="SchemaName">The name that goes out with the schema.</param>
/// <param name="TypeName">The output type, fully qualified.</param>
/// <param name="ReaderName">The contract class of the output type, which builds the value; null where that is the JSON itself.</param>
/// <param name="IsWrapped">Whether the value goes over the wire as <c>{"value": …}</c>.</param>
/// <param name="SchemaJson">The schema on one line, with all that it refers to.</param>
/// <param name="Program">What it is compiled to, which follows from the texts.</param>
internal sealed record SchemaContract(
    string File,
    EquatableArray<SchemaText> Texts,
    string ClassName,
    string SchemaName,
    string TypeName,
    string? ReaderName,
    bool IsWrapped,
    string SchemaJson,
    SchemaProgram Program)
{
    public const string Namespace = "PromptGen.Generated.Schemas";

    /// <summary>The name of the generated file.</summary>
    public string HintName => "Schemas." + ClassName + ".g.cs";

    /// <summary>The contract class, fully qualified.</summary>
    public string ContractTypeName => $"global::{Namespace}.{ClassName}";

    /// <summary>What builds the value once the schema allows it.</summary>
    public string BuildExpression => ReaderName is null ? "reader.Element()" : ReaderName + ".Instance.ReadValue(ref reader)";

    /// <summary>By what it is compiled from, and by the name of its class, which depends on other contracts too.</summary>
    public bool Equals(SchemaContract? other) =>
        other is not null && File == other.File && Texts.Equals(other.Texts) && ClassName == other.ClassName && TypeName == other.TypeName && ReaderName == other.ReaderName;

    public override int GetHashCode() => unchecked((File.GetHashCode() * 31) + (Texts.GetHashCode() * 17) + TypeName.GetHashCode());
}
