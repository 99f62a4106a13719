using System;
using System.Linq;
using System.Threading;
using PromptGen.Generators.Files;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>Finds the files that templates are read from among the project's <c>AdditionalFiles</c>.</summary>
internal static class TemplateFiles
{
    private static readonly string[] Extensions = [".prompt", ".hbs", ".md", ".txt"];

    public static bool IsCandidate(string path) => Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The declaration with the text of each template file in place; a file that is not there leaves its text null.</summary>
    public static PromptDeclaration Read(PromptDeclaration declaration, ProjectFiles files, CancellationToken cancellationToken)
    {
        if (declaration.Templates.All(static template => template.File is null) && declaration.Repair?.File is null)
        {
            return declaration;
        }

        return declaration with
        {
            Templates = declaration.Templates
                .Select(template => template is { File: { } path, Text: null }
                    ? template with { Text = files.Find(path)?.GetText(cancellationToken)?.ToString() }
                    : template)
                .ToEquatableArray(),
            Repair = declaration.Repair is { File: { } file, Text: null } repair
                ? repair with { Text = files.Find(file)?.GetText(cancellationToken)?.ToString() }
                : declaration.Repair,
        };
    }
}
