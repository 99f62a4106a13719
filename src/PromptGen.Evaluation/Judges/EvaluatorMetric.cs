using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;
using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>
/// An evaluator of Microsoft.Extensions.AI.Evaluation says how right an answer is. A metric that it does not give, that has no value, or that has a diagnostic with the severity error is a broken
/// measurement. The answer is handed over as the response of an assistant to <see cref="MeasuredAnswer.Messages"/>.
/// </summary>
public sealed class EvaluatorMetric : QualityMetric
{
    private readonly IEvaluator _evaluator;
    private readonly ScoreRule _rule;
    private readonly ChatConfiguration? _configuration;
    private readonly PromptDefinition? _route;
    private readonly string _metric;
    private readonly int _requests;

    /// <summary>Makes the metric. Its scores are kept as long as the evaluator's assembly and the route of its client have not changed.</summary>
    /// <param name="evaluator">The evaluator; it has to be thread-safe.</param>
    /// <param name="rule">The score of what the metric gives. Default: true is 1, false is 0, and a number from 0 to 1 is itself. The quality evaluators of Microsoft rate from 1 to 5: <c>ScoreRule.Scale(1, 5)</c>.</param>
    /// <param name="client">
    /// What the evaluator asks. A route of PromptGen (a prompt that returns <see cref="IChatClient"/>, or <c>AsChatClient</c>) is part of the run: of its cost, limit and journal. The cost of any other
    /// client is not known, so that a run with a limit of the cost refuses it. Default: null, the evaluator asks nothing.
    /// </param>
    /// <param name="metric">The metric, where the evaluator gives several.</param>
    /// <param name="requests">How many requests one measurement makes at most, for the forecast: 1 or more. Default: 1.</param>
    /// <exception cref="ArgumentException">The evaluator does not give the metric, or gives several and none is named.</exception>
    public EvaluatorMetric(IEvaluator evaluator, ScoreRule? rule = null, IChatClient? client = null, string? metric = null, int requests = 1)
        : base(NameOf(evaluator, metric), VersionOf(evaluator, rule, client))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        (_evaluator, _rule, _requests) = (evaluator, rule ?? ScoreRule.Share, requests);
        _configuration = client is null ? null : new ChatConfiguration(client);
        _route = RouteOf(client);
        _metric = metric ?? evaluator.EvaluationMetricNames.Single();
    }

    /// <summary>What the evaluator needs beside the answer, such as the expected value as ground truth. Default: nothing.</summary>
    public Func<MeasuredAnswer, IEnumerable<EvaluationContext>>? Context { get; init; }

    internal override IEnumerable<PromptDefinition> Prompts => _route is null ? [] : [_route];

    internal override bool IsMetered => _configuration is null || _route is not null;

    /// <inheritdoc/>
    public override async ValueTask<MetricOutcome> MeasureAsync(MeasuredAnswer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        try
        {
            var result = await EvaluateAsync(answer, cancellationToken).ConfigureAwait(false);
            return result.Metrics.TryGetValue(_metric, out var metric) ? Read(metric) : MetricOutcome.Broken($"{_evaluator.GetType().Name} gave no metric '{_metric}'.");
        }
        catch (Exception exception) when (!MetricFailure.EndsRun(exception, cancellationToken))
        {
            return MetricFailure.Of(Name, exception);
        }
    }

    internal override async Task<PromptCost> WorstCaseAsync(MeasuredAnswer sample, int? longestAnswer)
    {
        if (_configuration is null)
        {
            return PromptCost.Zero;
        }

        if (_route is null || _configuration.ChatClient.GetService<PromptRuntime>() is not { } runtime)
        {
            return PromptCost.Unknown;
        }

        try
        {
            return await AnswerWorstCase.OfAsync(runtime, _route, () => EvaluateAsync(sample, CancellationToken.None).AsTask(), longestAnswer, _requests).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return PromptCost.Unknown; // An evaluator may fail in ways of its own without an answer.
        }
    }

    private static string NameOf(IEvaluator evaluator, string? metric)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        var names = evaluator.EvaluationMetricNames;
        return metric is null
            ? names.Count == 1 ? names.Single() : throw new ArgumentException($"The evaluator gives several metrics; name one of {string.Join(", ", names)}.", nameof(metric))
            : names.Contains(metric) ? metric : throw new ArgumentException($"The evaluator gives no metric '{metric}'; it gives {string.Join(", ", names)}.", nameof(metric));
    }

    private static string VersionOf(IEvaluator evaluator, ScoreRule? rule, IChatClient? client) =>
        $"{VersionOf(evaluator.GetType().Module)} {RouteOf(client)?.FullVersion} {rule?.Text}".TrimEnd();

    private static PromptDefinition? RouteOf(IChatClient? client) => client?.GetService<PromptDefinition>();

    private ValueTask<Microsoft.Extensions.AI.Evaluation.EvaluationResult> EvaluateAsync(MeasuredAnswer answer, CancellationToken cancellationToken) =>
        _evaluator.EvaluateAsync(answer.Messages, new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Text)), _configuration, Context?.Invoke(answer), cancellationToken);

    private MetricOutcome Read(EvaluationMetric metric)
    {
        var errors = metric.Diagnostics?.Count(static diagnostic => diagnostic.Severity == EvaluationDiagnosticSeverity.Error) ?? 0;
        return errors > 0 ? MetricOutcome.Broken(string.Create(CultureInfo.InvariantCulture, $"{Name} has {errors} diagnostics with the severity error.")) : _rule.Of(metric switch
        {
            NumericMetric number => number.Value,
            BooleanMetric boolean => boolean.Value,
            StringMetric text => text.Value,
            _ => null,
        });
    }
}
