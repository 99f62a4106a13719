using System.CommandLine;
using System.Reflection;
using PromptGen.Cli.Assemblies;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>The metric that <c>--metric TYPE.METHOD</c> names in the assembly: a prompt that judges, a method that gives a score, or one that makes a metric.</summary>
internal sealed class AssemblyMetric
{
    private readonly Option<string?> _scale = new("--scale") { Description = "Of a prompt that rates answers: the scale as WORST..BEST, such as 1..5, or words with their scores, such as good=1,bad=0. Default: true and false, or 0..1.", HelpName = "rule" };
    private readonly Option<string?> _member = new("--member") { Description = "Of a prompt that judges: the member of its answer that has the rating or the index.", HelpName = "name" };
    private readonly Option<double?> _contradiction = new("--contradiction") { Description = "Of a prompt that compares: what an answer scores where the judge prefers another one in each order, such as 0.5. Default: the measurement is broken.", HelpName = "score" };
    private readonly Option<string?> _model = new("--judge-model") { Description = "Of a prompt that judges: this model alone. Default: its route.", HelpName = "model" };

    public AssemblyMetric()
    {
        ToolOptions.Check(_contradiction, static value => value is not (< 0 or > 1), "--contradiction must be 0 to 1.");
        ToolOptions.Check(_scale, static rule => rule is null || IsRule(rule), "--scale must be a rule such as 1..5 or good=1,bad=0.");
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_scale);
        command.Options.Add(_member);
        command.Options.Add(_contradiction);
        command.Options.Add(_model);
    }

    /// <summary>The metric.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="name">What <c>--metric</c> names.</param>
    /// <param name="assembly">The assembly.</param>
    /// <param name="configure">The method that registers the providers; null = the environment does.</param>
    /// <param name="context">The environment.</param>
    /// <returns>The metric, and who judges, which ends with the run; null where it is no prompt.</returns>
    /// <exception cref="ToolException">The assembly has nothing of this name that gives a score.</exception>
    public (QualityMetric Metric, EvaluationArm? Judge) Of(ParseResult line, string name, PromptAssembly assembly, string? configure, ToolContext context)
    {
        if (assembly.Prompts().Any(prompt => prompt.Definition.Name == name))
        {
            var prompt = EvaluationTarget.Find(assembly, name);
            var model = line.GetValue(_model);
            var providers = EvaluationProviders.Of(assembly, prompt, model is null ? null : [model], configure, context);
            var judge = model is null ? EvaluationArm.Route(prompt, providers) : EvaluationArm.Model(prompt, model, providers);
            return (new JudgeMetric(judge, line.GetValue(_scale) is { } rule ? ScoreRule.Parse(rule) : null, line.GetValue(_member), line.GetValue(_contradiction)), judge);
        }

        var methods = assembly.StaticMethods(name);
        return methods.FirstOrDefault(static method => method.GetParameters().Length == 0 && typeof(QualityMetric).IsAssignableFrom(method.ReturnType)) is { } factory
            ? (Made(name, factory), null)
            : methods.Select(method => MethodCall.TryMake(name, method)).FirstOrDefault(static metric => metric is not null) is { } metric ? (metric, null)
            : throw new ToolException(
                methods.Count == 0
                    ? $"{assembly.Name} has no prompt and no static method '{name}'."
                    : $"'{name}' is no metric: it has to be a static method {MethodCall.Signatures}; or one without parameters that gives a QualityMetric.",
                ExitCodes.Usage);
    }

    /// <exception cref="ToolException">The method made no metric.</exception>
    private static QualityMetric Made(string name, MethodInfo factory)
    {
        try
        {
            return factory.Invoke(null, null) as QualityMetric ?? throw new ToolException($"'{name}' gave no metric.");
        }
        catch (TargetInvocationException exception)
        {
            throw new ToolException($"'{name}' made no metric: {exception.InnerException!.Message}", inner: exception);
        }
    }

    private static bool IsRule(string text)
    {
        try
        {
            ScoreRule.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
