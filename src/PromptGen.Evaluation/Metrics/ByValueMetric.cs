using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>What is right depends on the expected value: the metric of runs that name none.</summary>
internal sealed class ByValueMetric : QualityMetric
{
    private static readonly AnswerMetric s_number = AnswerMetric.Numeric();

    private ByValueMetric() : base("by value")
    {
    }

    public static ByValueMetric Instance { get; } = new();

    internal override bool ReadsMessages => false;

    public override ValueTask<MetricOutcome> MeasureAsync(MeasuredAnswer answer, CancellationToken cancellationToken = default) => RuleOf(answer.Item).MeasureAsync(answer, cancellationToken);

    private static AnswerMetric RuleOf(EvaluationItem item) => item.Expected?.ValueKind switch
    {
        null => AnswerMetric.Elements,
        JsonValueKind.Object => AnswerMetric.Members,
        JsonValueKind.Array => AnswerMetric.SetF1,
        JsonValueKind.Number => s_number,
        _ => AnswerMetric.Exact,
    };
}
