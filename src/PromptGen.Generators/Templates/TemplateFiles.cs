using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations;

namespace PromptGen.Generators.Templates;

/// <summary>Finds the files that templates are read from among the project's <c>AdditionalFiles</c>.</summary>
internal static class TemplateFiles
{
    private static readonly string[] Extensions = [".prompt", ".hbs", ".md", ".txt"];

    public static bool IsCandidate(string path) => Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The declaration with the text of each template file in place; a file that is not there leaves its text null.</summary>
    public static PromptDeclaration Read(PromptDeclaration declaration, ImmutableArray<AdditionalText> files, CancellationToken cancellationToken)
    {
        if (declaration.Templates.All(static template => template.File is null) && declaration.Repair?.File is null)
        {
            return declaration;
        }

        return declaration with
        {
            Templates = declaration.Templates
                .Select(template => template is { File: { } path, Text: null }
                    ? template with { Text = Find(path, files)?.GetText(cancellationToken)?.ToString() }
                    : template)
                .ToEquatableArray(),
            Repair = declaration.Repair is { File: { } file, Text: null } repair
                ? repair with { Text = Find(file, files)?.GetText(cancellationToken)?.ToString() }
                : declaration.Repair,
        };
    }

    /// <summary>The file whose path ends in the one written; the shortest where there are several, which is the nearest to the project.</summary>
    public static AdditionalText? Find(string path, ImmutableArray<AdditionalText> files)
    {
        var wanted = "/" + path.Replace('\\', '/').TrimStart('.', '/');
        return files
            .Where(file => ("/" + file.Path.Replace('\\', '/')).EndsWith(wanted, StringComparison.Ordinal))
            .OrderBy(static file => file.Path.Length)
            .ThenBy(static file => file.Path, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
