#pragma warning disable
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Diagnostics;
namespace PromptGen.Generators.Schemas { internal sealed record ContractModel(string TypeName, string HintName, string ContractTypeName, string SchemaJson, bool CanEmit) { public ContractMember? FindMember(string n) => null;
 public EquatableArray<Finding> Problems => default; public bool IsText => false; } internal sealed record ContractMember(bool IsNumeric, bool IsDecimal, double? Minimum, double? Maximum); }
namespace PromptGen.Generators.Declarations { internal static class OutputTypeReader { public static Schemas.ContractModel Read(ITypeSymbol t, NullableAnnotation a) => null!; } internal static class TypeShapeReader { public static TypeShape Read(ITypeSymbol t) => new(t.Name); } }
namespace PromptGen.Generators.Emission { internal static class ContractEmitter { public static string Emit(Schemas.ContractModel? m) => ""; } internal static class TemplateEmitter { public static void EmitRender(SourceWriter w, Templates.BoundTemplate t, string n, string p) {} } }
namespace PromptGen.Generators.Templates { internal sealed record TemplateSyntax; internal sealed record BoundTemplate(bool HasMedia, int StaticTokens, EquatableArray<Finding> Findings, EquatableArray<string> UsedParameters); internal static class TemplateParser { public static TemplateSyntax Parse(string t) => new(); } internal static class TemplateBinder { public static BoundTemplate Bind(TemplateSyntax s, EquatableArray<ParameterDeclaration> p, int i) => null!; } }
