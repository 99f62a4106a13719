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
        var declaration = plan.Declaration;
        if (!declaration.CanImplement || !declaration.Container.AllPartial)
        {
            return null;
        }

        var writer = GeneratedFile.Begin();
        if (plan.CanEmit)
        {
            RouteComment.Write(writer, plan);
        }

        var opened = writer.OpenContainer(declaration.Container);
        if (plan.CanEmit)
        {
            new PromptBody(writer, plan).Write();
        }
        else
        {
            WriteStub(writer, declaration);
        }

        writer.CloseAll(opened);
        return writer.Finish();
    }

    // Without an implementing part the compiler would add errors of its own, which hide the one that explains.
    private static void WriteStub(SourceWriter writer, PromptDeclaration declaration)
    {
        writer
            .Line("// This prompt could not be written: the PG diagnostics on its declaration say why.")
            .Line(Signature(declaration, isAsync: false) + " =>")
            .Indent()
            .Line($"throw new global::System.NotSupportedException({Literal.String($"The prompt {declaration.PromptName} could not be generated: see the PG diagnostics of the build.")});")
            .Unindent();
    }

    public static string Signature(PromptDeclaration declaration, bool isAsync) =>
        declaration.Modifiers
        + (isAsync ? "async " : "")
        + "partial " + declaration.ReturnType + " " + CSharpName.Escape(declaration.Name)
        + "(" + string.Join(", ", declaration.Parameters.Select(static parameter =>
            parameter.Modifier + parameter.TypeName + " " + CSharpName.Escape(parameter.Name))) + ")";
}
