using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Health;
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

    /// <summary>The voter that ended after it and is not looked at yet; null = there is none.</summary>
    public Voter? NextEnded { get; set; }

    bool IExchange.ChecksAsync => true;

    /// <summary>Its answer, once that has kept the contract.</summary>
    public abstract object? Answer { get; }

    object? IExchange.Value => Answer;

    /// <summary>What its answer votes for, and the weight of that vote.</summary>
    /// <param name="known">What another answer votes for; null = there is no other.</param>
    public abstract (string Choice, double Weight) Ballot(string? known);

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
internal sealed class Voter<T>(EnsembleVote<T> vote, int number) : Voter(vote, number)
{
    private readonly EnsembleVote<T> _vote = vote;
    private AnswerVerdict _verdict = AnswerVerdict.Accepted;

    /// <summary>Its answer, once that has kept the contract.</summary>
    public T? Value { get; private set; }

    public override object? Answer => Value;

    public override (string Choice, double Weight) Ballot(string? known) => (_vote.Ensemble.ChoiceOf(Value!, known), _vote.Ensemble.WeightOf(Number, Value!));

    public override ValueTask<AnswerVerdict> CheckAsync() => _vote.Call.CheckAsync(Value!, _verdict);

    public override ModelRequest Render(ModelEndpoint endpoint, RepairPrompt? repair) => ModelRequest.Create(_vote.Call.Prompt, endpoint, _vote.Call.Template, repair);

    public override AnswerVerdict Read(in Reception reception, ModelEndpoint endpoint, CallAccount account)
    {
        var prompt = _vote.Call.Prompt;
        var reading = AnswerReading.Read(prompt, reception, account);
        Value = reading.Value;
        var verdict = AnswerReading.Verdict(reading);
        _verdict = ConfidenceCheck.Check(prompt, Value!, endpoint, LikelihoodCheck.Check(prompt, reception, endpoint, verdict));
        return verdict;
    }
}
