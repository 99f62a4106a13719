using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Telemetry;

namespace PromptGen.Ensembles;

/// <summary>One member of an ensemble: asks its model, and votes with an answer that keeps the contract. It does not know the output type, see <see cref="IExchange"/>.</summary>
/// <param name="vote">What it takes part in.</param>
/// <param name="number">Its number among the voters.</param>
internal abstract class Voter(EnsembleVote vote, int number) : IExchange
{
    /// <summary>Its number among the voters.</summary>
    public int Number => number;

    /// <summary>How it ended.</summary>
    public ModelRun Run { get; set; }

    bool IExchange.ChecksAsync => true;

    /// <summary>Its answer, once that has kept the contract.</summary>
    public abstract object? Answer { get; }

    object? IExchange.Value => Answer;

    /// <summary>What its answer votes for, and the weight of that vote.</summary>
    public abstract (string Choice, double Weight) Ballot();

    /// <summary>Whether its answer passes the checks of the prompt.</summary>
    public abstract ValueTask<AnswerVerdict> CheckAsync();

    string? IExchange.WhyNot(ModelInfo model) => null;

    public abstract ModelRequest Render(ModelEndpoint endpoint, RepairPrompt? repair);

    ValueTask<Reception> IExchange.SendAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CancellationToken cancellationToken) =>
        BufferedExchange.SendAsync(client, request, cancellationToken);

    public abstract AnswerVerdict Read(in Reception reception, ModelEndpoint endpoint, CallAccount account);

    ValueTask<AnswerVerdict> IExchange.CheckAsync(AnswerVerdict read, CallAccount account) => vote.CountAsync(this, read);
}

/// <inheritdoc />
internal sealed class Voter<T>(EnsembleVote vote, int number, PromptCall<T> call, PromptEnsemble<T> ensemble, IPromptTemplate template) : Voter(vote, number)
{
    private AnswerVerdict _verdict;

    /// <summary>Its answer, once that has kept the contract.</summary>
    public T? Value { get; private set; }

    public override object? Answer => Value;

    public override (string Choice, double Weight) Ballot() => (ensemble.ChoiceOf(Value!), ensemble.WeightOf(Number, Value!));

    public override ValueTask<AnswerVerdict> CheckAsync() => call.CheckAsync(Value!, _verdict);

    public override ModelRequest Render(ModelEndpoint endpoint, RepairPrompt? repair) => ModelRequest.Create(call.Prompt, endpoint, template, repair);

    public override AnswerVerdict Read(in Reception reception, ModelEndpoint endpoint, CallAccount account)
    {
        var reading = AnswerReading.Read(call.Prompt, reception, account);
        Value = reading.Value;
        var verdict = AnswerReading.Verdict(reading);
        _verdict = LikelihoodCheck.Check(call.Prompt, reception, endpoint, verdict);
        return verdict;
    }
}
