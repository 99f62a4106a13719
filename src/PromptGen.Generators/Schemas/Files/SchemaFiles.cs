using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Files;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Finds the schema files that prompts name among the project's <c>AdditionalFiles</c>.</summary>
internal sealed class SchemaFiles
{
    private static readonly ConditionalWeakTable<ProjectFiles, SchemaFiles> Known = new();

    // What a reference or a dialect that is not of the standard is called: the last part of its path.
    private static readonly Regex OtherFile = new(
        "\"\\$(?:ref|dynamicRef|recursiveRef|schema)\"\\s*:\\s*\"(?!https?://json-schema\\.org/)(?:[^#\"]*[/:])?([^#\"/:]+)(?:#[^\"]*)?\"", RegexOptions.CultureInvariant);

    private static readonly Regex Identity = new("\"\\$?id\"\\s*:\\s*\"([^\"]*)\"", RegexOptions.CultureInvariant);

    private readonly ConcurrentDictionary<AdditionalText, SchemaTexts?> _texts = new();
    private readonly Lazy<Dictionary<string, List<SchemaText>>> _byPart;

    private SchemaFiles(ProjectFiles files) => _byPart = new(() => ByPart(files));

    public static bool IsCandidate(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The declaration with its schema in place.</summary>
    public static PromptDeclaration Read(PromptDeclaration declaration, ProjectFiles files, CancellationToken cancellationToken) =>
        declaration.Schema is { } schema && files.Find(schema.File) is { } file
            ? declaration with { Schema = schema with { Texts = Known.GetValue(files, static key => new SchemaFiles(key)).TextsOf(file, cancellationToken) } }
            : declaration;

    private SchemaTexts? TextsOf(AdditionalText file, CancellationToken cancellationToken) => _texts.GetOrAdd(file, key =>
    {
        if (key.GetText(cancellationToken)?.ToString() is not { } text)
        {
            return null;
        }

        var texts = new List<SchemaText> { new(key.Path, text) };
        AddReferredTo(texts, cancellationToken);
        return new SchemaTexts(texts.ToEquatableArray());
    });

    /// <summary>
    /// Adds the files that the first one and those found on the way can mean: a part of their path or of an identity in them is what a reference
    /// ends in. Rather one too many, but not all: an edit of a file compiles the schemas that it is part of.
    /// </summary>
    private void AddReferredTo(List<SchemaText> texts, CancellationToken cancellationToken)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal) { texts[0].Path };
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (Match match in OtherFile.Matches(texts[i].Text))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (names.Add(match.Groups[1].Value) && _byPart.Value.TryGetValue(match.Groups[1].Value, out var meant))
                {
                    texts.AddRange(meant.Where(other => paths.Add(other.Path)));
                }
            }
        }
    }

    private static Dictionary<string, List<SchemaText>> ByPart(ProjectFiles files)
    {
        var byPart = new Dictionary<string, List<SchemaText>>(StringComparer.Ordinal);
        foreach (var file in files.All.Where(static file => IsCandidate(file.Path)).OrderBy(static file => file.Path, StringComparer.Ordinal))
        {
            var text = new SchemaText(file.Path, file.GetText()?.ToString() ?? "");
            var names = Identity.Matches(text.Text).Cast<Match>().Select(static match => match.Groups[1].Value).Append(file.Path);
            foreach (var part in names.SelectMany(static name => name.Split('/', '\\', ':', '#')).Distinct(StringComparer.Ordinal))
            {
                if (!byPart.TryGetValue(part, out var those))
                {
                    byPart.Add(part, those = []);
                }

                those.Add(text);
            }
        }

        return byPart;
    }
}
