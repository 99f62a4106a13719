using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PromptGen.Generators.Tests.Contracts.Drawn;

/// <summary>Draws output types and writes their declarations.</summary>
internal sealed class TypeDrawing(Random random)
{
    private const string Enums = """
        public enum Mood { Good, Bad }
        [Flags] public enum Access { None = 0, Read = 1, Write = 2 }

        """;

    private static readonly DrawnType.Scalar[] s_scalars =
    [
        new("bool", "", static random => DrawnJson.Of(random.Next(2) == 0 ? "true" : "false"), static json => json.ValueKind is JsonValueKind.True or JsonValueKind.False),
        new("int", "", static random => DrawnJson.Of(Text(random.Next())), static json => IsInteger(json, int.MinValue, int.MaxValue)),
        new("int", "Range(1, 5)", static random => DrawnJson.Of(Text(random.Next(1, 6))), static json => IsInteger(json, 1, 5)),
        new("byte", "DeniedValues(6)", static random => DrawnJson.Of(Text(random.Next(7, 256))), static json => IsInteger(json, 0, 255) && json.GetDecimal() != 6),
        new("ulong", "", static random => DrawnJson.Of("18446744073709551615"), static json => IsInteger(json, 0, ulong.MaxValue)),
        new("Int128", "Range(0, 1000)", static random => DrawnJson.Of(Text(random.Next(1001))), static json => IsInteger(json, 0, 1000)),
        new("double", "Range(0, 1, MinimumIsExclusive = true)", static random => DrawnJson.Of(random.Next(2) == 0 ? "0.5" : "1"), static json => json.ValueKind == JsonValueKind.Number && json.GetDouble() is > 0 and <= 1),
        new("decimal", "", static random => DrawnJson.Of("-1.25"), static json => json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out _)),
        new("string", "", static random => DrawnJson.OfText("t\u00e4\"x\ud83d\ude00"), static json => json.ValueKind == JsonValueKind.String),
        new("string", "StringLength(4, MinimumLength = 1)", static random => DrawnJson.OfText("ab"), static json => json.ValueKind == JsonValueKind.String && json.GetString()!.Length is >= 1 and <= 4),
        new("string", "RegularExpression(\"[a-c]+\")", static random => DrawnJson.OfText("abc"), static json => json.ValueKind == JsonValueKind.String && Regex.IsMatch(json.GetString()!, "\\A[a-c]+\\z")),
        new("string", "AllowedValues(\"a\", \"Good\")", static random => DrawnJson.OfText("a"), static json => json.ValueKind == JsonValueKind.String && json.GetString() is "a" or "Good"),
        new("char", "", static random => DrawnJson.OfText("a"), static json => json.ValueKind == JsonValueKind.String && json.GetString()!.Length == 1),
        new("Guid", "", static random => DrawnJson.OfText("6f9619ff-8b86-d011-b42d-00c04fc964ff"), static json => json.ValueKind == JsonValueKind.String && Guid.TryParseExact(json.GetString(), "D", out _)),
        new("DateOnly", "", static random => DrawnJson.OfText("2026-11-22"), static json => json.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        new("Mood", "", static random => DrawnJson.OfText("Bad"), static json => json.ValueKind == JsonValueKind.String && json.GetString() is "Good" or "Bad"),
        new("Access", "", static random => new DrawnJson.Array([DrawnJson.OfText("Read")]), static json => json.ValueKind == JsonValueKind.Array
            && json.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String && item.GetString() is "Read" or "Write")
            && json.EnumerateArray().DistinctBy(static item => item.GetString()).Count() == json.GetArrayLength()),
    ];

    private readonly StringBuilder _declarations = new(Enums);
    private int _names;

    public string Declarations => _declarations.ToString();

    /// <summary>An object type that no other one is like.</summary>
    public DrawnType.Object Draw() => Object(3, "");

    private DrawnType.Object Object(int depth, string rest, string? tag = null)
    {
        var name = Name("T");
        var members = Enumerable.Range(0, random.Next(1, 5)).Select(index => Member(depth - 1, isRequired: index == 0)).OrderByDescending(static member => member.IsRequired).ToList();
        var parameters = members.Select(static member =>
            (member.Type.Attributes.Length == 0 ? "" : $"[{member.Type.Attributes}] ") + $"{member.Type.CSharp} {member.Name}" + (member.IsRequired ? "" : member.Type is DrawnType.Nullable ? " = null" : " = default"));
        _declarations.AppendLine(CultureInfo.InvariantCulture, $"public sealed record {name}({string.Join(", ", parameters)}){rest};");
        return new DrawnType.Object(name, tag is null ? members : [TagOf(tag), .. members]);
    }

    private static DrawnMember TagOf(string tag) =>
        new("kind", new DrawnType.Scalar("string", "", _ => DrawnJson.OfText(tag), json => json.ValueKind == JsonValueKind.String && json.GetString() == tag), true, IsTag: true);

    private DrawnMember Member(int depth, bool isRequired)
    {
        var type = Type(depth);
        return new DrawnMember(Name("m"), type, isRequired || random.Next(3) > 0 || type is not (DrawnType.Nullable or DrawnType.Scalar { CSharp: not "string" }));
    }

    private DrawnType Type(int depth)
    {
        var type = depth <= 0 ? Scalar() : random.Next(8) switch
        {
            0 => Object(depth, ""),
            1 => new DrawnType.List(Type(depth - 1), 0, 3),
            2 => new DrawnType.Map("string", static _ => true, ["a", "b c", ""], Type(depth - 1)),
            3 => new DrawnType.Map("int", static key => int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Text(number) == key, ["0", "-7", "12"], Type(depth - 1)),
            4 => new DrawnType.Map("Mood", static key => key is "Good" or "Bad", ["Good", "Bad"], Type(depth - 1)),
            5 => Union(depth),
            _ => (DrawnType)Scalar(),
        };

        // Null is not one of the allowed values: whether a nullable type may have the attribute is not tested here.
        return random.Next(4) == 0 && !type.Attributes.Contains("AllowedValues", StringComparison.Ordinal) ? new DrawnType.Nullable(type) : type;
    }

    private DrawnType.Scalar Scalar() => s_scalars[random.Next(s_scalars.Length)];

    private DrawnType.Union Union(int depth)
    {
        var name = Name("U");
        var isTagged = random.Next(2) == 0;
        var cases = Enumerable.Range(0, random.Next(2, 4)).Select(index => Object(depth - 1, " : " + name, isTagged ? "abc"[index].ToString() : null)).ToList();
        if (isTagged)
        {
            _declarations.AppendLine("[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\")]");
            for (var i = 0; i < cases.Count; i++)
            {
                _declarations.AppendLine(CultureInfo.InvariantCulture, $"[JsonDerivedType(typeof({cases[i].Name}), \"{"abc"[i]}\")]");
            }
        }

        _declarations.AppendLine(CultureInfo.InvariantCulture, $"public abstract record {name};");
        return new DrawnType.Union(name, cases);
    }

    private string Name(string prefix) => prefix + Text(++_names);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsInteger(JsonElement json, decimal least, decimal most) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number >= least && number <= most;
}
