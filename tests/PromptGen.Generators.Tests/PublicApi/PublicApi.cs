using System.Text;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.PublicApi;

/// <summary>The public API of an assembly as text: a line for each type and member.</summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat s_format = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Reads an assembly, as it was built for a framework.</summary>
    public static IAssemblySymbol Load(string assembly, string framework)
    {
        // …/tests/PromptGen.Generators.Tests/bin/Debug/net10.0/
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var reference = MetadataReference.CreateFromFile(Path.Combine(Repository.Root, "src", assembly, "bin", configuration, framework, assembly + ".dll"));
        var compilation = Compile.Sources();
        compilation = compilation
            .RemoveReferences(compilation.References.Where(each => Path.GetFileNameWithoutExtension(each.Display) == assembly))
            .AddReferences(reference)
            .WithOptions(compilation.Options.WithAssemblyIdentityComparer(DesktopAssemblyIdentityComparer.Default));
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
    }

    /// <summary>Every public type.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(IAssemblySymbol assembly) => Types(assembly.GlobalNamespace);

    public static string Write(IAssemblySymbol assembly)
    {
        var text = new StringBuilder();
        foreach (var type in Types(assembly).OrderBy(static type => type.ToDisplayString(s_format), StringComparer.Ordinal))
        {
            text.Append(type.ToDisplayString(s_format)).Append(Bases(type)).Append('\n');
            foreach (var member in type.GetMembers().Where(IsShown).Select(static member => member.ToDisplayString(s_format)).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .Where(static member => member is INamespaceSymbol || member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected)
            .SelectMany(static member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private static string Bases(INamedTypeSymbol type)
    {
        var bases = type.BaseType is { SpecialType: SpecialType.None } parent ? type.Interfaces.Prepend(parent) : type.Interfaces;
        var names = bases.Where(static each => each.DeclaredAccessibility == Accessibility.Public).Select(static each => each.ToDisplayString(s_format)).Order(StringComparer.Ordinal);
        return string.Join(", ", names) is { Length: > 0 } list ? " : " + list : "";
    }

    // Accessors are shown with their property, and the compiler's own members with what they belong to.
    private static bool IsShown(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && member is not INamedTypeSymbol and not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
        && !(member is IMethodSymbol && member.GetAttributes().Any(static attribute => attribute.AttributeClass!.Name == "CompilerGeneratedAttribute"));
}
