using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Files;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Routers;

/// <summary>Finds the files of learned routers that prompts name among the project's <c>AdditionalFiles</c>.</summary>
internal static class RouterFiles
{
    /// <summary>A file can be 300 KB and the router of many prompts: it is read once.</summary>
    private static readonly ConditionalWeakTable<SourceText, RouterContent> Known = new();

    public static bool IsCandidate(string path) => path.EndsWith(".router", StringComparison.OrdinalIgnoreCase);

    /// <summary>The declaration with what its router's file holds; one that is not there leaves its content null.</summary>
    public static PromptDeclaration Read(PromptDeclaration declaration, ProjectFiles files, CancellationToken cancellationToken) =>
        declaration.Learned is { } learned && files.Find(learned.File) is { } file && file.GetText(cancellationToken) is { } text
            ? declaration with { Learned = learned with { Content = Content(file.Path, text) } }
            : declaration;

    private static RouterContent Content(string path, SourceText text)
    {
        var content = Known.GetValue(text, key => RouterReader.Read(path, key));
        return content.Path == path ? content : content with { Path = path };
    }
}
