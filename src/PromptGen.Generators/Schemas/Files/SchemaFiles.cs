using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Templates;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Finds the schema files that prompts name among the project's <c>AdditionalFiles</c>.</summary>
internal static class SchemaFiles
{
    private static readonly Regex OtherFile = new(
        "\"\\$(?:ref|dynamicRef|recursiveRef)\"\\s*:\\s*\"[^#\"]|\"\\$schema\"\\s*:\\s*\"(?!https?://json-schema\\.org/)", RegexOptions.CultureInvariant);

    public static bool IsCandidate(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The declaration with the texts of its schema in place.</summary>
    public static PromptDeclaration Read(PromptDeclaration declaration, ImmutableArray<AdditionalText> files, CancellationToken cancellationToken)
    {
        if (declaration.Schema is not { } schema || TemplateFiles.Find(schema.File, files) is not { } file || file.GetText(cancellationToken)?.ToString() is not { } text)
        {
            return declaration;
        }

        var texts = new List<SchemaText> { new(file.Path, text) };
        if (OtherFile.IsMatch(text))
        {
            texts.AddRange(files
                .Where(other => IsCandidate(other.Path) && other.Path != file.Path)
                .OrderBy(static other => other.Path, StringComparer.Ordinal)
                .Select(other => new SchemaText(other.Path, other.GetText(cancellationToken)?.ToString() ?? "")));
        }

        return declaration with { Schema = schema with { Texts = texts.ToEquatableArray() } };
    }
}
