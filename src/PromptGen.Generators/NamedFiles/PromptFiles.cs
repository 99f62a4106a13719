using System.Threading;
using PromptGen.Generators.Calibrations;
using PromptGen.Generators.Files;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routers;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Templates;

namespace PromptGen.Generators.NamedFiles;

/// <summary>The kinds of files that a prompt can name.</summary>
internal enum PromptFileKind
{
    Template,
    Schema,
    Calibration,
    Router,
}

/// <summary>The files that prompts name: templates, schemas, calibrations and routers. The generator and the analyzers read the same ones.</summary>
internal static class PromptFiles
{
    /// <summary>Whether a prompt can name a file of the project.</summary>
    public static bool IsCandidate(string path) => TemplateFiles.IsCandidate(path) || KindOf(path) != PromptFileKind.Template;

    /// <summary>What a file is that a prompt names. A template may have any extension.</summary>
    public static PromptFileKind KindOf(string path) =>
        SchemaFiles.IsCandidate(path) ? PromptFileKind.Schema
        : CalibrationFiles.IsCandidate(path) ? PromptFileKind.Calibration
        : RouterFiles.IsCandidate(path) ? PromptFileKind.Router
        : PromptFileKind.Template;

    /// <summary>The declaration with what its files hold; one that is not there leaves its content null.</summary>
    public static PromptDeclaration Read(PromptDeclaration declaration, ProjectFiles files, CancellationToken cancellationToken)
    {
        declaration = TemplateFiles.Read(declaration, files, cancellationToken);
        declaration = SchemaFiles.Read(declaration, files, cancellationToken);
        declaration = CalibrationFiles.Read(declaration, files, cancellationToken);
        return RouterFiles.Read(declaration, files, cancellationToken);
    }
}
