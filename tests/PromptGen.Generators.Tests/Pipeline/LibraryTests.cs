using Microsoft.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>Prompts in libraries: what a program registers of them, and under which interfaces.</summary>
public sealed class LibraryTests
{
    private const string App = "public static class App { public static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services) => services.AddPromptClients(); }";

    [Fact]
    public void A_program_without_prompts_registers_those_of_its_references()
    {
        var billing = Library("Acme.Billing", "AddPrompts", Class("Acme.Billing", "Biller", "internal", ": IBiller") + " public interface IBiller { }");
        var shipping = Library("Acme.Shipping", "AddPrompts", Class("Acme.Shipping", "Shipper", "public", ""));

        var output = Build(App, billing, shipping);

        var services = Registered(output, billing, shipping);
        Assert.Contains("Acme.Billing.Biller", services);
        Assert.Contains("Acme.Billing.IBiller", services);
        Assert.Contains("Acme.Shipping.Shipper", services);
    }

    [Fact]
    public void A_library_that_gives_its_method_no_name_is_left_to_itself()
    {
        var library = Library("Acme.Billing", null, Class("Acme.Billing", "Biller", "public", ""));
        var compilation = Compile.Sources("public static class App { }").AddReferences(library.Reference);

        var output = Analysis.Generate(compilation, [], out var failures);

        Assert.Empty(failures);
        Assert.Equal(compilation.SyntaxTrees.Length, output.SyntaxTrees.Count());
    }

    [Theory]
    [InlineData("Add Prompts")]
    [InlineData("class")]
    [InlineData("")]
    [InlineData("AddPromptClients")]
    [InlineData("PromptsOf_Acme_Billing")]
    public void A_name_that_no_method_can_have_makes_no_library(string method)
    {
        var library = Library("Acme.Billing", method, Class("Acme.Billing", "Biller", "public", ""));
        var output = Analysis.Generate(Compile.Sources("public static class Program { }").AddReferences(library.Reference), [], out var failures);

        Assert.Empty(failures);
        Assert.DoesNotContain(output.SyntaxTrees, static tree => tree.FilePath.EndsWith("PromptClients.g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_is_registered_under_its_interfaces_but_not_those_of_the_framework()
    {
        var output = Build(
            App + """
            namespace Acme
            {
                public interface IBase { }
                public interface IDesk : IBase { }
            """ + Body("Desk", "public", ": IDesk, System.IDisposable, System.IEquatable<Desk>", "public void Dispose() { } public bool Equals(Desk? other) => false;") + "}");

        var services = Registered(output);

        Assert.Contains("Acme.Desk", services);
        Assert.Contains("Acme.IDesk", services);
        Assert.Contains("Acme.IBase", services);
        Assert.DoesNotContain(services, static service => service.StartsWith("System", StringComparison.Ordinal));
    }

    [Fact]
    public void An_edit_elsewhere_does_not_write_the_registration_again()
    {
        var library = Library("Acme.Billing", "AddBilling", Class("Acme.Billing", "Biller", "public", ""));
        var generation = new Generation([App, "public static class Other { public const int A = 1; }"], library.Reference);
        var before = generation.Files["PromptClients.g.cs"];

        var after = generation.Edit(1, "A = 1", "A = 2");

        Assert.Contains("PromptsOf_Acme_Billing.AddBilling(services)", before, StringComparison.Ordinal);
        Assert.Equal(before, after.Files["PromptClients.g.cs"]);
    }

    private static string Class(string space, string name, string access, string bases) => $"namespace {space}; {Body(name, access, bases)}";

    private static string Body(string name, string access, string bases, string members = "") => $$$"""
        {{{access}}} sealed partial class {{{name}}} {{{bases}}}
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{question}}")]
            public partial Task<int> CountAsync(string question);

            {{{members}}}
        }
        """;

    private static (MetadataReference Reference, byte[] Image) Library(string name, string? method, string source)
    {
        var attribute = method is null ? "" : $"[assembly: PromptLibrary(\"{method}\")]";
        var output = Analysis.Generate(Compile.Sources(attribute, source, Sources.Models.Replace("public static class Models", "internal static class Models", StringComparison.Ordinal)).WithAssemblyName(name), [], out var failures);
        Assert.Empty(failures);
        using var image = new MemoryStream();
        var result = output.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return (MetadataReference.CreateFromImage(image.ToArray()), image.ToArray());
    }

    private static Compilation Build(string source, params (MetadataReference Reference, byte[] Image)[] libraries)
    {
        string[] sources = source.Contains("namespace Acme", StringComparison.Ordinal) ? [source, Sources.Models] : [source];
        var output = Analysis.Generate(Compile.Sources(sources).AddReferences(libraries.Select(static library => library.Reference)), [], out var failures);
        Assert.Empty(failures);
        Assert.Empty(output.Complaints());
        return output;
    }

    /// <summary>The services that the program registers, each of which can be made.</summary>
    private static string[] Registered(Compilation output, params (MetadataReference Reference, byte[] Image)[] libraries)
    {
        var assembly = LoadedAssembly.Load((Microsoft.CodeAnalysis.CSharp.CSharpCompilation)output, [.. libraries.Select(static library => library.Image)]);
        var services = new ServiceCollection();
        assembly.Type("App").GetMethod("Add")!.Invoke(null, [services]);

        // Called twice, nothing is registered twice.
        var count = services.Count;
        assembly.Type("App").GetMethod("Add")!.Invoke(null, [services]);
        Assert.Equal(count, services.Count);

        services.AddPromptGen(static prompts => prompts
            .AddProvider("openai", static _ => new ScriptedChatClient()).AddProvider("anthropic", static _ => new ScriptedChatClient()).AddProvider("ollama", static _ => new ScriptedChatClient()));
        using var provider = services.BuildServiceProvider();
        var registered = services.Where(static service => service.ServiceType.Namespace?.StartsWith("Acme", StringComparison.Ordinal) == true).Select(static service => service.ServiceType).ToArray();
        Assert.All(registered, service => Assert.NotNull(provider.GetRequiredService(service)));
        return [.. registered.Select(static service => service.FullName!)];
    }
}
