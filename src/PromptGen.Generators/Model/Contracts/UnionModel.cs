using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model.Contracts;

/// <summary>A type of a contract that is always one of several objects.</summary>
/// <param name="Name">A readable name that is unique in the contract.</param>
/// <param name="TypeName">The type that all cases have in common, fully qualified.</param>
/// <param name="Description">Its description.</param>
/// <param name="Tag">The member that identifies the case; null where the members of the cases distinguish them.</param>
/// <param name="Cases">Its cases.</param>
internal sealed record UnionModel(string Name, string TypeName, string? Description, string? Tag, EquatableArray<UnionCaseModel> Cases);

/// <summary>A case of a union.</summary>
/// <param name="Value">The object that it is; with a tag, that is a member of it.</param>
/// <param name="Tag">What the tag says; null where there is none.</param>
internal sealed record UnionCaseModel(ValueModel Value, ConstantModel? Tag);
