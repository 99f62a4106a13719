namespace PromptGen.Generators.Tests.Hostile;

internal static partial class HostileDeclarations
{
    private static IEnumerable<HostileDeclaration> HintNames =>
    [
        Right("two output types that differ in case", """
            public record ID(int A); public record Id(int B);
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<ID> First(); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Id> Second(); }
            """),
        Right("two methods that differ in case", $$"""public partial class Desk { {{Ask}} {{Ask.Replace("Ask", "ASK", StringComparison.Ordinal)}} {{Ask.Replace("Ask", "ask", StringComparison.Ordinal)}} }"""),
        Right("two classes that differ in case", $$"""public partial class Desk { {{Ask}} } public partial class DESK { {{Ask}} }"""),
        new("two namespaces that differ in case", [$$"""namespace Acme.Support { public partial class Desk { {{Ask}} } } namespace Acme.SUPPORT { public partial class Desk { {{Ask}} } }"""]),
        new("two catalogs that differ in case", [$$"""namespace Acme; {{Catalog("Models")}} {{Catalog("MODELS").Replace("Tier.Fast", "Tier.General", StringComparison.Ordinal).Replace("\"m\"", "\"n\"", StringComparison.Ordinal)}} public partial class Desk { {{Ask}} }"""]),
        Right("a nested class with the name of a prompt in another case", $$"""public partial class Desk { {{Ask}} public partial class ask { {{Ask.Replace("Ask", "Tell", StringComparison.Ordinal)}} } }"""),
        new("a class called as the registration's file", [$$"""using Acme; public partial class PromptClients { {{Ask}} }"""]),
        new("a class called as the registration's file in another case", [$$"""using Acme; public partial class promptclients { {{Ask}} }"""]),
        Wrong("a prompt class that is an output type", "PG0301", """public partial class Desk { public int Number { get; set; } [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Desk> Contract(); }"""),
        Right("a prompt called Contract in a class called as the contract of a list", """public record Item(int A); public partial class ListOfItem { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<List<Item>> Contract(); }"""),
        Wrong("a generic class beside one of its name", "PG0101", $$"""public partial class Desk { {{Ask}} } public partial class Desk<T> { {{Ask}} }"""),
        new("a prompt that is declared twice", [$$"""namespace Acme; public partial class Desk { {{Ask}} {{Ask}} }"""], "*") { IsBroken = true },
        new("a class that is declared in two files", [$$"""namespace Acme; public partial class Desk { {{Ask}} }""", $$"""namespace Acme; public partial class Desk { {{Ask}} }"""], "*") { IsBroken = true },
        new("a catalog that is declared in two files", [$$"""namespace Acme; {{Catalog("Models")}} public partial class Desk { {{Ask}} }""", $$"""namespace Acme; {{Catalog("Models")}}"""], "*") { IsBroken = true },
        Right("a prompt called Catalog in a class called as the catalog", $$"""public partial class Models2 { {{Ask.Replace("Ask", "Catalog", StringComparison.Ordinal)}} } {{Catalog("Models2x")}}"""),
        new("a prompt called Catalog in the catalog's class", [$$"""namespace Acme; [ModelCatalog] public partial class Models { [Model("openai", Tier.Fast)] public const string M = "m"; {{Ask.Replace("Ask", "Catalog", StringComparison.Ordinal)}} }"""]),
        Right("a type called as the contract of a list", """
            public record Item(int A); public record ListOfItem(int B);
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<List<Item>> First(); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<ListOfItem> Second(); }
            """),
        Right("a type called as the contract of a nullable one", """
            public record Item(int A); public record NullableItem(int B);
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item?> First(); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<NullableItem> Second(); }
            """),
        Right("a type called as a nested one with an underscore", """
            public class Outer { public record Item(int A); } public record Outer_Item(int B);
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Outer.Item> First(); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Outer_Item> Second(); }
            """),
        Right("generic types whose names read the same", """
            public record Box<T>(T A); public record Box<T, U>(T A, U B); public record Pair<T>(T A); public record Pair<T, U>(T A, U B); public record X(int A); public record Y(int A);
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Pair<Box<X>, Y>> First(); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Pair<Box<X, Y>>> Second(); }
            """),
        new("output types of two namespaces whose names join to one", ["""
            namespace Acme.A { public record B_C(int X); } namespace Acme.A.B { public record C(int X); } namespace Acme.D { public record Box<T>(T Item); public record X(int A);
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Box<Acme.A.B_C>> First(); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Box<Acme.A.B.C>> Second(); } }
            """]),
        Right("a prompt called as the second overload of another", $$"""public partial class Desk { {{Ask}} {{Ask.Replace("string q", "int q", StringComparison.Ordinal)}} {{Ask.Replace("Ask", "Ask1", StringComparison.Ordinal)}} {{Ask.Replace("Ask", "ASK1", StringComparison.Ordinal)}} }"""),
        Right("members called as the cases and the rules of a prompt", """
            public partial class Desk
            {
                [RoutedPrompt(Tier.Fast), PromptTemplate("{{q}}"), RouteBy(nameof(q), Otherwise = Tier.Fast), RouteCase("a", Tier.Fast)] public partial Task<string> Ask(string q); private int AskCases;
                [RoutedPrompt(Tier.Fast), RouteWhen(Tier.Fast, ContainsCode = true)] public partial Microsoft.Extensions.AI.IChatClient Chat(); private int ChatEntry;
            }
            """),
        Right("predicates called as a parameter and as what generated code declares", """
            public partial class Desk
            {
                [RoutedPrompt(Tier.Fast), PromptTemplate("{{q}} {{Is}}"), RouteWhen(Tier.Fast, Predicate = "Is"), RouteWhen(Tier.Fast, Predicate = "entry"), RouteWhen(Tier.Fast, Predicate = "call")] public partial Task<string> Ask(string q, string Is);
                [RoutedPrompt(Tier.Fast), RouteWhen(Tier.Fast, Predicate = "message"), RouteWhen(Tier.Fast, Predicate = "media"), RouteWhen(Tier.Fast, Predicate = "entry")] public partial Microsoft.Extensions.AI.IChatClient Chat();
                private static bool Is(string Is) => Is.Length > 0; private bool entry(string q) => q == ToString(); private bool call(string q) => q == ToString();
                private static bool message(string text) => true; private bool media(string message) => message == ToString();
            }
            """),
        Right("a very long name", $$"""public partial class Desk { {{Ask.Replace("Ask", new string('A', 500), StringComparison.Ordinal)}} {{Ask.Replace("Ask", new string('A', 501), StringComparison.Ordinal)}} }"""),
        Right("names of combining letters", $$"""public partial class De\u0301sk { {{Ask.Replace("Ask", "A\u0301sk\u203f\u0e33", StringComparison.Ordinal)}} }""".Replace("\\u0301", "\u0301", StringComparison.Ordinal)),
        new("a namespace called Manifest", [$$"""namespace Manifest; public record Item(int A); public partial class Desk { [RoutedPrompt(Acme.Tiers.Fast), PromptTemplate("x")] public partial Task<Item> First(); }""".Replace("Acme.Tiers", "Tier", StringComparison.Ordinal)]),
        new("a namespace called Schemas", ["""namespace Schemas; public record Item(int A); public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> First(); }"""]),
        new("a namespace called as a contract", ["""
            namespace Acme.ItemContract { public record Other(int A); } namespace Acme { public record Item(int A);
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Item> First(); [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<ItemContract.Other> Second(); } }
            """]),
        new("a namespace called as a catalog", [$$"""
            namespace Acme.ModelsCatalog { public record Other(int A); } namespace Acme {
            public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<ModelsCatalog.Other> Second(); } }
            """]),
    ];

    private static IEnumerable<HostileDeclaration> MemberNames
    {
        get
        {
            string[] names = ["AskPrompt", "AskRoute", "AskTemplate", "AskAccepts", "_prompts", "PromptDefinitions", "Ask1"];
            foreach (var name in names)
            {
                yield return Right($"a field called {name}", $$"""public partial class Desk { {{Ask}} private readonly int {{name}} = 1; public int Read() => {{name}}; }""");
                yield return Right($"a method called {name}", $$"""public partial class Desk { {{Ask}} private int {{name}}() => 1; public int Read() => {{name}}(); }""");
                yield return Right($"a nested type called {name}", $$"""public partial class Desk { {{Ask}} public sealed class {{name}}; public {{name}} Read() => new(); }""");
                yield return Right($"a generic nested type called {name}", $$"""public partial class Desk { {{Ask}} public sealed class {{name}}<T>; public {{name}}<int> Read() => new(); }""");
                yield return Right($"an inherited field called {name}", $$"""public class Base { protected int {{name}} = 1; } public partial class Desk : Base { {{Ask}} public int Read() => {{name}} + 1; }""");
                yield return Right($"an inherited method called {name}", $$"""public class Base { protected static int {{name}}() => 1; } public partial class Desk : Base { {{Ask}} public int Read() => {{name}}(); }""");
                yield return Right($"a member of the class around called {name}", $$"""public partial class Outer { private static int {{name}}() => 1; public partial class Desk { {{Ask}} public int Read() => {{name}}(); } }""");
                yield return Right($"a type beside the class called {name}", $$"""public sealed class {{name}} { public static int Number => 1; } public partial class Desk { {{Ask}} public {{name}} Read() => new(); public int Number => {{name}}.Number; }""");
                yield return new($"a type by using called {name}", [$$"""namespace Other { public sealed class {{name}} { public static int Number => 1; } }""", $$"""using Other; namespace Acme { public partial class Desk { {{Ask}} public {{name}} Read() => new(); public int Number => {{name}}.Number; } }"""]);
                yield return Right($"an output type called {name}", $$"""public sealed record {{name}}(int Number); public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«q.number»")] public partial Task<{{name}}> Ask({{name}} q); }""");
                yield return Right($"the class itself called {name}", $$"""public partial class {{name}} { {{Ask}} }""");
                yield return Right($"another prompt called {name}", $$"""public partial class Desk { {{Ask}} {{Ask.Replace("string q", "int q", StringComparison.Ordinal)}} {{Ask.Replace("Ask", name, StringComparison.Ordinal)}} }""");
            }

            yield return Right("own names taken twice over", $$"""public partial class Desk { {{Ask}} {{Ask.Replace("Ask", "Ask_", StringComparison.Ordinal)}} private readonly int AskPrompt = 1, AskPrompt_ = 2, Ask_Prompt = 3, Ask__Prompt = 4; public int Read() => AskPrompt + AskPrompt_ + Ask_Prompt + Ask__Prompt; }""");
            yield return Right("members called Contract, Instance, Name", $$"""public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Triage> Ask(); public int Contract, Instance, Name; public class TriageContract; }""");
            yield return Right("a prompt class that derives from one", $$"""public partial class Base { {{Ask}} } public partial class Desk(PromptRuntime prompts) : Base(prompts) { {{Ask.Replace("public", "public new", StringComparison.Ordinal)}} public PromptRuntime Mine => prompts; }""");
            yield return Right("a prompt that overrides", $$"""public abstract class Base { public abstract Task<string> Ask(string q); } public partial class Desk : Base { {{Ask.Replace("public", "public sealed override", StringComparison.Ordinal)}} }""");
            yield return Right("a primary constructor's parameter called as the method's", $$"""public partial class Desk(PromptRuntime q) { {{Ask}} }""");
            yield return Right("a primary constructor's parameter called as the method's, streamed", $$"""public partial class Desk(PromptRuntime q) { {{Ask.Replace("Task<", "IAsyncEnumerable<", StringComparison.Ordinal)}} }""");
            foreach (var member in new[] { "private static int q() => 1;", "public sealed class q;", "private readonly int q = 1; public int Read() => q;", "public static int q { get; } = 1;" })
            {
                yield return Right($"a primary constructor's parameter hidden by {member}", $$"""public partial class Desk(PromptRuntime q) { {{Ask}} {{Ask.Replace("string q", "int n", StringComparison.Ordinal).Replace("«q»", "«n»", StringComparison.Ordinal)}} {{member}} }""");
            }

            yield return Right("a primary constructor's parameter hidden by an inherited member", $$"""public class Base { protected int prompts = 1; } public partial class Desk(PromptRuntime prompts) : Base { {{Ask}} }""");
            yield return Right("a primary constructor's parameter hidden by a member of every type", $$"""public partial class Desk(PromptRuntime Equals) { {{Ask}} }""");
            yield return Right("a primary constructor's parameter beside a private member of the base", $$"""public class Base { private int prompts = 1; public int Read() => prompts; } public partial class Desk(PromptRuntime prompts) : Base { {{Ask}} public PromptRuntime Mine() => prompts; }""");
            yield return Wrong("a class called as the field that its constructor would assign", "PG0102", $$"""public partial class _prompts { public _prompts(PromptRuntime prompts) => prompts.ToString(); {{Ask}} }""");
            yield return Wrong("a member called as the field that the constructor would assign", "PG0102", $$"""public partial class Desk { public Desk(PromptRuntime prompts) => prompts.ToString(); private int _prompts() => 1; public int Read() => _prompts(); {{Ask}} }""");
            yield return Right("a property called as the parameter", $$"""public partial class Desk { public required PromptRuntime q { get; init; } {{Ask}} }""");
            yield return Right("a record's runtime called as the parameter", $$"""public partial record Desk(PromptRuntime q) { {{Ask}} }""");
            yield return Right("a record with the runtime", $$"""public partial record Desk(PromptRuntime Prompts) { {{Ask}} }""");
            foreach (var model in new[] { "AskRoute", "Equals", "ToString", "GetType", "ModelsCatalog", "MemberwiseClone", "Finalize", "@class", "Ask", "Models2" })
            {
                yield return new($"a model called {model}", [$$"""
                    namespace Acme; [ModelCatalog] public static class Models { [Model("openai", Tier.Fast)] public new const string {{model}} = "m"; }
                    public partial class Desk { [RoutedPrompt(Models.{{model}}), PromptTemplate("«q»")] public partial Task<string> Ask(string q); }
                    """.Replace(model is "Equals" or "ToString" or "GetType" or "MemberwiseClone" or "Finalize" ? "\0" : "public new", "public", StringComparison.Ordinal)]);
            }

            foreach (var check in new[] { "value", "value_", "cancellationToken", "reasonOfvalue", "call", "template", "item", "q", "AskAccepts_", "@class", "Ask1" })
            {
                yield return Right($"checks and a fallback called {check}", $$"""
                    public partial class Desk
                    {
                        [RoutedPrompt(Tier.Fast), PromptTemplate("x"), AcceptIf("{{check.TrimStart('@')}}"), AcceptIf(nameof(Later)), Fallback("{{check.TrimStart('@')}}")] public partial Task<int> Ask(string q, CancellationToken call);
                        [RoutedPrompt(Tier.Fast), PromptTemplate("x"), Fallback("{{check.TrimStart('@')}}")] public partial IAsyncEnumerable<string> Tell(int q, CancellationToken template);
                        private string? {{check}}(int value) => value > 0 ? null : "no";
                        private Task<bool> Later(int value, CancellationToken cancellationToken) => Task.FromResult(value > 0 && !cancellationToken.IsCancellationRequested);
                        private static Task<int> {{check}}(string q, CancellationToken call) => Task.FromResult(q.Length);
                        private static async IAsyncEnumerable<string> {{check}}(int q, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken template) { await Task.Yield(); yield return "x"; }
                    }
                    """);
            }
        }
    }

    private static IEnumerable<HostileDeclaration> ParameterNames
    {
        get
        {
            foreach (var word in Words)
            {
                var name = word.TrimStart('@');
                var member = name is "Equals" or "GetHashCode" or "ToString" or "GetType" or "MemberwiseClone" or "ReferenceEquals" or "Finalize" ? "X" : word;
                if (name != "this")
                {
                    yield return Right($"a parameter called {name}", $$"""
                        public partial class Desk
                        {
                            [RoutedPrompt(Tier.Fast), PromptTemplate("«{{name}}»"), Fallback(nameof(Backup))] public partial Task<string> Ask(string {{word}});
                            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General), PromptTemplate("«json {{name}}» «#if {{name}}»«#each {{name}}»«this.A»«@index»«@last»«/each»«/if»"), PromptTemplate("«#each {{name}}»«this.A»«/each»", For = "claude*")]
                            [AcceptWhen("Confidence", AtLeast = 0.5), AcceptIf(nameof(IsGood)), RepairTemplate("«answer»«json {{name}}»«#each violations»«this.message»«/each»")]
                            public partial Task<Triage> Tell(List<Line> {{word}}, CancellationToken cancellationToken2);
                            [RoutedPrompt(Tier.Fast), PromptTemplate("«#unless {{name}}»x«/unless»")] public partial IAsyncEnumerable<string> Flow(bool {{word}});
                            [RoutedPrompt(Tier.Fast), PromptTemplate("«json this»")] public partial Task<string> All(Line? {{word}}, int number);
                            [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Stop(CancellationToken {{word}});
                            public sealed class Line { public int A; }
                            private static bool IsGood(Triage {{word}}) => true;
                            private static string Backup(string {{word}}) => "";
                        }
                        """);
                }

                yield return Right($"members and prompts called {name}", $$"""
                    public sealed class Line { public int {{word}}Is { get; set; } {{(name == "Line" ? "" : $"public string {word} {{ get; set; }} = \"\";")}} }
                    public enum Kind { {{word}}, Other{{name}} }
                    public sealed record Answer([property: Range(0, 5)] int {{member}}, Kind Kind1, Dictionary<Kind, Line> Lines);
                    public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Answer> Ask(); [RoutedPrompt(Tier.Fast), PromptTemplate("«json q»")] public partial Task<List<Line>> Tell(Answer q); }
                    public partial class Desk2 { {{Ask.Replace("Ask", word, StringComparison.Ordinal)}} {{Ask.Replace("Ask", word, StringComparison.Ordinal).Replace("string q", "int q", StringComparison.Ordinal)}} }
                    """);
                if (word is not "@var")
                {
                    yield return new($"class, catalog, namespace and output called {name}", [$$"""
                        namespace Spaces.{{word}}.Inner { {{(member == "X" ? $"public sealed class {word} {{ public int A {{ get; set; }} }}" : $"public sealed record {word}(int A);")}} [ModelCatalog] public static class Models { [Model("openai", Tier.Fast)] public const string {{member}} = "m"; } }
                        namespace Spaces.Others { public static partial class {{word}} { public partial class Tool { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial global::System.Threading.Tasks.Task<global::Spaces.{{word}}.Inner.{{word}}> Say(); } } }
                        """]);
                }
            }
        }
    }

    private static IEnumerable<HostileDeclaration> TypeNames =>
    [
        new("a namespace called PromptGen inside", [$$"""namespace Acme.PromptGen { public partial class Desk { {{Ask}} } }"""]),
        new("a namespace called System inside", [$$"""namespace Acme.System { public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Triage> Ask(CancellationToken x); } }"""]),
        Right("a class called PromptGen", $$"""public static class PromptGen; public partial class Desk { {{Ask}} }"""),
        Right("a class called System", $$"""public static class System; public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<Triage> Ask(CancellationToken x); }"""),
        Right("a class called Task", $$"""public class Task; public partial class Desk { {{Ask.Replace("Task<", "global::System.Threading.Tasks.Task<", StringComparison.Ordinal)}} }"""),
        Right("members called as namespaces", $$"""public partial class Desk { {{Ask}} private readonly int System = 1, PromptGen = 2, Microsoft = 3; public int Read() => System + PromptGen + Microsoft; }"""),
        new("a prompt class called PromptGen", [$$"""namespace Acme; public partial class PromptGen { {{Ask}} }"""]),
        new("a prompt class in the global namespace", [$$"""using Acme; public partial class Desk { {{Ask}} }"""]),
        new("a class called Manifest in PromptGen.Generated", [$$"""using Acme; namespace Other.PromptGen.Generated { public partial class Manifest { {{Ask}} } }"""]),
        Wrong("a type called var", "PG0101", $$"""public class @var; public partial class Desk { {{Ask}} }"""),
        Wrong("a task of the user's own", "PG0101", """public class Task<T>; public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x")] public partial Task<string> Ask(); }"""),
        Wrong("a check that gives a task of the user's own", "PG0413", """public class Task<T>; public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), AcceptIf(nameof(Check))] public partial ValueTask<string> Ask(); private Task<bool> Check(string value) => new(); }"""),
        Wrong("a check of a base class that is private", "PG0413", """public class Base { private bool Check(string value) => true; public bool Use() => Check(""); } public partial class Desk : Base { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), AcceptIf("Check")] public partial Task<string> Ask(); }"""),
        Wrong("a check that takes its value by reference", "PG0413", """public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), AcceptIf("Check")] public partial Task<string> Ask(); private bool Check(ref string value) => true; }"""),
        Wrong("a fallback that takes its value by reference", "PG0413", """public partial class Desk { [RoutedPrompt(Tier.Fast), PromptTemplate("«q»"), Fallback("Back")] public partial Task<string> Ask(string q); private string Back(out string value) => value = ""; }"""),
        Wrong("a private enum as output", "PG0301", """public partial class Desk { private enum Kind { A } [RoutedPrompt(Tier.Fast), PromptTemplate("x")] private partial Task<Kind> Ask(); public Task Use() => Ask(); }"""),
        Wrong("a private enum in a list", "PG0301", """public partial class Desk { private enum Kind { A } [RoutedPrompt(Tier.Fast), PromptTemplate("x")] private partial Task<List<Kind>> Ask(); public Task Use() => Ask(); }"""),
        Wrong("a dictionary with private keys", "PG0301", """public partial class Desk { private enum Kind { A } [RoutedPrompt(Tier.Fast), PromptTemplate("x")] private partial Task<Dictionary<Kind, int>> Ask(); public Task Use() => Ask(); }"""),
        Right("private types as parameters", """public partial class Desk { private record P(int A, Q B); private record struct Q(E C); private enum E { X } [RoutedPrompt(Tier.Fast), PromptTemplate("«json p»«p.B.C»«#each es»«this»«/each»")] private partial Task<string> Ask(P p, E[] es); public Task Use() => Ask(new(1, default), []); }"""),
    ];
}
