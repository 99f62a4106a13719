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
    // What a reference or a dialect that is not of the standard is called: the last part of its path.
    private static readonly Regex OtherFile = new(
        "\"\\$(?:ref|dynamicRef|recursiveRef|schema)\"\\s*:\\s*\"(?!https?://json-schema\\.org/)(?:[^#\"]*[/:])?([^#\"/:]+)(?:#[^\"]*)?\"", RegexOptions.CultureInvariant);

    private static readonly Regex Identity = new("\"\\$?id\"\\s*:\\s*\"([^\"]*)\"", RegexOptions.CultureInvariant);

    public static bool IsCandidate(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The declaration with the texts of its schema in place.</summary>
    public static PromptDeclaration Read(PromptDeclaration declaration, ImmutableArray<AdditionalText> files, CancellationToken cancellationToken)
    {
        if (declaration.Schema is not { } schema || TemplateFiles.Find(schema.File, files) is not { } file || file.GetText(cancellationToken)?.ToString() is not { } text)
        {
            return declaration;
        }

        var texts = new List<SchemaText> { new(file.Path, text) };
        AddReferredTo(texts, files, cancellationToken);
        return declaration with { Schema = schema with { Texts = texts.ToEquatableArray() } };
    }

    /// <summary>
    /// Adds the files that the first one and those found on the way can mean: their path or an identity in them contains what a reference ends
    /// in. Rather one too many, but not all: an edit of a file compiles the schemas that it is part of.
    /// </summary>
    private static void AddReferredTo(List<SchemaText> texts, ImmutableArray<AdditionalText> files, CancellationToken cancellationToken)
    {
        List<(SchemaText Text, string[] Names)>? others = null;
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (Match match in OtherFile.Matches(texts[i].Text))
            {
                others ??= [.. files
                    .Where(other => IsCandidate(other.Path) && other.Path != texts[0].Path)
                    .OrderBy(static other => other.Path, StringComparer.Ordinal)
                    .Select(other => WithNames(new SchemaText(other.Path, other.GetText(cancellationToken)?.ToString() ?? "")))];
                var name = match.Groups[1].Value;
                texts.AddRange(others.Where(IsMeant).Select(static other => other.Text));
                others.RemoveAll(IsMeant);

                bool IsMeant((SchemaText Text, string[] Names) other) => Array.Exists(other.Names, known => known.IndexOf(name, StringComparison.Ordinal) >= 0);
            }
        }
    }

    private static (SchemaText Text, string[] Names) WithNames(SchemaText file) =>
        (file, [file.Path, .. Identity.Matches(file.Text).Cast<Match>().Select(static match => match.Groups[1].Value)]);
}
