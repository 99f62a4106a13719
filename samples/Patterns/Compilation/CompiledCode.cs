using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Acme.Patterns.Compilation;

/// <summary>Code after the compiler and the allow-list.</summary>
/// <param name="Image">The assembly, in which every step is counted; null = the code has a flaw.</param>
/// <param name="Flaw">What is wrong about the code; null = nothing.</param>
internal sealed record CompiledCode(byte[]? Image, string? Flaw)
{
    private const int ReportedErrors = 5;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp13);

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Text;", Parsing);

    // Far more than the allow-list has: System.Private.CoreLib contains files, reflection and threads too.
    private static readonly MetadataReference[] References =
    [
        .. new[] { "System.Private.CoreLib.dll", "System.Runtime.dll", "System.Collections.dll", "System.Linq.dll" }
            .Select(static name => MetadataReference.CreateFromFile(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name))),
    ];

    /// <summary>Compiles code.</summary>
    public static CompiledCode Of(string code, CodeLimits limits, CancellationToken cancellationToken)
    {
        if (code.Length > limits.Characters)
        {
            return Flawed($"The code has more than {limits.Characters} characters.");
        }

        var tree = CSharpSyntaxTree.ParseText(code, Parsing, cancellationToken: cancellationToken);
        var compilation = CSharpCompilation.Create(
            "Answer", [Usings, tree], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        if (Errors(compilation.GetDiagnostics(cancellationToken)) is { } errors)
        {
            return Flawed(errors);
        }

        var model = compilation.GetSemanticModel(tree);
        var root = tree.GetRoot(cancellationToken);
        if (AllowList.Violations(model, root, cancellationToken) is { Count: > 0 } violations)
        {
            return Flawed($"The code uses what is not allowed: {string.Join(", ", violations)}.");
        }

        var counted = CSharpSyntaxTree.Create((CSharpSyntaxNode)new StepCounter(model).Visit(root)!, Parsing);
        var meter = CSharpSyntaxTree.ParseText(StepMeter.Source(limits), Parsing, cancellationToken: cancellationToken);
        using var image = new MemoryStream();
        var result = compilation.RemoveSyntaxTrees(tree).AddSyntaxTrees(counted, meter).Emit(image, cancellationToken: cancellationToken);

        return result.Success ? new(image.ToArray(), null) : Flawed(Errors(result.Diagnostics)!);
    }

    private static CompiledCode Flawed(string flaw) => new(null, flaw);

    private static string? Errors(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Take(ReportedErrors)
            .Select(static diagnostic => $"line {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")
            .ToList();

        return errors.Count == 0 ? null : $"The code does not compile:\n{string.Join('\n', errors)}";
    }
}
