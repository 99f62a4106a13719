using System.Globalization;

namespace PromptGen.Generators.Tests.Hostile;

internal static partial class HostileDeclarations
{
    private static IEnumerable<HostileDeclaration> FileTypes =>
    [
        Wrong("a file class with a prompt", "PG0101", $$"""file partial class Desk { {{Ask}} }""", isBroken: true),
        Wrong("a class in a file class with a prompt", "PG0101", $$"""file partial class Outer { public partial class Desk { {{Ask}} } }""", isBroken: true),
        Wrong("a file class with a file output", "PG0101", $$"""file record Item(int A); file partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); }""", isBroken: true),
        new("a file class as catalog", [$$"""namespace Acme; {{Catalog("Models", "file")}} public partial class Desk { {{Ask}} }"""]),
        new("two file classes as catalogs", [$$"""namespace Acme; {{Catalog("Models", "file")}} public partial class Desk { {{Ask}} }""", $$"""namespace Acme; {{Catalog("Models", "file").Replace("\"m\"", "\"n\"", StringComparison.Ordinal)}} public partial class Desk2 { [RoutedPrompt(Models.M), PromptTemplate("«q»")] public partial Task<string> Ask(string q); }"""]),
        Right("a file type in the body beside", $$"""file record Item(int A); public partial class Desk { {{Ask}} public int Read() => new Item(1).A; }"""),
        Wrong("an abstract output whose case is a file type", "PG0301", """public abstract record Shape(int A); file record Circle(int A) : Shape(A); public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Shape> Ask(); }"""),
        Right("a file type as the type of a parameter's member", """public interface IBase { object Item { get; } } file record Item(int A); public class Holder : IBase { object IBase.Item => new Item(1); public int B => 1; } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«json q»")] public partial Task<string> Ask(Holder q); }"""),
    ];

    private static IEnumerable<HostileDeclaration> Aliases =>
    [
        new("an output type behind an extern alias", ["extern alias Lib; namespace Acme; public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate(\"x\")] public partial Task<Lib::Shared.Item> Ask(); }"], "PG0101") { Aliased = Library, IsBroken = true },
        new("a parameter behind an extern alias", ["extern alias Lib; namespace Acme; public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate(\"«q.A»\")] public partial Task<string> Ask(Lib::Shared.Item q); }"], "PG0101") { Aliased = Library, IsBroken = true },
        new("an enum in a list behind an extern alias", ["extern alias Lib; namespace Acme; public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate(\"x\")] public partial Task<List<Lib::Shared.Kind>> Ask(); }"], "PG0101") { Aliased = Library, IsBroken = true },
        new("a member of the output behind an extern alias", ["extern alias Lib; namespace Acme; public record Out(int A, Lib::Shared.Item[] B); public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate(\"x\")] public partial Task<Out> Ask(); }"], "PG0101") { Aliased = Library, IsBroken = true },
        new("a member of a parameter behind an extern alias", ["extern alias Lib; namespace Acme; public record In(int A, Lib::Shared.Item B); public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate(\"«json q»\")] public partial Task<string> Ask(In q); }"], "PG0101") { Aliased = Library, IsBroken = true },
        new("a base class behind an extern alias", ["extern alias Lib; namespace Acme; public partial class Desk : Lib::Shared.Base { [RoutedPrompt(Tier.Fast), PromptTemplate(\"«q»\")] public partial Task<string> Ask(string q); }"]) { Aliased = Library },
        new("a catalog behind an extern alias", ["extern alias Lib; [assembly: UseCatalog(typeof(Lib::Shared.Models))]", "namespace Acme; public partial class Desk { [RoutedPrompt(Tier.Deep), PromptTemplate(\"«q»\")] public partial Task<string> Ask(string q); }"]) { Aliased = Library },
        new("a catalog behind an extern alias with the name of the own one", ["extern alias Lib; [assembly: UseCatalog(typeof(Lib::Acme.Models))]", "namespace Acme; public partial class Desk { [RoutedPrompt(Tier.Deep), PromptTemplate(\"«q»\")] public partial Task<string> Ask(string q); }"]) { Aliased = Library },
        new("a constructor's parameter behind an extern alias", ["extern alias Lib; namespace Acme; public partial class Desk(PromptRuntime prompts, Lib::Shared.Base other) { [RoutedPrompt(Tier.Fast), PromptTemplate(\"«q»\")] public partial Task<string> Ask(string q); public object Other => other; }"], "PG0101") { Aliased = Library, IsBroken = true },
        new("an alias that nobody uses", [$$"""extern alias Lib; namespace Acme; public partial class Desk { {{Ask}} private Lib::Shared.Item? _item; public object? Item => _item ??= null; }"""]) { Aliased = Library },
    ];

    private const string Library = """
        namespace Shared { public record Item(int A); public enum Kind { A } public class Base; [ModelCatalog] public static class Models { [Model("openai", Tier.Deep)] public const string Big = "big"; } }
        namespace Acme { [ModelCatalog] public static class Models { [Model("openai", Tier.Deep)] public const string Mini = "big"; } }
        """;

    private static IEnumerable<HostileDeclaration> Obsolete
    {
        get
        {
            foreach (var attribute in new[] { "Obsolete", "Obsolete(\"no\", true)", "System.Diagnostics.CodeAnalysis.Experimental(\"X1\")" })
            {
                var word = attribute.Split('(')[0].Split('.')[^1] + (attribute.Contains("true", StringComparison.Ordinal) ? " with error" : "");
                var isError = attribute.Contains("true", StringComparison.Ordinal);
                yield return Right($"{word}: a prompt", $$"""public partial class Desk { [{{attribute}}] {{Ask}} }""");
                yield return Right($"{word}: a prompt with types of its kind", $$"""[{{attribute}}] public record Item(int A); [{{attribute}}] public enum Kind { A } public partial class Desk { [{{attribute}}, AcceptIf("Check"), Fallback("Back"), RoutedPrompt(Tier.Fast), PromptTemplate("«json q»«k»")] public partial Task<Item> Ask(Item q, Kind k); [{{attribute}}] private bool Check(Item value) => true; [{{attribute}}] private Item Back(Item q, Kind k) => q; }""");
                yield return Right($"{word}: a streamed prompt with types of its kind", $$"""[{{attribute}}] public record Item(int A); public partial class Desk { [{{attribute}}, RoutedPrompt(Tier.Fast), PromptTemplate("«json q»")] public partial IAsyncEnumerable<Item> Ask(List<Item> q); }""");
                yield return Right($"{word}: the class", $$"""[{{attribute}}] public partial class Desk { {{Ask}} }""");
                yield return Right($"{word}: the class around", $$"""[{{attribute}}] public partial class Outer { public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); public record Item(int A); } }""");
                yield return Right($"{word}: the constructor", $$"""public partial class Desk { [{{attribute}}] public Desk(PromptRuntime prompts) => _prompts = prompts; {{Ask}} }""");
                yield return Maybe($"{word}: the runtime's property", isError ? "PG0102" : null, $$"""public partial class Desk { [{{attribute}}] public PromptRuntime Prompts { get; } [{{attribute}}] public Desk(PromptRuntime prompts) => Prompts = prompts; {{Ask}} }""");
                yield return Right($"{word}: members of an enum", $$"""public enum Kind { [{{attribute}}] A, B } [Flags] public enum Kinds { [{{attribute}}] A = 1, B = 2 } public record Item(Kind A, Kinds B, Dictionary<Kind, int> C, [property: AllowedValues(Kind.B)] Kind D); public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); }""");
                yield return Right($"{word}: an enum's own prompt", $$"""public enum Kind { [{{attribute}}] A, B } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«q»")] public partial Task<Kind> Ask(Kind q); }""");
                yield return Right($"{word}: members of an output type", $$"""public class Item { [{{attribute}}] public int A { get; set; } public int B { [{{attribute}}] get; [{{attribute}}] set; } public int C { get; set; } } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); }""");
                yield return Right($"{word}: the constructor of an output type", $$"""public class Item { [{{attribute}}] public Item() { } public int C { get; set; } } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); }""");
                yield return Right($"{word}: the only check of an output type", $$"""[ContractCheck(nameof(Check))] public record Item(int A) { [{{attribute}}] internal static string? Check(Item value) => null; } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); }""".Replace("nameof(Check)", "\"Check\"", StringComparison.Ordinal));
                yield return Right($"{word}: members of a parameter", $$"""public class Item { [{{attribute}}] public int A { get; set; } public int B { [{{attribute}}] get; set; } public int C { get; set; } } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«json q»«q.C»")] public partial Task<string> Ask(Item q); }""");
                yield return Right($"{word}: the type of a member of a parameter", $$"""[{{attribute}}] public record Old(int A); public class Item { [{{attribute}}] public Old? A { get; set; } public int C { get; set; } } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«json q»«q.C»")] public partial Task<string> Ask(Item q); }""");
                if (word != "Experimental")
                {
                    // [Obsolete] lets a class use what is obsolete, not what is experimental.
                    yield return Right($"{word}: the type of a member of a parameter that is obsolete itself", $$"""[{{attribute}}] public record Old(int A, List<Old> B); [Obsolete] public class Item { public Old? A { get; set; } public Dictionary<string, Old[]> C { get; set; } = []; } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«json q»«q.A.A»")] public partial Task<string> Ask(Item q); }""");
                }

                yield return Maybe($"{word}: a check", isError ? "PG0413" : null, $$"""public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), AcceptIf("Check")] public partial Task<int> Ask(); [{{attribute}}] private static bool Check(int value) => value > 0; }""");
                yield return Maybe($"{word}: a fallback", isError ? "PG0413" : null, $$"""public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), Fallback("Back")] public partial Task<int> Ask(); [{{attribute}}] private int Back() => 1; }""");
                yield return Right($"{word}: the member that a bound names", $$"""public class Item { [{{attribute}}] public double A { get; set; } } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), AcceptWhen("A", AtLeast = 1)] public partial Task<Item> Ask(); }""");
                yield return Right($"{word}: a case of a union", $$"""[JsonDerivedType(typeof(Circle), "c"), JsonDerivedType(typeof(Square), "s")] public abstract record Shape; public record Circle([property: {{attribute}}] int A) : Shape; public record Square(int B) : Shape; public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Shape> Ask(); }""");
                yield return new($"{word}: the catalog and a model", [$$"""namespace Acme; [ModelCatalog, {{attribute}}] public static class Models { [Model("openai", Tier.Fast), {{attribute}}] public const string M = "m"; } public partial class Desk { {{Ask}} }"""]);
                yield return Right($"{word}: a required member of the class", $$"""public partial class Desk { public required PromptRuntime Prompts { get; init; } [{{attribute}}] public required IServiceProvider Services { get; init; } {{Ask}} }""");
            }

            yield return Wrong("a template that names a member that is an error to use", "PG0202", """public class Item { [Obsolete("no", true)] public int A { get; set; } public int C { get; set; } } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«q.A»")] public partial Task<string> Ask(Item q); }""");
        }
    }

    private static IEnumerable<HostileDeclaration> LargeTypes =>
    [
        Right("an enum of 5,000 members", $$"""
            public enum Big { {{string.Join(", ", Enumerable.Range(0, 5_000).Select(static i => "Member" + i.ToString(CultureInfo.InvariantCulture)))}} }
            public record Holder(Big A, Big? B, List<Big> C, Dictionary<Big, int> D, Big E = Big.Member4999);
            public partial class Desk { [RoutedPrompt(Tier.SelfHosted), PromptTemplate("«q»")] public partial Task<Big> Ask(Big q); [RoutedPrompt(Tier.SelfHosted), PromptTemplate("x")] public partial Task<Holder> Tell(); }
            """),
        Right("a record of 512 members", $$"""
            public record Big({{string.Join(", ", Enumerable.Range(0, 512).Select(static i => "int M" + i.ToString(CultureInfo.InvariantCulture)))}});
            public partial class Desk { [RoutedPrompt(Tier.SelfHosted), PromptTemplate("«json q»")] public partial Task<Big> Ask(Big q); }
            """),
        Right("a union of 64 cases", $$"""
            {{string.Join(' ', Enumerable.Range(0, 64).Select(static i => FormattableString.Invariant($"[JsonDerivedType(typeof(C{i}), \"c{i}\")]")))}} public abstract record Big;
            {{string.Join('\n', Enumerable.Range(0, 64).Select(static i => FormattableString.Invariant($"public record C{i}(int A) : Big;")))}}
            public partial class Desk { [RoutedPrompt(Tier.SelfHosted), PromptTemplate("x")] public partial Task<Big> Ask(); }
            """),
        Right("a method of 500 parameters", $$"""
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("{{string.Concat(Enumerable.Range(0, 500).Select(static i => FormattableString.Invariant($"«p{i}»")))}}")] public partial Task<string> Ask({{string.Join(", ", Enumerable.Range(0, 500).Select(static i => FormattableString.Invariant($"string p{i}")))}}); }
            """),
        Right("a class of 300 prompts", $$"""
            public partial class Desk { {{string.Concat(Enumerable.Range(0, 300).Select(static i => Ask.Replace("Ask", "Ask" + i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))}} }
            """),
        Right("300 overloads", $$"""
            {{string.Concat(Enumerable.Range(0, 300).Select(static i => FormattableString.Invariant($"public record struct R{i}(int A); ")))}}
            public partial class Desk { {{string.Concat(Enumerable.Range(0, 300).Select(static i => FormattableString.Invariant($"[RoutedPrompt(Tier.Fast), PromptTemplate(\"«q.A»\")] public partial Task<string> Ask(R{i} q); ")))}} }
            """),
    ];
}
