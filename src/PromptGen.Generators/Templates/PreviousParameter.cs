using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary><c>previous</c>: what templates name beside the parameters of the method. It is the rejected answer of an earlier step, and null where there is none.</summary>
/// <param name="Declaration">It as a parameter.</param>
/// <param name="ValueType">The output type in its nullable form, as generated code writes it.</param>
internal sealed record PreviousParameter(ParameterDeclaration Declaration, string ValueType)
{
    public const string Name = "previous";

    /// <summary>The parameter; null where the prompt has no previous answer, or a parameter of the method has the name.</summary>
    public static PreviousParameter? Of(PromptDeclaration declaration)
    {
        if (declaration.OutputShape is not { } output || declaration.IsStream || declaration.Parameters.Any(static parameter => CSharpName.IsSameButForFirstLetter(parameter.Name, Name)))
        {
            return null;
        }

        var value = output.Value.IsValueType ? output.Value with { IsNullable = true } : output.Value;
        var valueType = declaration.OutputType + (output.Value is { IsValueType: true, IsNullable: false } ? "?" : "");
        var type = $"global::PromptGen.Prompts.PreviousAnswer<{valueType}>";
        var members = new EquatableArray<MemberShape>([Member("Answer", ValueShape.String), Member("Reason", ValueShape.String), Member("Value", value)]);
        var shape = new TypeShape(
            new ValueShape(ShapeKind.Object, "PreviousAnswer", IsValueType: false, Object: output.Objects.Count),
            output.Objects.Append(new ObjectShape(type, "PreviousAnswer", members)).ToEquatableArray());
        return new PreviousParameter(new ParameterDeclaration(Name, type, shape, IsSensitive: false, IsUntrusted: true, IsCancellationToken: false), valueType);
    }

    private static MemberShape Member(string name, ValueShape value) => new(name, JsonName.CamelCase(name), value);
}
