using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes a learned router as a class that reads it when it is first asked.</summary>
internal static class RouterEmitter
{
    public static string Emit(ProjectRouter router)
    {
        var source = GeneratedFile.Begin();
        source.Line($"namespace {ProjectRouter.Namespace};").Line();
        source.Line($"// {GeneratedFile.OneLine(router.File)}");
        source.Line(GeneratedFile.GeneratedCode);
        source.Open($"internal static class {router.ClassName}");
        source.Line("public static readonly global::PromptGen.LearnedRouter Instance = global::PromptGen.LearnedRouter.Parse(");
        source.Indent().Line(TextLiteral.Of(router.Content.Text) + "u8);").Unindent();
        return source.Close().Finish();
    }
}
