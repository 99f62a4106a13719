namespace PromptGen.Generators.Schemas.Files;

/// <summary>The contract that a schema file states.</summary>
/// <param name="File">The file as the attribute names it.</param>
/// <param name="Namespace">The namespace of the contract class.</param>
/// <param name="ClassName">The name of the contract class.</param>
/// <param name="SchemaName">The name that goes out with the schema.</param>
/// <param name="TypeName">The output type, fully qualified.</param>
/// <param name="ReaderName">The contract class of the output type, which builds the value; null where that is the JSON itself.</param>
/// <param name="IsWrapped">Whether the value goes over the wire as <c>{"value": …}</c>.</param>
/// <param name="SchemaJson">The schema on one line, with all that it refers to.</param>
internal sealed record SchemaContract(
    string File,
    string Namespace,
    string ClassName,
    string SchemaName,
    string TypeName,
    string? ReaderName,
    bool IsWrapped,
    string SchemaJson)
{
    /// <summary>The name of the generated file.</summary>
    public string HintName => Namespace + "." + ClassName + ".g.cs";

    /// <summary>The contract class, fully qualified.</summary>
    public string ContractTypeName => $"global::{Namespace}.{ClassName}";

    /// <summary>What builds the value once the schema allows it.</summary>
    public string BuildExpression => ReaderName is null ? "reader.Element()" : ReaderName + ".Instance.ReadValue(ref reader)";
}
