using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.PublicApi;

/// <summary>What the packages make public is decided, not accidental: a change of the API is a change of its baseline.</summary>
public sealed class PublicApiTests
{
    // Whose types a program or a provider package names. All other namespaces are for generated code..
    private static readonly string[] s_forUsers = ["PromptGen", "PromptGen.Budgets", "PromptGen.Providers", "PromptGen.Testing"];

    [Theory]
    [InlineData("PromptGen")]
    [InlineData("PromptGen.OpenAI")]
    [InlineData("PromptGen.Anthropic")]
    [InlineData("PromptGen.Sqlite")]
    [InlineData("PromptGen.Testing")]
    [InlineData("PromptGen.Evaluation")]
    [InlineData("PromptGen.Evaluation.Xunit")]
    public void The_public_api_is_its_baseline_on_both_frameworks(string assembly)
    {
        var current = PublicApi.Write(PublicApi.Load(assembly, "net10.0"));

        Snapshot.VerifyFile(current, BaselineOf(assembly));
        Assert.Equal(current, PublicApi.Write(PublicApi.Load(assembly, "net8.0")));
    }

    [Fact]
    public void Types_for_generated_code_alone_are_not_suggested_by_editors()
    {
        var types = PublicApi.Types(PublicApi.Load("PromptGen", "net10.0"))
            .Where(static type => type.ContainingType is null && !s_forUsers.Contains(type.ContainingNamespace.ToDisplayString()))
            .ToArray();

        Assert.NotEmpty(types);
        Assert.All(types, static type => Assert.True(IsHidden(type), type.ToDisplayString()));
    }

    [Fact]
    public void Types_for_users_are_suggested_by_editors()
    {
        var types = PublicApi.Types(PublicApi.Load("PromptGen", "net10.0")).Where(static type => type.ContainingNamespace.ToDisplayString() == "PromptGen");

        Assert.All(types, static type => Assert.False(IsHidden(type), type.ToDisplayString()));
    }

    [Fact]
    public void Generated_code_names_the_version_that_wrote_it()
    {
        var version = typeof(PromptGenerator).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

        Assert.Contains($"GeneratedCode(\"PromptGen\", \"{version}\")", Emission.GeneratedFile.GeneratedCode, StringComparison.Ordinal);
        Assert.Equal(typeof(PromptRuntime).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0], version);
    }

    private static bool IsHidden(INamedTypeSymbol type) =>
        type.GetAttributes().Any(static attribute =>
            attribute.AttributeClass!.Name == nameof(EditorBrowsableAttribute) && attribute.ConstructorArguments is [{ Value: (int)EditorBrowsableState.Never }]);

    private static string BaselineOf(string assembly, [CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Baselines", assembly + ".txt");
}
