using System.ComponentModel;
using PromptGen.Contracts;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Streaming;

namespace PromptGen;

// How generated code starts calls.
public sealed partial class PromptRuntime
{
    /// <summary>Starts a call whose answer only has to keep its contract.</summary>
    /// <typeparam name="T">The output type of the prompt.</typeparam>
    /// <param name="prompt">The prompt.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptCall<T> Start<T>(PromptDefinition<T> prompt, CancellationToken cancellationToken) => Start(prompt, default(AcceptanceCheck<T>), cancellationToken);

    /// <summary>Starts a call whose answer has to pass a check.</summary>
    /// <typeparam name="T">The output type of the prompt.</typeparam>
    /// <param name="prompt">The prompt.</param>
    /// <param name="reject">Null = the value is accepted; a text = why not.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptCall<T> Start<T>(PromptDefinition<T> prompt, Func<T, string?> reject, CancellationToken cancellationToken) =>
        Start(prompt, new AcceptanceCheck<T>(reject), cancellationToken);

    /// <summary>Starts a call whose answer has to pass a check that takes its time.</summary>
    /// <typeparam name="T">The output type of the prompt.</typeparam>
    /// <param name="prompt">The prompt.</param>
    /// <param name="reject">Null = the value is accepted; a text = why not. Its token ends with the call's deadline and the caller's token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptCall<T> Start<T>(PromptDefinition<T> prompt, Func<T, CancellationToken, ValueTask<string?>> reject, CancellationToken cancellationToken) =>
        Start(prompt, new AcceptanceCheck<T>(reject), cancellationToken);

    /// <summary>Starts a call whose answer has to pass a check that may be another prompt, or whose reason is sent back to the model.</summary>
    /// <typeparam name="T">The output type of the prompt.</typeparam>
    /// <param name="prompt">The prompt.</param>
    /// <param name="judge">Null = the value is accepted. Its token ends with the call's deadline and the caller's token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptCall<T> StartJudged<T>(PromptDefinition<T> prompt, Func<T, CancellationToken, ValueTask<PromptRejection?>> judge, CancellationToken cancellationToken) =>
        Start(prompt, new AcceptanceCheck<T>(judge), cancellationToken);

    /// <summary>Starts a call whose answer is text that is handed over as it comes.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps, hands over its items and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptStream<string> Stream(PromptDefinition<string> prompt, CancellationToken cancellationToken) =>
        Stream(prompt, new TextItems(), default, cancellationToken);

    /// <summary>Starts a call whose answer is a list, of which each element is handed over as soon as it is complete and keeps its contract.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="prompt">The prompt.</param>
    /// <param name="element">The contract of one element.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps, hands over its items and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptStream<T> Stream<T>(PromptDefinition<IReadOnlyList<T>> prompt, PromptContract<T> element, CancellationToken cancellationToken) =>
        Stream(prompt, Elements(prompt, element), default, cancellationToken);

    /// <summary>Starts a call whose answer is a list of elements that each have to pass a check.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="prompt">The prompt.</param>
    /// <param name="element">The contract of one element.</param>
    /// <param name="reject">Null = the element is accepted; a text = why not.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps, hands over its items and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptStream<T> Stream<T>(
        PromptDefinition<IReadOnlyList<T>> prompt,
        PromptContract<T> element,
        Func<T, string?> reject,
        CancellationToken cancellationToken) =>
        Stream(prompt, Elements(prompt, element), new AcceptanceCheck<T>(reject), cancellationToken);

    /// <summary>Starts a call whose answer is a list of elements that each have to pass a check that takes its time.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="prompt">The prompt.</param>
    /// <param name="element">The contract of one element.</param>
    /// <param name="reject">Null = the element is accepted; a text = why not. Its token ends with the call's deadline and the caller's token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps, hands over its items and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptStream<T> Stream<T>(
        PromptDefinition<IReadOnlyList<T>> prompt,
        PromptContract<T> element,
        Func<T, CancellationToken, ValueTask<string?>> reject,
        CancellationToken cancellationToken) =>
        Stream(prompt, Elements(prompt, element), new AcceptanceCheck<T>(reject), cancellationToken);

    /// <summary>Starts a call whose answer is an object that is handed over in snapshots while it grows.</summary>
    /// <typeparam name="T">The output type of the prompt.</typeparam>
    /// <param name="prompt">The prompt.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call; generated code takes its steps, hands over its items and disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PromptStream<PromptSnapshot<T>> StreamSnapshots<T>(PromptDefinition<T> prompt, CancellationToken cancellationToken) =>
        Stream(prompt, new SnapshotItems<T>(prompt.Contract, prompt.MemberNames, prompt.Tolerance), default, cancellationToken);

    private PromptCall<T> Start<T>(PromptDefinition<T> prompt, AcceptanceCheck<T> acceptance, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return new PromptCall<T>(this, prompt, acceptance, cancellationToken);
    }

    private static ElementItems<T> Elements<T>(PromptDefinition prompt, PromptContract<T> element) => new(element, prompt.Tolerance, prompt.Resume);

    private PromptStream<T> Stream<T>(PromptDefinition prompt, ItemReader<T> items, AcceptanceCheck<T> acceptance, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new PromptStream<T>(this, prompt, items, acceptance, cancellationToken);
    }
}
