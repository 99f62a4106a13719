using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace PromptGen.Evaluation;

/// <summary>
/// A test of xunit v3 that evaluates a prompt over a set of items. Its method has one parameter of type <see cref="PromptEval"/>, which runs the evaluation: the test fails where the threshold is missed
/// or cannot be decided.
/// </summary>
/// <param name="data">The set, as <see cref="EvaluationSet.Read"/> reads it: a path below the folder of the test assembly, or beside the source file of the test.</param>
/// <param name="sourceFilePath">Filled in by the compiler.</param>
/// <param name="sourceLineNumber">Filled in by the compiler.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(TheoryDiscoverer))]
public sealed class PromptEvalAttribute(string data, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : TheoryAttribute(sourceFilePath, sourceLineNumber), IDataAttribute
{
    /// <summary>The set.</summary>
    public string Data { get; } = data;

    /// <summary>The lowest mean score that passes: 0 to 1. Default: 0, so that the test fails only where answers were not measured.</summary>
    public double MinQuality { get; set; }

    /// <summary>How often each item is asked. 1–1,000; default: 1.</summary>
    public int Repeats { get; set; } = 1;

    /// <summary>How many calls run at once. 1–1,024; default: 8.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>The most that the evaluation may cost, in USD, with earlier runs over the same items; 0 or more. Default: not a number, no limit.</summary>
    public double MaxUsd { get; set; } = double.NaN;

    /// <summary>
    /// The SQLite file that keeps requests and results, so that what has not changed is not paid again: a path below the folder of the test assembly. Default: null, the variable
    /// <c>PROMPTGEN_EVAL_STORE</c> of the environment, else <c>promptgen-eval.db</c> in that folder.
    /// </summary>
    public string? Store { get; set; }

    /// <summary>Whether requests and results are kept. False for test doubles, whose answers are none of a model. Default: true.</summary>
    public bool KeepResults { get; set; } = true;

    /// <summary>Variables of the environment that have to be set, such as <c>OPENAI_API_KEY</c>: the test is skipped where one is not. Default: none.</summary>
    public string[] Requires { get; set; } = [];

    bool IDataAttribute.DisableParallelization => false;

    bool? IDataAttribute.Explicit => null;

    string? IDataAttribute.Label => null;

    string? IDataAttribute.Skip => null;

    Type? IDataAttribute.SkipType => null;

    string? IDataAttribute.SkipUnless => null;

    string? IDataAttribute.SkipWhen => null;

    string? IDataAttribute.TestDisplayName => null;

    int? IDataAttribute.Timeout => null;

    string[]? IDataAttribute.Traits => null;

    ValueTask<IReadOnlyCollection<ITheoryDataRow>> IDataAttribute.GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var missing = Requires.Where(static name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))).ToArray();
        return new(
        [
            new TheoryDataRow<PromptEval>(new PromptEval(this))
            {
                Skip = missing.Length == 0 ? null : $"No model is asked: the environment has no {string.Join(", ", missing)}.",
            },
        ]);
    }

    /// <summary>The evaluation is made when the test runs.</summary>
    bool IDataAttribute.SupportsDiscoveryEnumeration() => false;
}
