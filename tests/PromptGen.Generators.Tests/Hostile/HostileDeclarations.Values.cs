using Microsoft.CodeAnalysis.CSharp;

namespace PromptGen.Generators.Tests.Hostile;

internal static partial class HostileDeclarations
{
    private static IEnumerable<HostileDeclaration> Numbers
    {
        get
        {
            string[] reals = ["double.NaN", "double.PositiveInfinity", "double.NegativeInfinity", "double.MaxValue", "double.MinValue", "double.Epsilon", "-0.0", "-1", "0", "1e300", "1e28", "7.9e28"];
            foreach (var real in reals)
            {
                yield return Any($"temperature {real}", $$"""public partial class Desk { [RoutedPrompt(Tier.Fast, Temperature = {{real}}), PromptTemplate("x")] public partial Task<string> Ask(); }""");
                yield return Any($"budget and deadline {real}", $$"""public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), Budget({{real}}), Deadline({{real}})] public partial Task<string> Ask(); }""");
                yield return Any($"bounds {real}", $$"""
                    public record Item(double A, decimal B, int C, float D, Half E, long F, byte G, decimal? H, System.Numerics.BigInteger I);
                    public partial class Desk { {{string.Join(' ', "ABCDEFGHI".Select((member, index) => $"[RoutedPrompt(Tier.Fast), PromptTemplate(\"x\"), AcceptWhen(\"{member}\", AtLeast = {real})] public partial Task<Item> Least{member}(); [RoutedPrompt(Tier.Fast), PromptTemplate(\"x\"), AcceptWhen(\"{member}\", AtMost = {real})] public partial Task<Item> Most{member}();"))}} }
                    """);
                yield return Any($"a catalog of {real}", $$"""
                    [ModelCatalog] public static class Models { [Model("openai", Tier.Fast, InputPrice = {{real}}, OutputPrice = {{real}}, CachedInputPrice = {{real}}, CacheWritePrice = {{real}}, LongContextFrom = 1, LongContextInputPrice = {{real}}, LongContextOutputPrice = {{real}}, BatchPrice = {{real}}, TokenFactor = {{real}}, TimeoutSeconds = {{real}})] public const string M = "m"; [Model("x", Tier.General, InputPrice = {{real}}, OutputPrice = 1, MaxOutputTokens = int.MaxValue)] public const string N = "n"; }
                    public partial class Desk { [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, Repairs = int.MaxValue), PromptTemplate("x"), Deadline(1e-300), Budget(1e-300)] public partial Task<Triage> Ask(); }
                    """);
                yield return Any($"a range of {real}", $$"""
                    public record Item([property: Range({{real}}, 5.0)] double A, [property: Range(-5.0, {{real}})] decimal B, [property: Range({{real}}, {{real}})] int C, [property: Range({{real}}, 1e30)] float D, [property: Range(-1e30, {{real}})] long F, [property: Range({{real}}, 1e9)] ulong G, [property: AllowedValues({{real}})] double H, [property: DeniedValues({{real}})] float I, double J = {{real}}, float K = (float)({{real}}));
                    public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); }
                    """);
            }

            foreach (var integer in new[] { "int.MinValue", "int.MaxValue", "-1", "0", "1" })
            {
                yield return Any($"settings of {integer}", $$"""public partial class Desk { [RoutedPrompt(Tier.Fast, Repairs = {{integer}}, MaxOutputTokens = {{integer}}, Tolerance = (Tolerance)({{integer}})), PromptTemplate("x")] public partial Task<Triage> Ask(); }""");
                yield return Any($"enums of {integer}", $$"""public partial class Desk { [RoutedPrompt((Tier)({{integer}}), EscalateTo = (Tier)({{integer}}), Requires = (ModelFeatures)({{integer}})), PromptTemplate("x", ForTier = (Tier)({{integer}}))] public partial Task<Triage> Ask(); }""");
                yield return Any($"a catalog of the integer {integer}", $$"""
                    [ModelCatalog] public static class Models { [Model("openai", Tier.Fast, ContextWindow = {{integer}}, MaxOutputTokens = {{integer}}, LongContextFrom = {{integer}}, RequestsPerMinute = {{integer}}, TokensPerMinute = {{integer}}, Features = (ModelFeatures)({{integer}}), Dialect = (SchemaDialect)({{integer}}))] public const string M = "m"; [Model("x", (Tier)({{integer}}))] public const string N = "n"; }
                    public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Triage> Ask(); [RoutedPrompt("n"), PromptTemplate("x")] public partial Task<Triage> Tell(); }
                    """);
                yield return Any($"lengths of {integer}", $$"""
                    public record Item([property: MinLength({{integer}})] string A, [property: MaxLength({{integer}})] string B, [property: Length({{integer}}, {{integer}})] string C, [property: StringLength({{integer}}, MinimumLength = {{integer}})] string D, [property: MinLength({{integer}})] List<int> E, [property: MaxLength({{integer}})] Dictionary<string, int> F, [property: Range({{integer}}, {{integer}})] sbyte G, [property: AllowedValues({{integer}})] byte H, int I = {{integer}}, long J = {{integer}}, decimal K = {{integer}}, short L = unchecked((short){{integer}}), uint M = unchecked((uint)({{integer}})), ulong N = unchecked((ulong)({{integer}})), DayOfWeek O = (DayOfWeek)({{integer}}));
                    public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); }
                    """);
            }

            yield return Right("extreme defaults", """
                public enum Signed : long { Least = long.MinValue, Most = long.MaxValue } public enum Wide : ulong { Most = ulong.MaxValue }
                public record Item(long A = long.MinValue, ulong B = ulong.MaxValue, decimal C = decimal.MaxValue, decimal D = decimal.MinValue, double E = double.NaN, float F = float.NegativeInfinity, char G = '\0', char H = '\'', char I = '\ud800', char J = '\u2028', string K = "\0\"\\\r\n\u2028\u2029\u0085\ud800\ufeff", Signed L = Signed.Least, Signed M = (Signed)5, Wide N = (Wide)ulong.MaxValue, Wide O = (Wide)3, sbyte P = -128, int? Q = int.MinValue, Wide? R = (Wide)7, double S = -0.0, double T = double.Epsilon, decimal U = -0.0m, decimal V = 1e-28m);
                public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> Ask(); }
                """);
        }
    }

    private static IEnumerable<HostileDeclaration> Texts
    {
        get
        {
            (string Name, string Text)[] texts =
            [
                ("a line feed", @"a\nb"), ("a carriage return", @"a\rb"), ("both", @"a\r\nb"), ("a line separator", @"a\u2028b"), ("a paragraph separator", @"a\u2029b"), ("a next line", @"a\u0085b"), ("a form feed", @"a\f\v\0b"),
                ("quotes", "a\\\"\\\"\\\"b'"), ("a backslash at the end", @"a\\"), ("the end of a comment", "a*/b"), ("the start of one", "//a/*"), ("braces", "{{a}}"), ("a directive", @"a\n#error b"), ("a lone surrogate", @"a\ud800b"),
                ("a pair of surrogates", @"a\ud83d\ude00b"), ("a byte order mark", @"\ufeffa"), ("a mark that turns direction", @"a\u202eb"), ("nothing", ""), ("blanks", "   "), ("markup", "<a>&amp;]]>"), ("10,000 letters", new string('a', 10_000)), ("quotes of a raw literal", new string('"', 20).Replace("\"", "\\\"", StringComparison.Ordinal)),
            ];
            foreach (var (name, text) in texts)
            {
                yield return Any($"model ids and providers with {name}", $$"""
                    [ModelCatalog] public static class Models { [Model("{{text}}p", Tier.Fast, Retires = "{{text}}", ReplacedBy = "{{text}}")] public const string M = "m{{text}}"; [Model("{{text}}p", Tier.General)] public const string N = "{{text}}n"; }
                    public partial class Desk { [RoutedPrompt(Models.M, Fallbacks = new[] { Models.N }), PromptTemplate("x", For = "m{{text}}")] [PromptTemplate("y")] public partial Task<Triage> Ask(); [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, Name = "{{text}}"), PromptTemplate("x")] public partial Task<Triage> Tell(); }
                    """);
                yield return Any($"names in JSON with {name}", $$"""
                    /// <summary>It ends a comment: */ // {{(text.Contains('\\', StringComparison.Ordinal) || text.Contains('<', StringComparison.Ordinal) ? "" : text)}}</summary>
                    [Description("{{text}}")] public record Item([property: JsonPropertyName("x{{text}}"), Description("{{text}}"), RegularExpression("{{text.Replace("{", "", StringComparison.Ordinal).Replace("\\\\", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal).Replace("(", "", StringComparison.Ordinal)}}")] string A, [property: AllowedValues("{{text}}", "b")] string B, [property: DeniedValues("{{text}}")] string C, Kind D, string E = "{{text}}");
                    public enum Kind { [JsonStringEnumMemberName("x{{text}}"), Description("{{text}}")] A, B }
                    [JsonPolymorphic(TypeDiscriminatorPropertyName = "t{{text}}"), JsonDerivedType(typeof(Circle), "c{{text}}"), JsonDerivedType(typeof(Square), "s")] public abstract record Shape; public record Circle(int A) : Shape; public record Square(int B) : Shape;
                    public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«json q»")] public partial Task<Item> Ask(Item q); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Shape> Tell(); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Dictionary<Kind, Item>> Map(); }
                    """);
                yield return Any($"attributes that name nothing: {name}", $$"""
                    public partial class Desk { [RoutedPrompt("{{text}}", Fallbacks = new[] { "{{text}}" }), PromptTemplate("x", For = "{{text}}"), AcceptWhen("{{text}}", AtLeast = 1), AcceptIf("{{text}}"), Fallback("{{text}}")] public partial Task<Triage> Ask(); [RoutedPrompt(Tier.Fast), PromptTemplate(File = "{{text}}"), OutputSchema("{{text}}")] public partial Task<Triage> Tell(); }
                    """);
                yield return Any($"templates with {name}", $$"""
                    public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("{{text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}}«q»{{text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}}"), RepairTemplate("{{text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}}«answer»\n\n{{text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}}")] public partial Task<Triage> Ask(string q); }
                    """);
            }
        }
    }

    private static IEnumerable<HostileDeclaration> Languages
    {
        get
        {
            const string Old = """
                namespace Acme { [ModelCatalog] public static class Models { [Model("openai", Tier.Fast)] public const string M = "m"; } public sealed class Item { public int A { get; set; } }
                public sealed partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«q»")] public partial Task<Item> Ask(string q); } }
                """;
            const string Usings = "using System; using System.Threading.Tasks; using PromptGen; ";
            yield return new("C# CSharp7_3", [Usings + Old], "PG0101") { Language = LanguageVersion.CSharp7_3, IsBroken = true };
            foreach (var version in Enum.GetValues<LanguageVersion>().Where(static version => version is >= LanguageVersion.CSharp8 and <= LanguageVersion.CSharp13 or LanguageVersion.Preview))
            {
                var isSupported = version >= LanguageVersion.CSharp12;
                yield return new($"C# {version}", [Usings + Old], isSupported ? null : "PG0101") { Language = version, IsBroken = version < LanguageVersion.CSharp10 };
                yield return new($"C# {version} with a catalog alone", [Usings + Old[..Old.IndexOf("public sealed partial", StringComparison.Ordinal)] + "}"]) { Language = version, IsBroken = version < LanguageVersion.CSharp10 };
            }
        }
    }

    private static IEnumerable<HostileDeclaration> Shapes =>
    [
        Wrong("a variant interface", "PG0101", """public partial interface IDesk<out T> { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(); }"""),
        Wrong("a generic class with a keyword for a parameter", "PG0101", """public partial class Desk<@class> where @class : struct { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(); }"""),
        Wrong("a struct", "PG0101", """public partial struct Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(); }"""),
        Wrong("a readonly ref struct", "PG0101", """public readonly ref partial struct Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(); }"""),
        Wrong("a static class", "PG0102", """public static partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public static partial Task<string> Ask(); }"""),
        Wrong("arguments without a list", "PG0101", """public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(__arglist); }""", isBroken: true),
        Wrong("a reference that holds its type", "PG0101", """public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(TypedReference q); }"""),
        Wrong("a span", "PG0101", """public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(scoped Span<int> q); }"""),
        Wrong("a parameter by reference", "PG0101", """public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(ref readonly int q); }"""),
        Right("parameters of many kinds", """public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«json rest»«t.Name»«n»")] public partial Task<string> Ask((string Name, (int, string?) Inner) t, nint n, dynamic? d, [System.Runtime.CompilerServices.CallerMemberName] string? s = "\n", int? i = int.MinValue, params IEnumerable<string> rest); }"""),
        Right("a class in a struct in an interface in a record", $$"""public partial interface I { public readonly partial record struct S { public partial record R { public sealed partial class Desk { {{Ask}} } } } }"""),
        Right("nested types as outputs of every kind", """public partial class Desk { internal record struct Item(int A); internal interface I { record Inner(Item[] Items, (int A, Item B) Pair); } [RoutedPrompt(Tier.Fast), PromptTemplate("x")] internal partial Task<I.Inner> Ask(); }"""),
        Right("a class without constructors in a generic base", $$"""public abstract class Base<T> { protected T Prompts => default!; } public partial class Desk : Base<PromptRuntime> { {{Ask}} }"""),
        Right("two parts of a class in two files with a constructor each", $$"""public partial class Desk { {{Ask}} } public partial class Desk { public Desk(PromptRuntime prompts, int a) => _prompts = prompts; private Desk(PromptRuntime prompts) => _prompts = prompts; }"""),
        new("a prompt in top-level statements", [$$"""namespace Acme { public partial class Desk { {{Ask}} } }"""]),
    ];
}
