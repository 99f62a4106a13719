namespace PromptGen.Generators.Tests.Hostile;

/// <summary>A program that is right, though it looks like a mistake: nothing may be reported, and the whole compiles without a warning.</summary>
/// <param name="Name">What looks like a mistake.</param>
/// <param name="Source">The program, beside the catalog and output type of the design in the namespace <c>Acme</c>; one that declares a catalog keeps that alone. <c>«…»</c> is a tag of a template.</param>
internal sealed record CorrectProgram(string Name, string Source)
{
    /// <summary>A file that it names.</summary>
    public (string Path, string Text)? File { get; init; }

    public override string ToString() => Name;
}

/// <summary>Programs without a mistake.</summary>
internal static class CorrectPrograms
{
    private const string Sighted = """
        [ModelCatalog] public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 1, OutputPrice = 2, ContextWindow = 128_000, MaxOutputTokens = 16_384, Features = ModelFeatures.StructuredOutput | ModelFeatures.Vision)] public const string Eye = "eye-1";
            [Model("anthropic", Tier.Fast, InputPrice = 1, OutputPrice = 2, ContextWindow = 128_000, MaxOutputTokens = 8_192)] public const string Blind = "blind-1";
        }
        """;

    public static IEnumerable<CorrectProgram> All => [.. Checks, .. Uses, .. Templates, .. Shapes, .. Outputs, .. Routes, .. Files];

    private static IEnumerable<CorrectProgram> Checks =>
    [
        Desk("a check of a base type", "[AcceptIf(nameof(Check))]", "private static bool Check(object value) => value is not null;"),
        Desk("a check of an interface", "[AcceptIf(nameof(Check))]", "private static bool Check(IEquatable<Triage> value) => value is not null;"),
        Desk("a check with an optional parameter", "[AcceptIf(nameof(Check))]", "private static bool Check(Triage value, double least = 0.5) => value.Confidence > least;"),
        Desk("a check with two optional parameters and a parameter of the prompt", "[AcceptIf(nameof(Check))]", "private bool Check(Triage value, double least = 0.5, string? ticket = null, int most = 3) => value.Confidence > least && ticket!.Length > most;"),
        Desk("a check with params", "[AcceptIf(nameof(Check))]", "private static bool Check(Triage value, params string[] words) => words.Length == 0 && value.Urgency > 1;"),
        Desk("a check by in", "[AcceptIf(nameof(Check))]", "private static bool Check(in Triage value) => value.Urgency > 1;"),
        Desk("a check that takes a parameter as its base type", "[AcceptIf(nameof(Check))]", "private static bool Check(Triage value, IEnumerable<char> ticket) => value.Summary.Length < ticket.Count();"),
        Desk("a check of a nullable answer", "[AcceptIf(nameof(Check))]", "private static string? Check(Triage? value) => value is null ? \"nothing\" : null;"),
        Desk("a check of the base class", "[AcceptIf(\"Check\")]", "", ": Checker", "public class Checker { protected bool Check(Triage value) => value.Urgency > 1; }"),
        Desk("a check that hides one of the base class", "[AcceptIf(nameof(Check))]", "private new bool Check(Triage value) => value.Urgency > 1;", ": Checker", "public class Checker { protected int Check(Triage value) => value.Urgency; }"),
        Desk("overloads of a check", "[AcceptIf(nameof(Check))]", "private static bool Check(object value) => value is not null; private static bool Check(Triage value) => value.Urgency > 1; private static int Check(string value) => value.Length;"),
        Desk("a check and a property of another case", "[AcceptIf(nameof(Check))]", "private bool Check(Triage value) => check(value); private readonly Func<Triage, bool> check = static value => value.Urgency > 0;"),
        Desk("a check that is awaited and takes the token first", "[AcceptIf(nameof(CheckAsync))]", "private static async Task<string?> CheckAsync(CancellationToken stop, Triage answer) { await Task.Delay(1, stop); return answer.Summary.Length > 3 ? null : \"short\"; }"),
        Desk("a check by a score of decimals", "[AcceptIf(nameof(Score), AtLeast = 0.5)]", "private static float? Score(Triage value) => (float)value.Confidence;"),
        Desk("a substitute with an optional parameter", "[Fallback(nameof(Later))]", "private static Triage Later(string ticket, int priority = 3) => new(Queue.Other, priority, ticket, 1);"),
        Desk("a substitute of a base type", "[Fallback(nameof(Later))]", "private static Task<Triage> Later(object ticket, CancellationToken stop = default) => Task.FromResult(new Triage(Queue.Other, 1, ticket.ToString()!, 1));"),
        Desk("a predicate with a converted parameter", "[RouteWhen(Tier.General, Predicate = nameof(IsLong))]", "private static bool IsLong(IEnumerable<char> ticket, int least = 100) => ticket.Count() > least;", route: "Tier.Fast, EscalateTo = Tier.General"),
        Desk("a source with an optional parameter", "[RouteBy(nameof(Kind)), RouteCase(true, Tier.General), RouteCase(false, Tier.Fast)]", "private static bool Kind(string ticket, bool strict = false) => strict || ticket.Length > 9;", route: "Tier.Fast, EscalateTo = Tier.General"),
        Desk("bounds at the ends of a range", "[AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.01, AtMost = 0.99), AcceptWhen(nameof(Triage.Urgency), AtMost = 4)]", ""),
    ];

    private static IEnumerable<CorrectProgram> Uses =>
    [
        Second("a parameter that only a check uses", "[AcceptIf(nameof(Check))]", "private static bool Check(Triage value, int most) => value.Urgency <= most;"),
        Second("a parameter that only a substitute uses", "[Fallback(nameof(Later))]", "private static Triage Later(string ticket, int most) => new(Queue.Other, most, ticket, 1);"),
        Second("a parameter that only the template for repairs uses", "[RepairTemplate(\"Again, at most «most»: «#each violations»«message»«/each»\")]", ""),
        Second("a parameter that only a rule uses", "[RouteWhen(Tier.General, Predicate = nameof(IsHard))]", "private static bool IsHard(int most) => most > 3;"),
        Second("a parameter that only routes", "[RouteBy(nameof(most)), RouteCase(3, Tier.General)]", ""),
        Second("a parameter that only a judge sees", "[AcceptIf(nameof(JudgeAsync))]", "[RoutedPrompt(Tier.Deep)] [PromptTemplate(\"«json answer»«most»\")] public partial Task<bool> JudgeAsync(Triage answer, int most);", catalog: Deep),
        new("a parameter used by two templates in different ways", """
            public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«ticket»")] [PromptTemplate("«#if ticket»«ticket»«/if»", For = "claude*")] public partial Task<Triage> AskAsync(string ticket); }
            """),
        new("a sensitive parameter that only the template of own models has", """
            public sealed partial class Desk { [RoutedPrompt(Tier.SelfHosted)] [PromptTemplate("«ticket» «name»")] public partial Task<Triage> AskAsync(string ticket, [Sensitive] string name); }
            """),
    ];

    private static IEnumerable<CorrectProgram> Templates =>
    [
        new("an image for those models only that can see", Sighted + """
            public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«note»«media url=image»", For = "eye*")] [PromptTemplate("«note»«#if image»There is an image.«/if»")]
            public partial Task<string> AskAsync(string note, Microsoft.Extensions.AI.DataContent image); }
            """),
        new("an image in the template of a named model", Sighted + """
            public sealed partial class Desk { [RoutedPrompt(Models.Blind, Models.Eye)] [AcceptIf(nameof(Check))] [PromptTemplate("«note»«#if image»There is an image.«/if»")] [PromptTemplate("«note»«media url=image»", For = Models.Eye)]
            public partial Task<string> AskAsync(string note, Microsoft.Extensions.AI.DataContent image); private static bool Check(string value) => value.Length > 3; }
            """),
        Text("braces of another language", "Write a C# interpolation like $@\\\"{name}\\\" or a set {1, 2}. «ticket»"),
        Text("a comment that looks like a tag", "«! «ticket» is left out »«ticket»"),
        Text("a placeholder in quotes", "'«ticket»' and \\\"«ticket»\\\""),
        Text("a condition on text", "«#if ticket»«ticket»«else»Nothing was sent.«/if»"),
        Text("white space control", "«~#if ticket~» «ticket» «~/if~»"),
        Text("a literal of another template language", "{% if ticket %} ${ticket} <%= ticket %> «ticket»"),
        Text("an order of messages", "«role \\\"system\\\"»Be brief.«role \\\"user\\\"»One.«role \\\"model\\\"»Two.«role \\\"user\\\"»«ticket»"),
        new("a loop with its index and the outside", """
            public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«#each lines»«@index»/«../title»: «this»«#unless @last», «/unless»«/each»")] public partial Task<string> AskAsync(string title, IReadOnlyList<string> lines); }
            """),
        new("members of a record through an interface", """
            public interface INamed { string Name { get; } } public sealed record Customer(string Name, int Age) : INamed;
            public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«customer.name» «customer.age» «json customer»")] public partial Task<string> AskAsync(Customer customer); }
            """),
        new("a member of a base class and of a dictionary", """
            public class Person { public string Name { get; set; } = ""; } public class Customer : Person { public Dictionary<string, int> Orders { get; set; } = []; }
            public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«customer.name»«#each customer.orders»«@key»: «this»«/each»")] public partial Task<string> AskAsync(Customer customer); }
            """),
    ];

    private static IEnumerable<CorrectProgram> Shapes =>
    [
        new("names that are keywords", """public sealed partial class @class { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«event»")] public partial Task<string> @async(string @event); }"""),
        new("a class in three parts", """public partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial Task<string> Ask(string a); } partial class Desk { private static bool Check(string value) => value.Length > 1; } partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»"), AcceptIf(nameof(Check))] public partial Task<string> Tell(string a); }"""),
        new("an abstract class and one that derives from it", """public abstract partial class Base { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public virtual partial Task<string> Ask(string a); } public sealed partial class Desk : Base { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»!")] public override partial Task<string> Ask(string a); public Desk(PromptRuntime prompts) : base(prompts) => _prompts = prompts; }"""),
        new("an interface that the class implements", """public interface IDesk { Task<string> AskAsync(string a, CancellationToken stop = default); } public sealed partial class Desk : IDesk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial Task<string> AskAsync(string a, CancellationToken stop); }"""),
        new("overloads", """public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial Task<string> Ask(string a); [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial Task<string> Ask(int a); [RoutedPrompt(Tier.Fast)] [PromptTemplate("«json a»")] public partial Task<string> Ask(int[] a); }"""),
        new("a nested class", """public static partial class Outer { internal sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] internal partial Task<Own> Ask(string a); internal sealed record Own(int A); } }"""),
        new("a private prompt with a private output", """public sealed partial class Desk { private enum Mood { Good, Bad } public async Task<bool> IsGood(string a) => await Ask(a) == "good"; [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] private partial Task<string> Ask(string a); private static Mood? Last => null; public string? Text => Last?.ToString(); }"""),
        new("a record with a primary constructor", """public sealed partial record Desk(PromptRuntime Prompts, string Product) { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial Task<string> Ask(string a); }"""),
        new("a constructor that calls another", """public sealed partial class Desk { public Desk(PromptRuntime prompts, string product) { _prompts = prompts; Product = product; } public Desk(PromptRuntime prompts) : this(prompts, "none") { } public string Product { get; } [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial Task<string> Ask(string a); }"""),
        new("streams of all kinds", """public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial IAsyncEnumerable<string> Text(string a, CancellationToken stop = default); [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial IAsyncEnumerable<Triage> Items(string a); [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial IAsyncEnumerable<PromptSnapshot<Triage>> Grow(string a); }"""),
        new("default values of parameters", """public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»«b»«c»«d»")] public partial Task<string> Ask(string a = "x\"y", int b = -1, Queue c = Queue.Other, double? d = null); }"""),
    ];

    private static IEnumerable<CorrectProgram> Outputs =>
    [
        Output("a required member and a constructor", "public sealed class Own { public required int A { get; init; } public string B { get; set; } = \"b\"; public int C { get; private set; } }"),
        Output("a constructor that sets properties of another type", "public sealed class Own(IEnumerable<string> tags) { public IReadOnlyList<string> Tags { get; } = [.. tags]; }"),
        Output("a class that derives from a class", "public class Base { public int A { get; set; } } public sealed class Own : Base { public string? B { get; set; } }"),
        Output("an override and a new member", "public class Base { public virtual int A { get; set; } public object B { get; set; } = 1; } public sealed class Own : Base { public override int A { get; set; } public new string B { get; set; } = \"\"; }"),
        Output("a generic record", "public sealed record Own(Pair<int> A, List<Pair<string>> All); public sealed record Pair<T>(T First, T Second);"),
        Output("a tagged union of nested cases", "[JsonDerivedType(typeof(Circle), \"circle\"), JsonDerivedType(typeof(Square), \"square\")] public abstract record Own { public sealed record Circle(double R) : Own; public sealed record Square(double A) : Own; }"),
        Output("a struct with a constructor", "public readonly record struct Own(int A, string B = \"b\");"),
        Output("a check of the type", "[ContractCheck(nameof(Check))] public sealed record Own(int A, int B) { internal static string? Check(Own value) => value.A <= value.B ? null : \"A is above B\"; }"),
        Output("a range that excludes an end", "public sealed record Own([property: Range(0, 1, MinimumIsExclusive = true)] double A, [property: AllowedValues(\"a\", null)] string? B);"),
        Output("a JSON name that is another member's name in C#", "public sealed record Own([property: JsonPropertyName(\"b\")] int A, [property: JsonPropertyName(\"a\")] int B);"),
        Output("an ignored member", "public sealed class Own { public int A { get; set; } [JsonIgnore] public IServiceProvider? Services { get; set; } }"),
        new("the type of another assembly", """public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial Task<KeyValuePair<string, DayOfWeek>> Ask(string a); [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] public partial Task<(int Count, List<TimeOnly> Times)> Tell(string a); }"""),
    ];

    private static IEnumerable<CorrectProgram> Routes =>
    [
        Desk("a fallback that is weaker", "", "", route: "Tier.General, Fallbacks = [Models.Mini]"),
        Desk("models in the order of their strength", "", "", route: "Models.Mini, Models.Haiku, Models.Sonnet"),
        Desk("an entry above the first step", "[RouteWhen(Tier.General, MinInputTokens = 500)]", "", route: "Tier.Fast, EscalateTo = Tier.General"),
        Desk("all values with a case, two of them the same", "[RouteBy(nameof(Kind)), RouteCase(Queue.Billing, Tier.Fast), RouteCase(Queue.Account, Tier.Fast), RouteCase(Queue.Technical, Tier.General), RouteCase(Queue.Other, Tier.General)]", "private static Queue Kind(string ticket) => ticket.Length > 3 ? Queue.Other : Queue.Billing;", route: "Tier.Fast, EscalateTo = Tier.General"),
        Desk("a vote of three by a member", "[Ensemble(Models.Mini, Models.Haiku, Models.Sonnet, On = nameof(Triage.Queue))]", "", route: ""),
        Desk("a budget that is enough and a deadline that is long", "[Budget(5), Deadline(120)]", "", route: "Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300"),
        Desk("a text that cannot be rejected and does not escalate", "", "", output: "string", route: "Tier.Fast"),
        Desk("numbers at the ends of what they can mean", "", "", route: "Tier.Fast, Temperature = 0, Repairs = 0, MaxOutputTokens = 8192"),
        new("a route as a client", """public sealed partial class Desk { [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)] [RouteWhen(Tier.General, ContainsCode = true)] public partial Microsoft.Extensions.AI.IChatClient Chat(); }"""),
    ];

    private static IEnumerable<CorrectProgram> Files =>
    [
        new("a schema with remarks and a property called like a keyword", """public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«a»")] [OutputSchema("Schemas/own.schema.json")] public partial Task<System.Text.Json.JsonElement> Ask(string a); }""")
        {
            File = ("/project/Schemas/own.schema.json", """{ "type": "object", "properties": { "required": { "type": "boolean" }, "_format": { "type": "string" } }, "required": ["required", "_format"], "additionalProperties": false, "x-_format": "off" }"""),
        },
        new("a file with Windows line ends, a mark at its start and emoji", """public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate(File = "Prompts/own.prompt")] public partial Task<string> Ask(string a); }""")
        {
            File = ("/project/Prompts/own.prompt", "\uFEFF{{role \"system\"}}\r\nBe kind 🙂.\r\n{{role \"user\"}}\r\n{{a}} 👩‍💻 {{#if a}}{{a}}{{/if}}\r\n"),
        },
    ];

    private static readonly string Deep = Pipeline.Sources.Models.Replace("namespace Acme;", "", StringComparison.Ordinal).Replace("Tier.SelfHosted", "Tier.Deep, InputPrice = 9, OutputPrice = 9", StringComparison.Ordinal);

    private static CorrectProgram Desk(string name, string clauses, string members, string bases = "", string other = "", string route = "Tier.Fast", string output = "Triage") => new(name, $$"""
        {{other}}
        public sealed partial class Desk {{bases}} { [RoutedPrompt({{route}})] [PromptTemplate("«ticket»")] {{clauses}} public partial Task<{{output}}> AskAsync(string ticket); {{members}} }
        """);

    private static CorrectProgram Second(string name, string clauses, string members, string catalog = "") => new(name, $$"""
        {{catalog}}
        public sealed partial class Desk { [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)] [PromptTemplate("«ticket»")] {{clauses}} public partial Task<Triage> AskAsync(string ticket, int most); {{members}} }
        """);

    private static CorrectProgram Text(string name, string text) => new(name, $$"""
        public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("{{text}}")] public partial Task<string> AskAsync(string ticket); }
        """);

    private static CorrectProgram Output(string name, string types) => new(name, $$"""
        {{types}}
        public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("«ticket»")] public partial Task<Own> AskAsync(string ticket); }
        """);
}
