using System.ComponentModel;
using System.Runtime.CompilerServices;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Streaming;

namespace PromptGen.Execution;

/// <summary>
/// One call of a prompt whose answer is streamed: takes the steps of its route, on behalf of generated code, until the first item is available,
/// then hands over the items. Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptStream<T> : IRequestSource
{
    private readonly PromptDefinition _prompt;
    private readonly StreamExchange<T> _exchange;
    private IPromptTemplate _template = null!;

    internal PromptStream(PromptRuntime runtime, PromptDefinition prompt, ItemReader<T> items, AcceptanceCheck<T> acceptance, CancellationToken cancellationToken)
    {
        _prompt = prompt;
        _exchange = new StreamExchange<T>(runtime, prompt, items, acceptance, this, cancellationToken);
    }

    /// <summary>The item that <see cref="MoveNextAsync"/> went to.</summary>
    public T Current => _exchange.Current;

    /// <summary>The ledger so far. The attempt that streams is entered once its answer has ended or the call was disposed.</summary>
    public IReadOnlyList<PromptAttempt> Attempts => _exchange.Attempts;

    /// <summary>Enters the route where its clauses say.</summary>
    /// <param name="entry">What the clauses say.</param>
    /// <returns>The first step to take; null where <see cref="Exhausted"/> says why none may be.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: the options of the call name a model that it must not ask.</exception>
    public PromptStep? Enter(in RouteEntry entry) => _exchange.Steps.Enter(entry);

    /// <summary>The step after one that gave no accepted answer.</summary>
    /// <param name="step">The step.</param>
    /// <returns>The next step; null where there is none, or it is above the ceiling of the call.</returns>
    public PromptStep? After(PromptStep step) => _exchange.Steps.After(step);

    /// <summary>Enters the route by what a method gives, which may be another prompt.</summary>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <typeparam name="TSource">What the method gives.</typeparam>
    /// <param name="entry">What the clauses before it say.</param>
    /// <param name="state">The prompt class and the arguments, so that the method needs no closure.</param>
    /// <param name="source">The method. Its token ends with the call's deadline and the caller's token.</param>
    /// <param name="cases">The cases of the value.</param>
    /// <param name="otherwise">The step where the method failed or its value has no case.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    public ValueTask<RouteEntry> RouteByAsync<TState, TSource>(
        RouteEntry entry, TState state, Func<TState, CancellationToken, ValueTask<TSource>> source, RouteCases<TSource> cases, PromptStep otherwise) =>
        _exchange.Steps.RouteByAsync(entry, state, source, cases, otherwise);

    /// <summary>Asks a learned router that reads embeddings for the score of the call.</summary>
    /// <param name="router">The router.</param>
    /// <param name="texts">The texts of the call, in order.</param>
    /// <returns>From 0 to 1; null where there is no embedding: the generator failed, took too long, or may not see the texts.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    public ValueTask<double?> ScoreAsync(LearnedRouter router, string?[] texts) => _exchange.Steps.ScoreAsync(router, texts);

    /// <summary>
    /// Takes one step of the route: asks its models until one has sent the first item, all are unavailable, or one is rejected. An
    /// answer that breaks its contract before its first item is not repaired: it escalates.
    /// </summary>
    /// <typeparam name="TTemplate">The type of the template.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="template">The prompt's templates with the arguments of this call.</param>
    /// <returns>
    /// True where <see cref="MoveNextAsync"/> hands over the items, of which there may be none; false where the next step is to be taken, or
    /// <see cref="Exhausted"/> gives the reason why not.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    /// <exception cref="PromptException">
    /// With <see cref="PromptErrorCode.Configuration"/>: no registration serves a model, its client could not be made, or a parameter could not be rendered.
    /// With <see cref="PromptErrorCode.NotAccepted"/>: the acceptance check threw.
    /// </exception>
    public ValueTask<bool> TryAsync<TTemplate>(PromptStep step, TTemplate template)
        where TTemplate : IPromptTemplate
    {
        _template = template;
        return _exchange.TakeAsync(step);
    }

    /// <summary>Goes to the next item, of another model where the answer broke off and the prompt resumes.</summary>
    /// <returns>False at the end of a complete answer.</returns>
    /// <exception cref="PromptStreamException">The answer broke off, and no other model continued it.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptStreamException"/> inside.</exception>
    public ValueTask<bool> MoveNextAsync() => _exchange.MoveNextAsync();

    /// <summary>Why no step of the route gave a first item.</summary>
    /// <returns>The error to throw, as <see cref="PromptCall{T}.Exhausted"/> gives it.</returns>
    public PromptException Exhausted() => _exchange.Exhausted();

    /// <summary>
    /// Asks the prompt's <see cref="FallbackAttribute"/> method, once no step gave a first item. It has a time of its own, because the call's deadline may be why it is
    /// asked; one that ignores its token is abandoned.
    /// </summary>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <param name="state">The prompt class and the arguments, so that the method needs no closure.</param>
    /// <param name="method">The method. Its token is cancelled once its time is over, or the caller cancels.</param>
    /// <param name="seconds">How long each of its items may take, above 0, at most 86,400. Default: 5.</param>
    /// <returns>The items of the method.</returns>
    /// <exception cref="PromptException">The method threw or took too long: with the code of <see cref="Exhausted"/>, the ledger, and what the method threw, or a <see cref="TimeoutException"/>. With <see cref="PromptErrorCode.Configuration"/>: prompts that are each other's substitutes, 16 levels deep.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero, or longer than a day.</exception>
    public IAsyncEnumerable<T> Substitute<TState>(TState state, Func<TState, CancellationToken, IAsyncEnumerable<T>> method, double seconds = SubstituteTime.Default) =>
        _exchange.Substitute(seconds).StreamAsync(state, method);

    /// <summary>Ends the call. What was not read of the answer is not read any more, and its connection is closed.</summary>
    /// <returns>For <c>await using</c>; goes on without the caller's context.</returns>
    public ConfiguredValueTaskAwaitable DisposeAsync() => _exchange.DisposeAsync().ConfigureAwait(false);

    string? IRequestSource.WhyNot(ModelInfo model) => null;

    ModelRequest IRequestSource.Render(ModelEndpoint endpoint, Continuation? continuation) =>
        ModelRequest.Create(_prompt, endpoint, _template, repair: null, continuation: continuation);
}
