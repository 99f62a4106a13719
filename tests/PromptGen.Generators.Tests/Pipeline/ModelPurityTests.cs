using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>Nothing that a step hands on may keep a compilation alive.</summary>
public sealed class ModelPurityTests
{
    [Fact]
    public void No_step_hands_on_a_symbol_syntax_or_compilation()
    {
        var project = Sources.Project();
        string[] steps = [TrackingNames.Declaration, TrackingNames.OwnCatalogs, TrackingNames.WithFiles, TrackingNames.Plan, TrackingNames.Contract];

        foreach (var value in steps.SelectMany(step => project.Steps(step)).SelectMany(static run => run.Outputs).Select(static output => output.Value))
        {
            Walk(value, value.GetType().Name, []);
        }
    }

    [Fact]
    public void The_same_source_read_twice_gives_equal_models_with_equal_hashes()
    {
        var first = Plans(Sources.Project());
        var second = Plans(Sources.Project());

        Assert.Equal(first, second);
        Assert.Equal(first.Select(static plan => plan.GetHashCode()), second.Select(static plan => plan.GetHashCode()));
    }

    private static PromptPlan[] Plans(Generation project) =>
        [.. project.Steps(TrackingNames.Plan).SelectMany(static run => run.Outputs).Select(static output => (PromptPlan)output.Value)];

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || (!value.GetType().IsValueType && !seen.Add(value)))
        {
            return;
        }

        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or AttributeData or SemanticModel, path);
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, path + "[]", seen);
            }

            return;
        }

        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.GetValue(value), path + "." + field.Name, seen);
        }
    }
}
