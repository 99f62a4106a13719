using System.Text;

namespace PromptGen.Generators.Tests.Hostile.Drawn;

/// <summary>Draws the types of answers, members and parameters, and writes the declarations of those that are the program's own.</summary>
internal sealed class DrawnTypes(Dice dice)
{
    private static readonly string[] s_scalars =
    [
        "int", "string", "string?", "double", "decimal", "bool", "long?", "byte", "char", "Guid", "DateTimeOffset", "DateOnly?", "TimeSpan", "Uri", "System.Numerics.BigInteger", "Int128", "float", "byte[]", "object",
        "System.Text.Json.JsonElement", "System.Text.Json.Nodes.JsonObject?", "DayOfWeek", "Half", "DateTime", "uint",
    ];

    private static readonly string[] s_unsupported = ["nint", "Version", "Type", "dynamic", "int[,]", "Action", "Exception", "IDisposable", "Task<int>"];

    private static readonly string[] s_constraints =
    [
        "Range(1, 5)", "Range(typeof(decimal), \"0\", \"1\")", "MaxLength(3)", "MinLength(1)", "StringLength(5, MinimumLength = 2)", "Length(1, 3)", "RegularExpression(\"[a-z]+\")", "AllowedValues(\"a\", \"b\")", "AllowedValues(1, 2)",
        "DeniedValues(3)", "Description(\"what it is\")", "Required", "JsonPropertyName(\"other\")", "JsonIgnore", "EmailAddress", "Url", "JsonRequired", "Obsolete", "Base64String", "DefaultValue(7)", "JsonConverter(typeof(JsonStringEnumConverter))",
        "JsonExtensionData", "JsonInclude", "Phone", "JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)",
    ];

    private readonly List<string> _names = [];
    private readonly StringBuilder _declarations = new();

    public string Declarations => _declarations.ToString();

    /// <summary>A type that is an answer or part of one, mostly.</summary>
    public string Draw(int depth = 2) => dice.Number(0, 11) switch
    {
        0 or 1 or 2 => dice.Wrong(8) ? dice.Pick(s_unsupported) : dice.Pick(s_scalars),
        3 when depth > 0 => Wrapped(Draw(depth - 1)),
        4 when depth > 0 => $"({Draw(0)} First, {Draw(0)} Second)",
        5 => (dice.Wrong(2) ? dice.Pick(DrawnLibrary.Types) : dice.Pick(DrawnLibrary.Usable)) + dice.Maybe(4, "?"),
        6 when depth > 0 => Generic(depth),
        7 when _names.Count > 0 => dice.Pick(_names.ToArray().AsSpan()),
        _ when depth > 0 => Declare(depth),
        _ => dice.Pick(s_scalars),
    };

    private string Wrapped(string type) => dice.Number(0, 11) switch
    {
        0 => type.TrimEnd('?') + "[]",
        1 => $"List<{type}>",
        2 => $"IReadOnlyList<{type}>",
        3 => $"Dictionary<string, {type}>",
        4 => $"Dictionary<DayOfWeek, {type}>",
        5 => $"ImmutableArray<{type}>",
        6 => $"HashSet<{type}>",
        7 => $"IReadOnlyDictionary<int, {type}>",
        8 => dice.Mostly(2, $"List<{type}>", $"KeyValuePair<string, {type}>"),
        9 => dice.Mostly(2, $"IReadOnlyCollection<{type}>", $"SortedSet<{type}>", $"LinkedList<{type}>"),
        10 => dice.Mostly(2, $"{type.TrimEnd('?')}[]", $"Queue<{type}>"),
        _ => $"IEnumerable<{type}>",
    };

    private string Generic(int depth)
    {
        var name = dice.Name("Page");
        var constraint = dice.Pick("", "", " where T : notnull", " where T : class", " where T : new()");
        _declarations.AppendLine(dice.Once(2)
            ? $"public record {name}<T>(T Value, List<T> Items, T? Other = default){constraint};"
            : $"public class {name}<T>{constraint} {{ public T Value {{ get; set; }} = default!; public class Inner {{ public T A {{ get; set; }} = default!; }} public Inner? Nested {{ get; set; }} }}");
        return $"{name}<{(constraint.Length == 0 ? Draw(depth - 1) : constraint.Contains("notnull", StringComparison.Ordinal) ? "int" : "Lib.HalfClosed")}>{dice.Maybe(4, ".Inner")}".Replace(".Inner", _declarations.ToString().Contains($"class {name}<T>", StringComparison.Ordinal) ? ".Inner" : "", StringComparison.Ordinal);
    }

    private string Declare(int depth)
    {
        var name = dice.Name("T");
        switch (dice.Number(0, 8))
        {
            case 0:
                _declarations.AppendLine(dice.Once(3) ? $"[Flags] public enum {name} : {dice.Pick("byte", "long", "int")} {{ None = 0, A = 1, B = 2 }}" : $"public enum {name} {{ A, B, {dice.Pick("C", "@class", "D = 0")} }}");
                break;
            case 1 or 2:
                DeclareRecord(name, depth);
                break;
            case 3:
                DeclareUnion(name, depth);
                break;
            case 4:
                _declarations.AppendLine($"public interface I{name} {{ int A {{ get; }} }} public class {name} : I{name}{dice.Maybe(2, ", IValidatableObject")} {{ public int A {{ get; set; }} public IEnumerable<ValidationResult> Validate(ValidationContext context) => []; }}");
                break;
            default:
                DeclareClass(name, depth);
                break;
        }

        _names.Add(name);
        return name;
    }

    private void DeclareRecord(string name, int depth)
    {
        var parameters = Enumerable.Range(0, dice.Number(1, 4)).Select(index => (Type: Draw(depth - 1), Name: "P" + index.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToArray();
        var kind = dice.Pick("record", "sealed record", "record struct", "readonly record struct");
        var isDefault = dice.Once(3);
        var list = string.Join(", ", parameters.Select((parameter, index) =>
            $"{Constraint("property: ")}{parameter.Type} {parameter.Name}{(isDefault && index == parameters.Length - 1 ? " = default!" : "")}"));
        var body = dice.Pick(";", ";", ";", " { public int Extra { get; init; } }", " { public required string Extra { get; init; } }", $" {{ public {name}() : this({string.Join(", ", parameters.Select(static _ => "default!"))}) {{ }} }}");
        _declarations.AppendLine($"{dice.Mostly(8, "", "[ContractCheck(\"Check\")] ")}public {kind} {name}({list}){body}");
    }

    private void DeclareClass(string name, int depth)
    {
        var parent = dice.Once(4) ? dice.Pick("Lib.Named", "Lib.Derived", "Lib.ProtectedSet", "Lib.HalfClosed", "Lib.Fields", "Lib.InternalInit") : null;
        var members = string.Concat(Enumerable.Range(0, dice.Number(dice.Wrong(4) ? 0 : 1, 4)).Select(index => Member($"M{index}", Draw(depth - 1))));
        var constructor = dice.Number(0, dice.Wrong(2) ? 11 : 40) switch
        {
            0 => $"private {name}() {{ }} ",
            1 => $"protected {name}() {{ }} ",
            2 => $"internal {name}() {{ }} ",
            3 => $"public {name}(int m0) {{ }} ",
            4 => $"public {name}(int m0, int m1 = 3) {{ }} public {name}() {{ }} ",
            5 => $"[JsonConstructor] public {name}(int m0) {{ }} public {name}() {{ }} ",
            6 => $"public {name}({dice.Pick("in", "ref", "ref readonly")} int m0) {{ }} ",
            7 => $"public {name}(params int[] m0) {{ }} ",
            8 => $"[JsonConstructor] private {name}(string m0) {{ }} public {name}(int a, int b) {{ }} ",
            _ => "",
        };
        var kind = parent is not null ? "class" : constructor.Length == 0 ? dice.Pick("class", "sealed class", "struct", "partial class", dice.Mostly(2, "class", "abstract class"), "readonly struct") : "class";
        members = kind == "readonly struct" ? members.Replace("set;", "init;", StringComparison.Ordinal) : members;
        members = kind.EndsWith("struct", StringComparison.Ordinal) ? members.Replace("} = default!;", "}", StringComparison.Ordinal).Replace(" = default!;", ";", StringComparison.Ordinal) : members;
        var attributes = dice.Maybe(8, "[ContractCheck(\"Check\")] ");
        var check = attributes.Length == 0 ? "" : Check(name);
        _declarations.AppendLine($"{attributes}{dice.Mostly(4, "public", "internal")} {kind} {name}{(parent is null ? "" : " : " + parent)} {{ {(kind.EndsWith("struct", StringComparison.Ordinal) ? "" : constructor)}{members}{check}}}");
    }

    private string Member(string name, string type) => Constraint("") + dice.Number(dice.Wrong(2) ? 0 : 1, 20) switch
    {
        0 => $"public {type} {name} {{ get; }} = default!; ",
        1 => $"public {type} {name} {{ get; init; }} = default!; ",
        2 => $"public required {type} {name} {{ get; set; }} ",
        3 => $"public {type} {name} {{ get; private set; }} = default!; ",
        4 => $"public {type} {name} {{ get; internal set; }} = default!; ",
        5 => $"internal {type} {name} {{ get; set; }} = default!; ",
        6 => $"public {type} {name} = default!; ",
        7 => $"private {type} {name} {{ get; set; }} = default!; ",
        8 => $"public static {type} {name} {{ get; set; }} = default!; ",
        9 => $"public {type} {name} {{ set {{ }} }} ",
        10 => $"public {type} {name} {{ private get; set; }} = default!; ",
        _ => $"public {type} {name} {{ get; set; }} = default!; ",
    };

    private string Constraint(string target) => dice.Once(4) ? $"[{target}{(dice.Wrong(3) ? dice.Pick(s_constraints) : dice.Pick("Description(\"what\")", "JsonPropertyName(\"other\")"))}] " : "";

    private string Check(string name) => dice.Number(0, dice.Wrong(2) ? 5 : 12) switch
    {
        0 => $"private static string? Check({name} value) => null; ",
        1 => $"public static string? Check(ref {name} value) => null; ",
        2 => $"public static string? Check(in {name} value) => null; ",
        3 => "public static string? Check(object value) => null; ",
        4 => $"public string? Check({name} value) => null; ",
        5 => $"public static string? Check({name} value, int other = 1) => null; ",
        _ => $"public static string? Check({name} value) => null; ",
    };

    private void DeclareUnion(string name, int depth)
    {
        var isTagged = dice.Once(2);
        var first = dice.Name("C");
        var second = dice.Name("C");
        var home = dice.Pick("", "", name);
        var cases = $"public {dice.Mostly(4, "", "sealed ", "abstract ")}record {first}(int A, {Draw(depth - 1)} B) : {name}; {dice.Mostly(2, "public", "internal", home.Length > 0 ? "private" : "internal", "file")} record {second}(string C) : {name};".Replace("file", home.Length > 0 ? "protected" : "file", StringComparison.Ordinal);
        var prefix = home.Length > 0 ? name + "." : "";
        var tags = isTagged ? $"[JsonDerivedType(typeof({prefix}{first}), \"first\"){(cases.Contains("file", StringComparison.Ordinal) || cases.Contains("private", StringComparison.Ordinal) || cases.Contains("protected", StringComparison.Ordinal) ? "" : $", JsonDerivedType(typeof({prefix}{second}){dice.Mostly(2, ", \"second\"", ", 2", "", ", \"first\"")})")}] " : "";
        _declarations.AppendLine(home.Length > 0 ? $"{tags}public abstract record {name} {{ {cases} }}" : $"{tags}public abstract record {name}; {cases}");
    }
}
