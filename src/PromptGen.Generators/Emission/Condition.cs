using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Templates;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the truthiness of Handlebars as a C# condition, by the static type of the value.</summary>
internal static class Condition
{
    public static string Of(BoundPath path, bool isNegated)
    {
        var value = PathExpression.Of(path);
        switch (path.Shape.Kind)
        {
            case ShapeKind.Bool when path.CanBeNull:
                return value + (isNegated ? " != true" : " == true");
            case ShapeKind.Bool when value.IndexOf(' ') >= 0:
                return isNegated ? $"!({value})" : value;
            case ShapeKind.Bool:
                return isNegated ? "!" + value : value;
            case ShapeKind.Text:
                return (isNegated ? "" : "!") + $"string.IsNullOrEmpty({value})";
            case ShapeKind.Number:
                return path.CanBeNull
                    ? value + (isNegated ? " is null or 0" : " is not (null or 0)")
                    : value + (isNegated ? " == 0" : " != 0");
            case ShapeKind.Enumerable or ShapeKind.Dictionary when path.Shape.CountMember is { } count:
                return value + (isNegated ? " is not { " : " is { ") + count + ": > 0 }";
            case ShapeKind.Enumerable or ShapeKind.Dictionary:
                return (isNegated ? "!" : "") + $"global::PromptGen.Prompts.PromptWriter.HasAny({value})";
            default:
                return path.CanBeNull ? value + (isNegated ? " is null" : " is not null") : Literal.Bool(!isNegated);
        }
    }
}
