namespace PromptGen.Generators.Tests.Hostile;

/// <summary>The declarations that have to be supported, or to get one diagnostic.</summary>
internal static partial class HostileDeclarations
{
    private const string Routed = "[RoutedPrompt(Tier.Fast), PromptTemplate(\"«q»\")]";
    private const string Ask = Routed + " public partial Task<string> Ask(string q);";

    /// <summary>Names that generated code uses, that every type has, or that mean something in C#.</summary>
    public static readonly string[] Words =
    [
        "_prompts", "_prompts_", "call", "template", "model", "prompt", "value", "item", "json", "outcome", "answer", "violations", "cancellationToken", "reader", "expected",
        "AskPrompt", "AskRoute", "AskTemplate", "AskAccepts", "Ask", "Desk", "Render", "Render_", "RenderDefault", "RenderTemplate1", "RenderRepair", "ToString", "Equals", "GetType", "GetHashCode",
        "MemberwiseClone", "ReferenceEquals", "Finalize", "PromptDefinitions", "PromptGen", "System", "Task", "Acme", "global", "@class", "@event", "@this", "@null", "@default", "@string", "@operator",
        "_", "@await", "@var", "@record", "@file", "@field", "@when", "@not", "@and", "@or", "@from", "@select", "@nameof", "@scoped", "@required", "@partial", "@dynamic", "@async", "@yield", "@with",
        "@init", "@notnull", "@unmanaged", "@managed", "@allows", "@extension", "@args", "@assembly", "@module", "@return", "ünïcode", "a\u0301", "a\u203fb",
    ];

    public static IEnumerable<HostileDeclaration> All =>
    [
        .. HintNames, .. MemberNames, .. ParameterNames, .. TypeNames, .. FileTypes, .. Aliases, .. Obsolete, .. LargeTypes, .. Numbers, .. Texts, .. Languages, .. Shapes, .. Members,
    ];

    private static string Catalog(string name, string access = "public") => $$"""[ModelCatalog] {{access}} static class {{name}} { [Model("openai", Tier.Fast)] public const string M = "m"; }""";

    private static HostileDeclaration Right(string name, string source) => new(name, ["namespace Acme; " + source]);

    private static HostileDeclaration Maybe(string name, string? diagnostic, string source) => new(name, ["namespace Acme; " + source], diagnostic);

    private static HostileDeclaration Wrong(string name, string diagnostic, string source, bool isBroken = false) => new(name, ["namespace Acme; " + source], diagnostic) { IsBroken = isBroken };

    /// <summary>Supported, or with one diagnostic; nothing else may happen.</summary>
    private static HostileDeclaration Any(string name, string source) => new(name, ["namespace Acme; " + source], "*");
}
