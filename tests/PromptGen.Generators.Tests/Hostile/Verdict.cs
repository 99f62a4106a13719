using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Hostile;

/// <summary>The outcome for one program: whether generator and analyzers ran to their end, what they reported, and whether the whole compiles.</summary>
internal sealed class Verdict
{
    // A partial method without its implementation, and the field that the generator adds.
    private static readonly string[] s_awaitingGeneration = ["CS8795", "CS0103"];

    private Verdict(CSharpCompilation program, Compilation output, ImmutableArray<Diagnostic> failures, Diagnostic[] reported)
    {
        var all = output.GetDiagnostics();
        Errors = ErrorsOf(all);
        Warnings = [.. all.Where(static diagnostic => diagnostic is { Severity: DiagnosticSeverity.Warning, IsSuppressed: false } && IsGenerated(diagnostic.Location.SourceTree))];
        OwnErrors = Errors.Length == 0 ? [] : [.. ErrorsOf(program.GetDiagnostics()).Where(static error => !s_awaitingGeneration.Contains(error.Id))];
        Crashes = [.. failures.Concat(reported.Where(static diagnostic => diagnostic.Id == "AD0001")).Select(static crash => crash.GetMessage(CultureInfo.InvariantCulture))];
        Findings = [.. reported.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id.StartsWith("PG", StringComparison.Ordinal))];
    }

    /// <summary>The compiler's errors in the program as it is written, without those that generated code resolves.</summary>
    public Diagnostic[] OwnErrors { get; }

    /// <summary>The compiler's errors in the program with its generated code.</summary>
    public Diagnostic[] Errors { get; }

    /// <summary>The compiler's warnings in generated code.</summary>
    public Diagnostic[] Warnings { get; }

    /// <summary>CS8785 and AD0001.</summary>
    public string[] Crashes { get; }

    /// <summary>The errors that the analyzers report.</summary>
    public Diagnostic[] Findings { get; }

    /// <summary>
    /// The violation of the rule: a crash, an error or a warning in generated code, or an error of the compiler that no PG error explains; null where there is none.
    /// An invalid program has errors of its own, and generated code may repeat them, as its signatures repeat the user's; unknown types in generated code
    /// are ignored, and calls of a method that is declared twice.
    /// </summary>
    public string? Broken => Crashes.Length > 0 ? Crashes[0]
        : Errors.FirstOrDefault(error => IsGenerated(error.Location.SourceTree) ? !Array.Exists(OwnErrors, own => own.Id is "CS0246" || own.Id == error.Id || (own.Id, error.Id) is ("CS0111", "CS0121")) : Findings.Length == 0 && OwnErrors.Length == 0) is { } error ? $"{error}\n{Line(error)}"
        : OwnErrors.Length == 0 && Warnings.FirstOrDefault() is { } warning ? $"{warning}\n{Line(warning)}"
        : null;

    public static async Task<Verdict> OfAsync(CSharpCompilation program, params AdditionalText[] files)
    {
        var output = Analysis.Generate(program, files, out var failures);
        return new Verdict(program, output, failures, await Analysis.JudgeAsync(output, files));
    }

    private static Diagnostic[] ErrorsOf(ImmutableArray<Diagnostic> diagnostics) => [.. diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    private static bool IsGenerated(SyntaxTree? tree) => tree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static string Line(Diagnostic error) => error.Location.SourceTree?.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line].ToString() ?? "";
}
