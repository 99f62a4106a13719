using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>A class with prompts, as far as its own file and the registration need to know it.</summary>
/// <param name="Container">The class.</param>
/// <param name="Prompts">The stems of its prompts in the order in which they are declared.</param>
internal sealed record PromptClass(ContainerDeclaration Container, EquatableArray<string> Prompts)
{
    public string HintName => Container.FileName + ".g.cs";
}

/// <summary>Writes what a prompt class has once for all of its prompts: the way to the runtime and the list of its prompts.</summary>
internal static class ClassEmitter
{
    public static string Emit(PromptClass promptClass)
    {
        var container = promptClass.Container;
        var writer = GeneratedFile.Begin();
        var opened = writer.OpenContainer(container);
        if (container.Access is RuntimeAccess.GeneratedConstructor or RuntimeAccess.GeneratedField)
        {
            writer.Line(GeneratedFile.GeneratedCode);
            writer.Line($"private readonly global::PromptGen.PromptRuntime {container.RuntimeName};");
            writer.Line();
        }

        if (container.Access == RuntimeAccess.GeneratedConstructor)
        {
            WriteConstructor(writer, container);
            writer.Line();
        }

        writer.Line("/// <summary>The prompts of this class, for the assembly's manifest.</summary>");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Line(GeneratedFile.Hidden);
        writer.Line($"internal static global::PromptGen.Routing.PromptDefinition[] {container.DefinitionsName} => [{string.Join(", ", promptClass.Prompts.Select(static stem => stem + "Prompt"))}];");
        writer.CloseAll(opened);
        return writer.Finish();
    }

    private static void WriteConstructor(SourceWriter writer, ContainerDeclaration container)
    {
        writer.Line("/// <summary>Creates the client of these prompts.</summary>");
        writer.Line("/// <param name=\"prompts\">The runtime that serves them.</param>");
        writer.Line("/// <exception cref=\"global::PromptGen.PromptException\">No registration serves a model that one of the prompts needs.</exception>");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Open($"public {CSharpName.Escape(container.Type.Name)}(global::PromptGen.PromptRuntime prompts)");
        writer.Line("global::System.ArgumentNullException.ThrowIfNull(prompts);");
        writer.Line($"prompts.Require({container.DefinitionsName});");
        writer.Line($"{container.RuntimeName} = prompts;");
        writer.Close();
    }
}
