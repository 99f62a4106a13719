using System.Reflection;
using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>
/// Says how right an answer is. It may take time and cost money: prompts that it calls during a run are part of the run, with its limit of the cost and its journal. <see cref="AnswerMetric"/> compares
/// texts, <see cref="MethodMetric"/> calls a method, <see cref="JudgeMetric"/> asks a prompt, <see cref="EvaluatorMetric"/> asks an evaluator of Microsoft.Extensions.AI.Evaluation.
/// </summary>
public abstract class QualityMetric
{
    /// <summary>Makes a metric.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="version">What its scores depend on beside the answers, such as a hash of its rules: scores that are kept of another version do not count. Default: nothing.</param>
    protected QualityMetric(string name, string version = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(version);
        (Name, Version) = (name, version);
    }

    /// <summary>Its name in reports.</summary>
    public string Name { get; }

    /// <summary>What its scores depend on beside the answers; empty = nothing.</summary>
    public string Version { get; }

    /// <summary>What its scores are kept under.</summary>
    internal string Key => Version.Length == 0 ? Name : $"{Name} {Version}";

    /// <summary>The prompts that it asks.</summary>
    internal virtual IEnumerable<PromptDefinition> Prompts => [];

    /// <summary>Whether the cost of all that it asks is known to the run.</summary>
    internal virtual bool IsMetered => true;

    /// <summary>Whether it reads <see cref="MeasuredAnswer.Messages"/>, which a run makes only then. Default: true.</summary>
    internal virtual bool ReadsMessages => true;

    /// <summary>The version of code that measures: that of its assembly's build, eight hexadecimal digits.</summary>
    /// <param name="module">The module of the code.</param>
    internal static string VersionOf(Module module) => module.ModuleVersionId.ToString("N")[..8];

    /// <summary>Measures an answer. Thread-safe.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <returns>A score, or why there is none.</returns>
    /// <exception cref="PromptException">A limit of the run ended the measurement, which is no fault of the metric: the answer is measured when the run is repeated.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public abstract ValueTask<MetricOutcome> MeasureAsync(MeasuredAnswer answer, CancellationToken cancellationToken = default);

    /// <summary>What is wrong with an item for this metric, before anything is asked. Each problem is the end of a sentence that begins with the item, such as <c>needs an expected value</c>.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The problems; none, where it suits.</returns>
    public virtual IEnumerable<string> Check(EvaluationItem item) => [];

    /// <summary>The most that measuring one answer can cost.</summary>
    /// <param name="sample">An answer, which is as good as the expected one.</param>
    /// <param name="longestAnswer">The tokens that an answer has at most; null = not known.</param>
    internal virtual Task<PromptCost> WorstCaseAsync(MeasuredAnswer sample, int? longestAnswer) => Task.FromResult(PromptCost.Zero);
}
