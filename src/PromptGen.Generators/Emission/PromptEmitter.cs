using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the file of one prompt: route, definition, method, templates.</summary>
internal static class PromptEmitter
{
    /// <summary>The file's text, or null where no implementing part may be written and the analyzers alone have the word.</summary>
    public static string? Emit(PromptPlan plan)
    {
        if (!plan.CanEmit)
        {
            return EmitStub(plan.Declaration);
        }

        var writer = GeneratedFile.Begin();
        RouteComment.Write(writer, plan);
        var opened = writer.OpenContainer(plan.Declaration.Container);
        new PromptBody(writer, plan).Write();
        writer.CloseAll(opened);
        return writer.Finish();
    }

    /// <summary>
    /// A part that throws, or null where none may be written. Without an implementing part the compiler reports errors of its own before it runs an analyzer,
    /// and nothing would explain them.
    /// </summary>
    public static string? EmitStub(PromptDeclaration declaration)
    {
        if (!declaration.CanImplement || !declaration.Container.AllPartial)
        {
            return null;
        }

        var writer = GeneratedFile.Begin();
        var opened = writer.OpenContainer(declaration.Container);
        if (declaration is { Clause: null, TypeParameters: "" })
        {
            // Prompts that call this one name its definition.
            writer.Attributes(AcceptanceEmitter.IsObsolete(declaration));
            writer.Line($"private static readonly global::PromptGen.Routing.PromptDefinition<{declaration.OutputType}> {declaration.Stem}Prompt = null!;").Line();
        }

        writer
            .Line("// This prompt could not be written: the PG diagnostics on its declaration say why.")
            .Line(Signature(declaration, isAsync: false) + " =>")
            .Indent()
            .Line($"throw new global::System.NotSupportedException({Literal.String($"The prompt {declaration.PromptName} could not be generated: see the PG diagnostics of the build.")});")
            .Unindent();
        writer.CloseAll(opened);
        return writer.Finish();
    }

    public static string Signature(PromptDeclaration declaration, bool isAsync) =>
        declaration.Modifiers
        + (isAsync ? "async " : "")
        + "partial " + declaration.ReturnType + " " + CSharpName.Escape(declaration.Name) + declaration.TypeParameters
        + "(" + string.Join(", ", declaration.Parameters.Select(static parameter =>
            parameter.Modifier + parameter.TypeName + " " + CSharpName.Escape(parameter.Name))) + ")"
        + declaration.Constraints;
}
