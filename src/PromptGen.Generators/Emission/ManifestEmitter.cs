using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the assembly's one file: the registration of its prompt classes and the manifest that tools read.</summary>
internal static class ManifestEmitter
{
    public const string HintName = "PromptClients.g.cs";

    public static string Emit(EquatableArray<PromptClass> classes, string assemblyName)
    {
        var registrable = classes.Where(static promptClass => promptClass.Container.IsRegistrable).ToArray();
        var writer = GeneratedFile.Begin();
        writer.Open("namespace PromptGen");
        WriteRegistration(writer, registrable);
        writer.Close();
        writer.Line();
        writer.Open("namespace PromptGen.Generated");
        WriteManifest(writer, registrable, assemblyName);
        writer.Close();
        return writer.Finish();
    }

    private static void WriteRegistration(SourceWriter writer, PromptClass[] classes)
    {
        const string services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";
        const string add = "global::Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions";
        writer.Line("/// <summary>Registers the prompt classes of this assembly.</summary>");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Open("internal static class PromptClientsServiceCollectionExtensions");
        writer.Line("/// <summary>");
        writer.Line("/// Registers every prompt class of this assembly, and its manifest so that a missing provider is found at start-up.");
        writer.Line("/// A class with a constructor of its own is transient, as it may take scoped services; the others are singletons.");
        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"services\">Where to register.</param>");
        writer.Line("/// <returns>The same collection.</returns>");
        writer.Open($"public static {services} AddPromptClients(this {services} services)");
        writer.Line("global::Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, global::PromptGen.Generated.Manifest.Instance);");
        foreach (var promptClass in classes)
        {
            var container = promptClass.Container;
            var isOurs = container.Access == RuntimeAccess.GeneratedConstructor;
            var arguments = isOurs ? Service("global::PromptGen.PromptRuntime") : string.Join(", ", container.ConstructorTypes.Select(Service));
            var initializer = container.RequiredMembers.Count == 0
                ? ""
                : " { " + string.Join(", ", container.RequiredMembers.Select(static member => $"{CSharpName.Escape(member.Name)} = {Service(member.TypeName)}")) + " }";
            writer.Line($"{add}.TryAdd{(isOurs ? "Singleton" : "Transient")}(services, static provider => new {container.FullName}({arguments}){initializer});");
        }

        writer.Line("return services;");
        writer.Close();
        writer.Close();
    }

    private static string Service(string type) =>
        $"global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<{type}>(provider)";

    private static void WriteManifest(SourceWriter writer, PromptClass[] classes, string assemblyName)
    {
        writer.Line("/// <summary>Every prompt of this assembly with its route, prices and worst-case cost.</summary>");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Line(GeneratedFile.Hidden);
        writer.Open("internal static class Manifest");
        writer.Line($"public static readonly global::PromptGen.Hosting.PromptManifest Instance = new({Literal.String(assemblyName)},");
        writer.Line("[").Indent();
        foreach (var promptClass in classes)
        {
            writer.Line($".. {promptClass.Container.FullName}.{promptClass.Container.DefinitionsName},");
        }

        writer.Unindent().Line("]);");
        writer.Close();
    }
}
