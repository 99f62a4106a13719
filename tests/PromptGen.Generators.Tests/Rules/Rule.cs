using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Pipeline;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>Holds what the analyzers say of a source against its marks.</summary>
internal static class Rule
{
    /// <summary>The file that samples may name.</summary>
    public static readonly (string Path, string Text) File = ("/project/Prompts/triage.prompt", "{{role \"user\"}}\n{{ticket}}\n");

    /// <summary>The schema file that samples may name.</summary>
    public static readonly (string Path, string Text) Schema = ("/project/Schemas/label.schema.json", """
        { "type": "object", "properties": { "label": { "type": "string" } }, "required": ["label"], "additionalProperties": false }
        """);

    /// <summary>The calibration file that samples may name.</summary>
    public static readonly (string Path, string Text) Calibration = ("/project/Calibrations/triage.calibration", """
        promptgen calibration 1
        kind: likelihood
        date: 2026-11-20
        labels: 412
        metric: ECE 0.21 -> 0.03

        [gpt-4o-mini*]
        0.5  0.3
        1    0.98
        """);

    /// <summary>The same for what answers state.</summary>
    public static readonly (string Path, string Text) Stated = (
        "/project/Calibrations/stated.calibration", "promptgen calibration 1\nkind: confidence\ndate: 2026-11-20\nlabels: 412\nmetric: ECE 0.18 -> 0.04\n\n[*]\n0 0.1\n1 0.9\n");

    /// <summary>The router files that samples may name: of one prompt, of any, one that was begun by hand, and one that is of no use.</summary>
    public static readonly (string Path, string Text)[] Routers =
    [
        ("/project/Routers/triage.router", RouterSample.File("""
            prompt: SupportDesk.TriageAsync
            weak: gpt-4o-mini-2024-07-18
            strong: claude-3-5-sonnet-20241022
            date: 2026-01-02
            labels: 412
            held-out-weak: 0.7
            held-out-strong: 0.9
            held-out-router: 0.88
            held-out-strong-calls: 0.4

            """)),
        ("/project/Routers/any.router", RouterSample.File("date: 2026-01-02\nlabels: 412\n")),
        ("/project/Routers/draft.router", "promptgen router 1\ndate: 2026-01-02\nlabels: 412\nthreshold: 0.6\n"),
        ("/project/Routers/random.router", RouterSample.File("""
            date: 2026-01-02
            labels: 412
            held-out-weak: 0.7
            held-out-strong: 0.9
            held-out-router: 0.77
            held-out-strong-calls: 0.4

            """)),
    ];

    /// <summary>All files that samples may name.</summary>
    public static readonly (string Path, string Text)[] Files = [File, Schema, Calibration, Stated, .. Routers];

    /// <summary>
    /// The source gets the design's catalog and output type beside it; one that declares a catalog keeps that alone. What is marked is
    /// reported, exactly there, and nothing else is. Notes (info) count where the source marks one.
    /// </summary>
    public static async Task<Diagnostic[]> VerifyAsync(string marked, params (string Path, string Text)[] files)
    {
        var source = Markup.Parse(marked);
        var parsed = files.Concat(Files).Select(static file => (file.Path, Markup: Markup.Parse(file.Text))).ToArray();
        var diagnostics = await JudgeAsync(source.Text, [.. parsed.Select(static file => (file.Path, file.Markup.Text))]);
        var expected = source.Marks.Select(static mark => (mark.Id, "source", mark.Span))
            .Concat(parsed.SelectMany(static file => file.Markup.Marks.Select(mark => (mark.Id, file.Path, mark.Span))))
            .ToArray();
        var actual = diagnostics
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info || expected.Any(mark => mark.Id == diagnostic.Id))
            .Select(diagnostic => (diagnostic.Id, diagnostic.Location.IsInSource ? "source" : diagnostic.Location.GetLineSpan().Path, diagnostic.Location.SourceSpan))
            .ToArray();
        Assert.Equal(Sorted(expected), Sorted(actual));
        return diagnostics;
    }

    public static async Task<Diagnostic[]> JudgeAsync(string source, params (string Path, string Text)[] files)
    {
        var additional = files.Select(static file => new PromptFile(file.Path, file.Text)).ToArray();
        var output = Analysis.Generate(Compile.Sources(Project(source)), additional, out var failures);
        Assert.Empty(failures);
        return await Analysis.JudgeAsync(output, additional);
    }

    /// <summary>The message of the one diagnostic of that id.</summary>
    public static string Message(this IEnumerable<Diagnostic> diagnostics, string id) =>
        Assert.Single(diagnostics, diagnostic => diagnostic.Id == id).GetMessage(CultureInfo.InvariantCulture);

    /// <summary>The files of a sample's project.</summary>
    public static string[] Project(string source)
    {
        string[] own = [source, "global using Acme;", Sources.Triage];
        return source.Contains("[ModelCatalog]", StringComparison.Ordinal) ? own : [.. own, Sources.Models];
    }

    private static (string Id, string Path, TextSpan Span)[] Sorted(IEnumerable<(string Id, string Path, TextSpan Span)> marks) =>
        [.. marks.OrderBy(static mark => mark.Path, StringComparer.Ordinal).ThenBy(static mark => mark.Span.Start).ThenBy(static mark => mark.Id, StringComparer.Ordinal)];
}
