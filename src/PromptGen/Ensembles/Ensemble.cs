using System.ComponentModel;
using PromptGen.Execution;
using PromptGen.Prompts;

namespace PromptGen.Ensembles;

/// <summary>Has the members of an ensemble vote. Generated code calls it before the first step of a route.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Ensemble
{
    /// <summary>Asks the members of an ensemble until the outcome of their vote is certain, and has the winner checked.</summary>
    /// <typeparam name="T">The output type of the prompt.</typeparam>
    /// <typeparam name="TTemplate">The type of the template.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="ensemble">The members.</param>
    /// <param name="template">The prompt's templates with the arguments of this call.</param>
    /// <returns>True where there is an accepted answer; false where the first step of the route is to be taken, or <see cref="PromptCall{T}.Exhausted"/> gives the reason why not.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    /// <exception cref="PromptException">As from <see cref="PromptCall{T}.TryAsync{TTemplate}"/>.</exception>
    public static ValueTask<bool> VoteAsync<T, TTemplate>(PromptCall<T> call, PromptEnsemble<T> ensemble, TTemplate template)
        where TTemplate : IPromptTemplate
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(ensemble);
        call.Use(template);
        return new EnsembleVote(call.Steps, ensemble, (vote, number) => new Voter<T>(vote, number, call, ensemble, template)).RunAsync();
    }
}
