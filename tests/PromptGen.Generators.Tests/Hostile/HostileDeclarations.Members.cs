namespace PromptGen.Generators.Tests.Hostile;

internal static partial class HostileDeclarations
{
    private const string Kinds = "public enum Kind { A, B } ";

    /// <summary>Members that C# reads differently than their names suggest, or that it does not read at all.</summary>
    private static IEnumerable<HostileDeclaration> Members =>
    [
        Wrong("a route by a member that it is an error to use", "PG0413", RouteBy("""public class Item { [Obsolete("no", true)] public Kind A { get; set; } public int C { get; set; } }""")),
        Wrong("a route by a member whose getter it is an error to use", "PG0413", RouteBy("""public class Item { public Kind A { [Obsolete("no", true)] get; set; } public int C { get; set; } }""")),
        Wrong("a route by a member of a type that it is an error to use", "PG0413", RouteBy("""[Obsolete("no", true)] public enum Old { A, B } public class Item { [Obsolete] public Old A { get; set; } public int C { get; set; } }""").Replace("Kind.", "DayOfWeek.", StringComparison.Ordinal).Replace("DayOfWeek.A", "DayOfWeek.Monday", StringComparison.Ordinal)),
        Right("a route by a member that is obsolete", RouteBy("public class Item { [Obsolete] public Kind A { get; set; } }")),
        Right("a route by a member that it is an error to use, in a prompt that is obsolete", RouteBy("""public class Item { [Obsolete("no", true)] public Kind A { get; set; } public int C { get; set; } }""", "[Obsolete] ")),
        Wrong("a route by a member with a private getter", "PG0413", RouteBy("public class Item { public Kind A { private get; set; } public int C { get; set; } }")),
        Wrong("a route by a private member", "PG0413", RouteBy("public class Item { private Kind A { get; set; } public int C { get; set; } }")),
        Wrong("a route by a member that a method hides", "PG0413", RouteBy("public class Parent { public Kind A { get; set; } public int C { get; set; } } public class Item : Parent { public new Kind A() => default; }")),
        Wrong("a route by a member that is there as a member of an interface only", "PG0413", RouteBy("public interface IItem { Kind A { get; } } public class Item : IItem { Kind IItem.A => default; public int C => 1; }")),
        Wrong("a route by a member of two interfaces", "PG0413", RouteBy("public interface IOne { Kind A { get; } } public interface ITwo { Kind A { get; } } public interface Item : IOne, ITwo { int C { get; } }")),
        Right("a route by a member of an interface", RouteBy("public interface IOne { Kind A { get; } } public interface Item : IOne;")),
        Right("a route by a member that a private one hides", RouteBy("public class Parent { public Kind A { get; set; } } public class Item : Parent { private new string A() => \"\"; }")),
        Right("a route by a private member of the class itself", Kinds + """public partial class Desk { private Kind A => default; [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), PromptTemplate("«q.C»"), RouteBy("q", "A", Otherwise = Tier.Fast), RouteCase(Kind.A, Tier.General)] public partial Task<string> Ask(Desk q); public int C => 1; }"""),
        Right("a route by one of two members with a value", """public enum Kind { [Obsolete("no", true)] Old = 1, New = 1, B = 2, [Obsolete("no", true)] Gone = 3 } public partial class Desk { [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), PromptTemplate("«q»"), RouteBy("q"), RouteCase(Kind.New, Tier.General), RouteCase(Kind.B, Tier.Fast)] public partial Task<string> Ask(Kind q); }"""),

        Wrong("a template over a member that a method hides", "PG0202", Template("public class Parent { public int A { get; set; } public int C { get; set; } } public class Item : Parent { public new int A() => 1; }", "«json q»«q.A»")),
        Wrong("a template over a member that a static one hides", "PG0202", Template("public class Parent { public int A { get; set; } public int C { get; set; } } public class Item : Parent { public static new int A => 1; }", "«json q»«q.A»")),
        Wrong("a template over a member of two interfaces", "PG0202", Template("public interface IOne { int A { get; } } public interface ITwo { string A { get; } int C { get; } } public interface Item : IOne, ITwo;", "«json q»«q.A»")),
        Right("a template over a parameter with a member that is hidden", Template("public class Parent { public int A { get; set; } public int C { get; set; } } public class Item : Parent { internal new string A => \"\"; }", "«json q»«q.C»")),
        Right("a template over a member that the last of three interfaces declares again", Template("public interface IOne { int A { get; } } public interface ITwo { string A { get; } } public interface Item : IOne, ITwo { new int A { get; } }", "«json q»«q.A»")),
        Right("a template over a member without a getter of its own", Template("public class Parent { public virtual int A { get; set; } } public class Item : Parent { public override int A { set { } } }", "«json q»«q.A»")),
        Right("a template over a collection whose count is private", Template("public class Item : IEnumerable<int> { public int Count { private get; set; } public IEnumerator<int> GetEnumerator() => throw null!; System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw null!; }", "«#each q»«this» «@index»«/each»«#if q»some«/if»")),

        Right("an output that is generic over a nested type", """
            public class Outer { public record Item(int A); public enum Kind { A } }
            public record Page<T>(T Value, List<T> Items, T[]? Others);
            public partial class Desk
            {
                [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Page<Outer.Item>> One();
                [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<List<Page<Outer.Kind>>> Two();
                [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<(Page<Outer.Item> First, KeyValuePair<string, Outer.Item> Second)> Three();
            }
            """),
        Right("a bound on a member whose getter it is an error to use", """public class Item { public double A { [Obsolete("no", true)] get; set; } } public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), AcceptWhen("A", AtLeast = 1)] public partial Task<Item> Ask(); }"""),

        Right("a check of the class beside one of the instance", Called("AcceptIf(\"Check\")", "private static bool Check(int value, int other = 1) => true; private int Check(int value, string? other = null) => 1; private bool Other(int value) => true;", ", AcceptIf(\"Other\")")),
        Right("a check of the instance beside one of the class", Called("AcceptIf(\"Check\")", "private bool Check(int value, int other = 1) => true; private static int Check(int value, string? other = null) => 1;")),
        Right("a rule of the class beside one of the instance", Called("RouteWhen(Tier.General, Predicate = \"Check\")", "private static bool Check(string q, int other = 1) => true; private int Check(string q, string? other = null) => 1;")),
        Right("a rule of the instance beside one of the class", Called("RouteWhen(Tier.General, Predicate = \"Check\")", "private bool Check(string q, int other = 1) => true; private static int Check(string q, string? other = null) => 1;")),
        Right("a substitute of the class beside one of the instance", Called("Fallback(\"Check\")", "private static int Check(string q, int other = 1) => 1; private bool Check(string q, string? other = null) => true;")),
        Right("a check with the name of a parameter", """public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«Check»"), AcceptIf("Check")] public partial Task<int> Ask(string Check); private static bool Check(int value, string Check) => Check.Length > value; }"""),
        Wrong("a check by a type that it is an error to use", "PG0413", Called("AcceptIf(\"Check\")", """[Obsolete("no", true)] public class Old { public static implicit operator Old(int value) => new(); } [Obsolete] private static bool Check(Old value) => true;""")),
    ];

    private static string RouteBy(string types, string attribute = "") =>
        $$"""{{Kinds}}{{types}} public partial class Desk { {{attribute}}[RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), PromptTemplate("{{(types.Contains(" C ", StringComparison.Ordinal) ? "«q.C»" : "«json q»")}}"), RouteBy("q", "A", Otherwise = Tier.Fast), RouteCase(Kind.A, Tier.General)] public partial Task<string> Ask(Item q); }""";

    private static string Template(string types, string template) =>
        $$"""{{types}} public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("{{template}}")] public partial Task<string> Ask(Item q); }""";

    private static string Called(string clause, string methods, string more = "") =>
        $$"""public partial class Desk { [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), PromptTemplate("«q»"), {{clause}}{{more}}] public partial Task<int> Ask(string q); {{methods}} }""";
}
