using System.Globalization;
using System.Reflection;
using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>
/// Another prompt says how right an answer is. A prompt with a parameter <c>candidates</c>, a list of two answers, compares the answer with the expected one and gives the index of the better one: it is
/// asked in both orders, and only what it says in both of them counts. Any other prompt rates the answer, which goes to its parameter <c>answer</c>, else to the first; <c>expected</c> gets the expected
/// value, and all other parameters the inputs of the item with their names.
/// </summary>
public sealed class JudgeMetric : QualityMetric
{
    private readonly EvaluationArm _judge;
    private readonly ScoreRule _rule;
    private readonly double? _contradiction;
    private readonly PropertyInfo? _member;
    private readonly JudgeQuestion _question;

    /// <summary>Makes the metric. Its scores are kept by the version of the judge, so that a changed judge is asked again.</summary>
    /// <param name="judge">Who judges: the whole route of a prompt or one of its models. It stays the caller's.</param>
    /// <param name="rule">The score of a rating. Default: true is 1, false is 0, and a number from 0 to 1 is itself. Of a judge that compares: not used.</param>
    /// <param name="member">The member of the judge's answer that has the rating or the index, such as <c>Score</c>. Default: the answer itself.</param>
    /// <param name="contradiction">What an answer scores where a judge that compares prefers another one in each order: 0.5 makes it a tie. Default: null, the measurement is broken.</param>
    /// <exception cref="ArgumentException">The judge has no parameter for the answer, or no such member, or one that compares gives no integer, or the score of a contradiction is not from 0 to 1.</exception>
    public JudgeMetric(EvaluationArm judge, ScoreRule? rule = null, string? member = null, double? contradiction = null)
        : base(NameOf(judge), string.Create(CultureInfo.InvariantCulture, $"{judge.Prompt.Version} {judge.Name} {rule?.Text} {member} {contradiction}").TrimEnd())
    {
        if (contradiction is < 0 or > 1)
        {
            throw new ArgumentException("The score of a contradiction is 0 to 1.", nameof(contradiction));
        }

        (_judge, _rule, _contradiction, _question) = (judge, rule ?? ScoreRule.Share, contradiction, new(judge.Prompt.Arguments));
        if (!_question.TakesAnswer)
        {
            throw new ArgumentException($"{judge.Prompt.Name} has no parameter that takes the answer.", nameof(judge));
        }

        _member = member is null ? null : judge.Prompt.AnswerType.GetProperty(member, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase)
            ?? throw new ArgumentException($"The answer of {judge.Prompt.Name} has no member '{member}'.", nameof(member));
        if (_question.Compares && (_member?.PropertyType ?? judge.Prompt.AnswerType) != typeof(int))
        {
            throw new ArgumentException($"{judge.Prompt.Name} has candidates: its answer, or the member that is named, has to be the index of the better one, an int.", nameof(judge));
        }
    }

    internal override IEnumerable<PromptDefinition> Prompts => [_judge.Prompt.Definition];

    internal override bool ReadsMessages => false;

    /// <inheritdoc/>
    public override IEnumerable<string> Check(EvaluationItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _question.Compares && item.Expected is null
            ? [$"needs 'expected' for the metric {Name}"]
            : _judge.Prompt.Arguments.Check(_question.Of(item, item.Sample)).Select(problem => $"{problem}, for the metric {Name}");
    }

    /// <inheritdoc/>
    public override async ValueTask<MetricOutcome> MeasureAsync(MeasuredAnswer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        try
        {
            return _question.Compares ? await CompareAsync(answer, cancellationToken).ConfigureAwait(false) : _rule.Of(await AskAsync(answer, isReversed: false, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (!MetricFailure.EndsRun(exception, cancellationToken))
        {
            return MetricFailure.Of(Name, exception);
        }
    }

    internal override async Task<PromptCost> WorstCaseAsync(MeasuredAnswer sample, int? longestAnswer)
    {
        try
        {
            return await AnswerWorstCase.OfAsync(
                _judge.Runtime, _judge.Prompt.Definition, () => _judge.AskAsync(_question.Of(sample.Item, sample.Item.Sample), CancellationToken.None), longestAnswer, _question.Compares ? 2 : 1).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is PromptException or InvalidOperationException)
        {
            return PromptCost.Unknown;
        }
    }

    private static string NameOf(EvaluationArm judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        return $"judge {judge.Prompt.Name}";
    }

    /// <summary>An answer that equals the expected one is right without a question: a judge of two equal candidates can only contradict itself.</summary>
    private async Task<MetricOutcome> CompareAsync(MeasuredAnswer answer, CancellationToken cancellationToken)
    {
        if (EvaluationJson.AreEqual(JudgeQuestion.JsonOf(answer), answer.Item.Sample))
        {
            return MetricOutcome.Of(isRight: true);
        }

        var first = await AskAsync(answer, isReversed: false, cancellationToken).ConfigureAwait(false);
        if (first is not (0 or 1))
        {
            return NoCandidate(first);
        }

        var second = await AskAsync(answer, isReversed: true, cancellationToken).ConfigureAwait(false);
        return second is not (0 or 1) ? NoCandidate(second)
            : !first.Equals(second) ? MetricOutcome.Of(first is 0)
            : _contradiction is { } tie ? MetricOutcome.Of(tie)
            : MetricOutcome.Broken($"{Name} preferred the candidate in the same place in both orders.");
    }

    private static MetricOutcome NoCandidate(object? index) => MetricOutcome.Broken(string.Create(CultureInfo.InvariantCulture, $"The judge gave the index {index}; there are 0 and 1."));

    private async Task<object?> AskAsync(MeasuredAnswer answer, bool isReversed, CancellationToken cancellationToken)
    {
        var given = await _judge.AskAsync(_question.Of(answer.Item, JudgeQuestion.JsonOf(answer), isReversed), cancellationToken).ConfigureAwait(false);
        return _member is null || given is null ? given : _member.GetValue(given);
    }
}
