using System;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>A learned router of the project, whichever prompts it decides for.</summary>
/// <param name="File">The path as a prompt writes it.</param>
/// <param name="FileName">The file without its folders.</param>
/// <param name="Content">What the file holds.</param>
internal sealed record ProjectRouter(string File, string FileName, RouterContent Content)
{
    public const string Namespace = "PromptGen.Generated.Routers";

    /// <summary>Named after the file and what it holds, so that prompts that write its path differently share it and files of one name do not.</summary>
    public string ClassName => $"{(Stem.Length > 0 && char.IsDigit(Stem[0]) ? "_" : "")}{Stem}Router_{new TextHash().Add(Content.Text)}";

    public string HintName => "Routers." + ClassName + ".g.cs";

    public string TypeName => $"global::{Namespace}.{ClassName}";

    private string Stem => CSharpName.Pascal(FileName.EndsWith(".router", StringComparison.OrdinalIgnoreCase) ? FileName.Substring(0, FileName.Length - 7) : FileName);

    /// <summary>The router of a prompt; null where it has none that can be used.</summary>
    public static ProjectRouter? Of(PromptDeclaration declaration) =>
        declaration.Learned is { Content: { Problems.Count: 0 } content } learned ? new ProjectRouter(learned.File, learned.FileName, content) : null;
}
