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
        return Vote(call, ensemble, template, null).RunAsync();
    }

    /// <summary>Asks all members of an ensemble, has a judge select among their answers, and has the winner checked.</summary>
    /// <typeparam name="T">The output type of the prompt.</typeparam>
    /// <typeparam name="TTemplate">The type of the template.</typeparam>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="ensemble">The members.</param>
    /// <param name="template">The prompt's templates with the arguments of this call.</param>
    /// <param name="state">The prompt class and the arguments, so that the judge needs no closure.</param>
    /// <param name="judge">Gives the index of the best candidate. Its token ends with the call's deadline and the caller's token.</param>
    /// <returns>As from <see cref="VoteAsync{T, TTemplate}"/>.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    /// <exception cref="PromptException">As from <see cref="PromptCall{T}.TryAsync{TTemplate}"/>.</exception>
    public static ValueTask<bool> JudgeAsync<T, TTemplate, TState>(
        PromptCall<T> call, PromptEnsemble<T> ensemble, TTemplate template, TState state, Func<TState, IReadOnlyList<T>, CancellationToken, ValueTask<int>> judge)
        where TTemplate : IPromptTemplate
    {
        ArgumentNullException.ThrowIfNull(judge);
        return Vote(call, ensemble, template, (candidates, stop) => judge(state, [.. candidates.Select(static voter => ((Voter<T>)voter).Value!)], stop)).RunAsync();
    }

    private static EnsembleVote<T> Vote<T, TTemplate>(
        PromptCall<T> call, PromptEnsemble<T> ensemble, TTemplate template, Func<IReadOnlyList<Voter>, CancellationToken, ValueTask<int>>? judge)
        where TTemplate : IPromptTemplate
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(ensemble);
        call.Use(template);
        return new EnsembleVote<T>(call, ensemble, judge);
    }
}
