using System.Reflection;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Diagnostics;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>Descriptors, analyzers, release table, pages and test classes describe the same rules.</summary>
public sealed class RuleBookTests
{
    private static readonly string[] Ids = [.. Descriptors.All.Select(static descriptor => descriptor.Id)];

    [Fact]
    public void Descriptors_are_listed_once_in_order() =>
        Assert.Equal(
            typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public)
                .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
                .Select(static field => ((DiagnosticDescriptor)field.GetValue(null)!).Id)
                .Order(StringComparer.Ordinal),
            Ids);

    [Fact]
    public void Each_rule_is_reported_by_one_analyzer() =>
        Assert.Equal(
            Ids,
            Analysis.Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static descriptor => descriptor.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_rule_has_a_row_in_the_release_table() =>
        Assert.Equal(
            Descriptors.All.Select(static descriptor => (descriptor.Id, descriptor.Category, descriptor.DefaultSeverity.ToString(), descriptor.Title.ToString())),
            RulePage.Releases.Select(static row => (row[0], row[1], row[2], row[3])).OrderBy(static row => row.Item1, StringComparer.Ordinal));

    [Fact]
    public void Each_rule_has_a_page() => Assert.Equal(Ids, RulePage.All.Select(static page => page.Id));

    [Fact]
    public void Each_page_is_what_the_help_link_promises() => Assert.All(RulePage.All, static page =>
    {
        var descriptor = Assert.Single(Descriptors.All, descriptor => descriptor.Id == page.Id);
        Assert.Equal($"https://github.com/promptgen/promptgen/blob/main/src/PromptGen.Generators/Rules/{page.Id}.md", descriptor.HelpLinkUri);
        Assert.StartsWith($"# {page.Id}: {descriptor.Title}\n", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ["## What", "## Why", "## Wrong", "## Right", "## Fix", "## Severity"],
            page.Text.Split('\n').Where(static line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains($"## Severity\n\n{descriptor.DefaultSeverity}", page.Text, StringComparison.Ordinal);
        Assert.Contains($"dotnet_diagnostic.{page.Id}.severity = ", page.Text, StringComparison.Ordinal);
    });

    [Fact]
    public void Each_rule_has_a_test_class_for_firing_and_for_silence() => Assert.All(Ids, static id =>
    {
        var tests = typeof(RuleBookTests).Assembly.GetType($"{typeof(RuleBookTests).Namespace}.{id}Tests")?.GetMethods()
            .Where(static method => method.IsDefined(typeof(FactAttribute)))
            .Select(static method => method.Name)
            .ToArray();
        Assert.NotNull(tests);
        Assert.Contains(tests, static name => name.StartsWith("Fires", StringComparison.Ordinal));
        Assert.Contains(tests, static name => name.StartsWith("Stays_silent", StringComparison.Ordinal));
    });
}
