using System;
using System.Linq;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[assembly: PromptLibrary("AddAcmePrompts")]</c>, of this assembly and of those that it references.</summary>
internal static class LibraryReader
{
    public const string AttributeName = "PromptGen.PromptLibraryAttribute";

    /// <summary>What an assembly in source says; null where it is no library.</summary>
    public static PromptLibrary? Read(IAssemblySymbol assembly) =>
        assembly.GetAttributes().FirstOrDefault(static attribute => attribute.IsPromptGen("PromptLibrary"))?.Text(0) is { } method
            ? Of(assembly.Name, method)
            : null;

    /// <summary>
    /// What a reference says; null where it is no library. A file is read by its metadata, which needs no compilation: references change rarely,
    /// compilations with every keystroke.
    /// </summary>
    public static PromptLibrary? Read(MetadataReference reference) => reference switch
    {
        CompilationReference { Compilation.Assembly: { } assembly } => Read(assembly),
        PortableExecutableReference file => Read(file),
        _ => null,
    };

    private static PromptLibrary? Read(PortableExecutableReference file)
    {
        try
        {
            return file.GetMetadata() is AssemblyMetadata metadata ? Read(metadata.GetModules()[0].GetMetadataReader()) : null;
        }
        catch (Exception exception) when (exception is BadImageFormatException or System.IO.IOException or ObjectDisposedException)
        {
            // The compiler reports a reference that cannot be read.
            return null;
        }
    }

    private static PromptLibrary? Read(MetadataReader reader)
    {
        if (!reader.AssemblyReferences.Any(reference => reader.StringComparer.Equals(reader.GetAssemblyReference(reference).Name, "PromptGen")))
        {
            return null;
        }

        var assembly = reader.GetAssemblyDefinition();
        foreach (var handle in assembly.GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                && reader.GetTypeReference((TypeReferenceHandle)parent) is var type
                && reader.StringComparer.Equals(type.Namespace, "PromptGen")
                && reader.StringComparer.Equals(type.Name, "PromptLibraryAttribute"))
            {
                var value = reader.GetBlobReader(attribute.Value);
                return value.ReadUInt16() == 1 && value.ReadSerializedString() is { } method ? Of(reader.GetString(assembly.Name), method) : null;
            }
        }

        return null;
    }

    /// <summary>Why a library cannot give its method that name; null where it can.</summary>
    public static string? WhyNot(string assembly, string method) =>
        SyntaxFacts.GetKeywordKind(method) != SyntaxKind.None ? "it is a keyword of C#"
        : !SyntaxFacts.IsValidIdentifier(method) ? "it is not a C# identifier"
        : method == "AddPromptClients" ? "every assembly with prompts has an internal method of that name"
        : method == new PromptLibrary(assembly, method).ClassName ? "the class that the method belongs to has that name"
        : null;

    private static PromptLibrary? Of(string assembly, string method) => WhyNot(assembly, method) is null ? new PromptLibrary(assembly, method) : null;
}
