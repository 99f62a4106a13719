using Xunit;

namespace PromptGen.Evaluation;

/// <summary>The evaluation of a test with <see cref="PromptEvalAttribute"/>.</summary>
public sealed class PromptEval
{
    private readonly PromptEvalAttribute _declared;

    internal PromptEval(PromptEvalAttribute declared) => _declared = declared;

    /// <summary>
    /// Evaluates a prompt: asks the items that earlier runs have not asked, and ends the test where the mean score is lower than <see cref="PromptEvalAttribute.MinQuality"/>. The test is skipped where
    /// <paramref name="configure"/> reports that a provider has no key.
    /// </summary>
    /// <typeparam name="TClient">The class that declares the prompt.</typeparam>
    /// <param name="prompt">The name of its method, such as <c>nameof(SupportDesk.TriageAsync)</c>.</param>
    /// <param name="configure">Registers the providers.</param>
    /// <param name="model">The model that is asked alone. Default: null, the whole route.</param>
    /// <param name="metric">What is right. Default: null, by the expected value.</param>
    /// <param name="client">Makes the object that has the prompt. Default: its constructor with a <see cref="PromptRuntime"/>.</param>
    /// <param name="cancellationToken">Ends the run. Default: the token of the test.</param>
    /// <returns>What was found, for further assertions.</returns>
    /// <exception cref="PromptEvalException">The threshold is missed, or answers that were not measured hide whether it is.</exception>
    /// <exception cref="RecordedDataException">The set cannot be read, or does not suit the prompt or the metric.</exception>
    /// <exception cref="ArgumentException">The class has no such prompt, or it cannot be asked of the model.</exception>
    /// <exception cref="InvalidOperationException">There is a limit of the cost that cannot be kept.</exception>
    public async Task<EvaluationRun> RunAsync<TClient>(
        string prompt,
        Action<PromptRuntimeBuilder> configure,
        string? model = null,
        QualityMetric? metric = null,
        Func<PromptRuntime, TClient>? client = null,
        CancellationToken cancellationToken = default)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(configure);
        var evaluated = EvaluatedPrompt.Of<TClient>(prompt);
        var arm = model is null ? EvaluationArm.Route(evaluated, Skipping, client) : EvaluationArm.Model(evaluated, model, Skipping, client);
        await using var end = arm.ConfigureAwait(false);
        return await RunAsync(evaluated, arm, metric, cancellationToken == default ? TestContext.Current.CancellationToken : cancellationToken).ConfigureAwait(false);

        void Skipping(PromptRuntimeBuilder builder)
        {
            try
            {
                configure(builder);
            }
            catch (Exception exception) when (MissingKey.Is(exception))
            {
                throw MissingKey.Skip(exception);
            }
        }
    }

    /// <summary>The set, for the name of the test.</summary>
    /// <returns>The path as declared.</returns>
    public override string ToString() => _declared.Data;

    private async Task<EvaluationRun> RunAsync(EvaluatedPrompt prompt, EvaluationArm arm, QualityMetric? metric, CancellationToken cancellationToken)
    {
        var set = EvaluationSet.Read(TestFiles.Find(_declared.Data, _declared.SourceFilePath));
        var lease = StoreLease.Open(_declared);
        await using var end = lease.ConfigureAwait(false);
        var run = await new PromptEvaluation(prompt, set, [arm], lease.Store).RunAsync(
            new()
            {
                Repeats = _declared.Repeats,
                Concurrency = _declared.Concurrency,
                MaxUsd = double.IsNaN(_declared.MaxUsd) ? null : (decimal)_declared.MaxUsd,
                Metric = metric,
            },
            cancellationToken).ConfigureAwait(false);
        var report = new PromptEvalReport(set, run, _declared);
        TestContext.Current.TestOutputHelper?.WriteLine(report.Text);
        return report.HasPassed ? run : throw new PromptEvalException(report.Text, run);
    }
}
