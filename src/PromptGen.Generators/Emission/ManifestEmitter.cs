using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>An assembly with prompts, or with references that have some.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Classes">Its classes with prompts.</param>
/// <param name="References">The libraries with prompts that it references.</param>
/// <param name="Library">What it is as a library; null where it is none.</param>
internal sealed record PromptAssembly(string Name, EquatableArray<PromptClass> Classes, EquatableArray<PromptLibrary> References, PromptLibrary? Library)
{
    public bool IsEmpty => Classes.Count == 0 && References.Count == 0;
}

/// <summary>Writes the assembly's one file: the registration of its prompt classes and the manifest that tools read.</summary>
internal static class ManifestEmitter
{
    public const string HintName = "PromptClients.g.cs";

    private const string Services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection";

    private const string Add = "global::Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions";

    public static string Emit(PromptAssembly assembly)
    {
        var registrable = assembly.Classes.Where(static promptClass => promptClass.Container.IsRegistrable).ToArray();
        var writer = GeneratedFile.Begin();
        writer.Open("namespace PromptGen");
        WriteRegistration(writer, assembly, registrable);
        if (assembly.Library is { } library)
        {
            writer.Line();
            WriteLibrary(writer, library);
        }

        writer.Close();
        if (assembly.Classes.Count > 0)
        {
            writer.Line();
            writer.Open("namespace PromptGen.Generated");
            WriteManifest(writer, registrable, assembly.Name);
            writer.Close();
        }

        return writer.Finish();
    }

    private static void WriteRegistration(SourceWriter writer, PromptAssembly assembly, PromptClass[] classes)
    {
        writer.Line("/// <summary>Registers the prompt classes of this assembly and of the libraries that it references.</summary>");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Open("internal static class PromptClientsServiceCollectionExtensions");
        writer.Line("/// <summary>");
        writer.Line("/// Registers every prompt class of this assembly, also under the interfaces that it implements, and its manifest so that a missing provider is found");
        writer.Line("/// at start-up. A class with a constructor of its own is transient, as it may take scoped services; the others are singletons.");
        if (assembly.References.Count > 0)
        {
            writer.Line($"/// Includes the prompts of {string.Join(", ", assembly.References.Select(static library => GeneratedFile.OneLine(library.Assembly)))}.");
        }

        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"services\">Where to register.</param>");
        writer.Line("/// <returns>The same collection.</returns>");
        writer.Open($"public static {Services} AddPromptClients(this {Services} services)");
        if (assembly.Classes.Count > 0)
        {
            writer.Line("global::PromptGen.Hosting.PromptRegistration.AddManifest(services, global::PromptGen.Generated.Manifest.Instance);");
        }

        foreach (var promptClass in classes)
        {
            var container = promptClass.Container;
            var isOurs = container.Access == RuntimeAccess.GeneratedConstructor;
            var arguments = isOurs ? Service("global::PromptGen.PromptRuntime") : string.Join(", ", container.ConstructorTypes.Select(Service));
            var initializer = container.RequiredMembers.Count == 0
                ? ""
                : " { " + string.Join(", ", container.RequiredMembers.Select(static member => $"{CSharpName.Escape(member.Name)} = {Service(member.TypeName)}")) + " }";
            var lifetime = isOurs ? "Singleton" : "Transient";
            writer.Line($"{Add}.TryAdd{lifetime}(services, static provider => new {container.FullName}({arguments}){initializer});");
            foreach (var service in container.Interfaces)
            {
                writer.Line($"{Add}.TryAdd{lifetime}<{service}>(services, static provider => {Service(container.FullName)});");
            }
        }

        foreach (var library in assembly.References)
        {
            writer.Line($"global::PromptGen.{library.ClassName}.{CSharpName.Escape(library.Method)}(services);");
        }

        writer.Line("return services;");
        writer.Close();
        writer.Close();
    }

    private static void WriteLibrary(SourceWriter writer, PromptLibrary library)
    {
        writer.Line("/// <summary>Registers the prompt classes of this library.</summary>");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Open($"public static class {library.ClassName}");
        writer.Line("/// <summary>Registers the prompt classes of this library. <c>AddPromptClients()</c> of a program that references it calls this.</summary>");
        writer.Line("/// <param name=\"services\">Where to register.</param>");
        writer.Line("/// <returns>The same collection.</returns>");
        writer.Line($"public static {Services} {CSharpName.Escape(library.Method)}(this {Services} services) => PromptClientsServiceCollectionExtensions.AddPromptClients(services);");
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
