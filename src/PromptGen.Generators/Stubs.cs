#pragma warning disable
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Diagnostics;
namespace PromptGen.Generators.Schemas { internal sealed record ContractModel(string TypeName, string HintName, string ContractTypeName, string SchemaJson, bool CanEmit) { public ContractMember? FindMember(string n) => null;
 public EquatableArray<Finding> Problems => default; } internal sealed record ContractMember(bool IsNumeric, bool IsDecimal); }
namespace PromptGen.Generators.Declarations { internal static class OutputTypeReader { public static Schemas.ContractModel Read(ITypeSymbol t, NullableAnnotation a) => null!; } }
namespace PromptGen.Generators.Emission { internal static class ContractEmitter { public static string Emit(Schemas.ContractModel? m) => ""; } }
