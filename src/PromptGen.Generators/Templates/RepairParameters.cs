using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>What a repair template can name.</summary>
internal static class RepairParameters
{
    private static readonly TypeShape ViolationsShape = new(
        new ValueShape(ShapeKind.Enumerable, "IReadOnlyList<>", IsValueType: false, Element: new ValueShape(ShapeKind.Object, "SchemaViolation", IsValueType: false, Object: 0), CountMember: "Count"),
        new([new ObjectShape("global::PromptGen.SchemaViolation", "SchemaViolation", new([Text("Pointer"), Text("Expected"), Text("Actual"), Text("Message")]))]));

    private static readonly ParameterDeclaration[] Own =
    [
        new("violations", "global::System.Collections.Generic.IReadOnlyList<global::PromptGen.SchemaViolation>", ViolationsShape, false, IsUntrusted: true, false),
        new("answer", "string", new TypeShape(ValueShape.String), false, IsUntrusted: true, false),
    ];

    /// <summary>The violations and the answer; for a template on the prompt's method also the prompt's parameters, except those of the same names.</summary>
    public static EquatableArray<ParameterDeclaration> Of(PromptDeclaration declaration)
    {
        IEnumerable<ParameterDeclaration> parameters = declaration.Repair is { IsOwn: true }
            ? Own.Concat(declaration.Parameters.Where(static parameter => parameter.IsData && Own.All(own => own.Name != parameter.Name)))
            : Own;
        return parameters.ToEquatableArray();
    }

    /// <summary>Whether a repair template's parameter of that name is what the model answered, or what was wrong with it.</summary>
    public static bool QuotesAnswer(string parameter) => Own.Any(own => own.Name == parameter);

    private static MemberShape Text(string name) => new(name, JsonName.CamelCase(name), ValueShape.String);
}
