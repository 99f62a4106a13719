using System.ComponentModel;
using Microsoft.Extensions.AI;
using PromptGen.Caching;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Telemetry;

namespace PromptGen.Execution;

/// <summary>
/// One call of a prompt: takes the steps of its route one by one, on behalf of generated code, and records the attempts. Not thread-safe.
/// </summary>
/// <typeparam name="T">The output type of the prompt.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptCall<T> : IDisposable, ICallExchange, IKeptReader
{
    private readonly PromptDefinition<T> _prompt;
    private readonly AcceptanceCheck<T> _acceptance;
    private readonly StepRunner _steps;
    private IPromptTemplate _template = null!;
    private T? _value;
    private Func<T, CancellationToken, ValueTask<string?>>? _checksOfKept;

    internal PromptCall(PromptRuntime runtime, PromptDefinition<T> prompt, AcceptanceCheck<T> acceptance, CancellationToken cancellationToken)
    {
        _prompt = prompt;
        _acceptance = acceptance;
        _steps = new StepRunner(runtime, prompt, this, cancellationToken);
    }

    /// <summary>The accepted answer.</summary>
    /// <exception cref="InvalidOperationException">No step gave one.</exception>
    public T Value => _steps.AnsweredBy is not null ? _value! : throw NotAnswered();

    /// <summary>The accepted answer with its ledger and cost.</summary>
    /// <exception cref="InvalidOperationException">No step gave one.</exception>
    public PromptResult<T> Result => _steps.AnsweredBy is { } model ? _steps.CreateResult(_value!, model.Id, model.Tier) : throw NotAnswered();

    /// <summary>The prompt that is called.</summary>
    internal PromptDefinition<T> Prompt => _prompt;

    /// <summary>What the call has done so far.</summary>
    internal StepRunner Steps => _steps;

    /// <summary>Renders the requests.</summary>
    internal IPromptTemplate Template => _template;

    bool IExchange.ChecksAsync => _acceptance.IsAsync;

    object? IExchange.Value => _value;

    /// <summary>Enters the route where its clauses say.</summary>
    /// <param name="entry">What the clauses say.</param>
    /// <returns>The first step to take; null where <see cref="Exhausted"/> says why none may be.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: the options of the call name a model that it must not ask.</exception>
    public PromptStep? Enter(in RouteEntry entry) => _steps.Enter(entry);

    /// <summary>The step after one that gave no accepted answer.</summary>
    /// <param name="step">The step.</param>
    /// <returns>The next step; null where there is none, or it is above the ceiling of the call.</returns>
    public PromptStep? After(PromptStep step) => _steps.After(step);

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
        _steps.RouteByAsync(entry, state, source, cases, otherwise);

    /// <summary>Asks a learned router that reads embeddings for the score of the call.</summary>
    /// <param name="router">The router.</param>
    /// <param name="texts">The texts of the call, in order.</param>
    /// <returns>From 0 to 1; null where there is no embedding: the generator failed, took too long, or may not see the texts.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    public ValueTask<double?> ScoreAsync(LearnedRouter router, string?[] texts) => _steps.ScoreAsync(router, texts);

    /// <summary>Looks for the answer that an earlier call with the same arguments was given, or that one under way will be given.</summary>
    /// <typeparam name="TTemplate">The type of the template.</typeparam>
    /// <param name="template">The arguments of this call.</param>
    /// <param name="entry">What the clauses say of the entry as far as no prompt has to be asked for it; null = there are none.</param>
    /// <param name="checks">The checks of the prompt that are no prompts, where it has others; null = all of its checks. A kept answer is read and checked again.</param>
    /// <returns>True where there is an answer; false where the steps are to be taken.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: an argument contains itself.</exception>
    public ValueTask<bool> CachedAsync<TTemplate>(TTemplate template, RouteEntry? entry = null, Func<T, CancellationToken, ValueTask<string?>>? checks = null)
        where TTemplate : ICacheKey
    {
        if (_prompt.CacheFor is not { } lifetime || _steps.Account.Explainer is not null)
        {
            return new(false);
        }

        var options = entry?.Options;
        _steps.GiveId(options);
        if (options?.Cache == CacheMode.Off)
        {
            _steps.Account.Telemetry?.Cached("bypass", PromptCost.Zero);
            return new(false);
        }

        _checksOfKept = checks;
        var lookup = new CacheLookup(_steps, _prompt, this);
        return lookup.FindAsync(KeyOf(lookup, template, entry), options, lifetime);
    }

    /// <summary>Takes one step of the route: asks its models until one gives an accepted answer, all are unavailable, or one is rejected.</summary>
    /// <typeparam name="TTemplate">The type of the template.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="template">The prompt's templates with the arguments of this call.</param>
    /// <returns>True where there is an accepted answer; false where the next step is to be taken, or <see cref="Exhausted"/> gives the reason why not.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    /// <exception cref="PromptException">
    /// With <see cref="PromptErrorCode.Configuration"/>: no registration serves a model, its client could not be made, or a parameter could not be rendered.
    /// With <see cref="PromptErrorCode.NotAccepted"/>: the acceptance check threw.
    /// </exception>
    public ValueTask<bool> TryAsync<TTemplate>(PromptStep step, TTemplate template)
        where TTemplate : IPromptTemplate
    {
        Use(template);
        return _steps.TakeAsync(step);
    }

    /// <summary>Why no step of the route gave an accepted answer.</summary>
    /// <returns>
    /// The error to throw: <see cref="PromptErrorCode.RouteExhausted"/>, or <see cref="PromptErrorCode.BudgetExceeded"/>,
    /// <see cref="PromptErrorCode.DeadlineExceeded"/> or <see cref="PromptErrorCode.ContentFiltered"/> where that ended the call, or
    /// <see cref="PromptErrorCode.CircuitOpen"/> where all models are cooling down and none was called.
    /// </returns>
    public PromptException Exhausted() => _steps.Exhausted();

    /// <summary>The result for a value that the prompt's <see cref="FallbackAttribute"/> method gave.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A result without a model that keeps all attempts and their cost.</returns>
    public PromptResult<T> Served(T value) => _steps.CreateResult(value, "", _prompt.Route.Count > 0 ? _prompt.Route[^1].Tier : default);

    /// <summary>
    /// Asks the prompt's <see cref="FallbackAttribute"/> method, once no step gave an answer. It has a time of its own, because the call's deadline may be why it is
    /// asked; one that ignores its token is abandoned.
    /// </summary>
    /// <typeparam name="TState">The type of <paramref name="state"/>.</typeparam>
    /// <typeparam name="TAnswer">What the method gives.</typeparam>
    /// <param name="state">The prompt class and the arguments, so that the method needs no closure.</param>
    /// <param name="method">The method. Its token is cancelled once its time is over, or the caller cancels.</param>
    /// <param name="seconds">How long it may take, above 0, at most 86,400. Default: 5.</param>
    /// <returns>What the method gave.</returns>
    /// <exception cref="PromptException">The method threw or took too long: with the code of <see cref="Exhausted"/>, the ledger, and what the method threw, or a <see cref="TimeoutException"/>. With <see cref="PromptErrorCode.Configuration"/>: prompts that are each other's substitutes, 16 levels deep.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; carries the caller's token, and a <see cref="PromptException"/> with the ledger inside.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero, or longer than a day.</exception>
    public ValueTask<TAnswer> SubstituteAsync<TState, TAnswer>(TState state, Func<TState, CancellationToken, ValueTask<TAnswer>> method, double seconds = SubstituteTime.Default) =>
        _steps.Substitute(seconds).AskAsync(state, method);

    /// <summary>Ends the call.</summary>
    public void Dispose() => _steps.End();

    /// <summary>Requests are rendered by this template from here on.</summary>
    internal void Use(IPromptTemplate template) => _template = template;

    /// <summary>Checks a value that several requests have given.</summary>
    /// <param name="value">The value.</param>
    /// <param name="read">What its own answer and its probabilities say.</param>
    internal ValueTask<AnswerVerdict> CheckAsync(T value, AnswerVerdict read)
    {
        _value = value;
        return read.Code != PromptErrorCode.None ? new(read)
            : _acceptance.IsAsync ? CheckAsync(value, read, _steps.Account) : new(_acceptance.Check(value, read, _steps.Account.CancellationToken));
    }

    private string KeyOf<TTemplate>(in CacheLookup lookup, TTemplate template, in RouteEntry? entry)
        where TTemplate : ICacheKey
    {
        try
        {
            return lookup.KeyOf(template, entry);
        }
        catch (Exception exception) when (exception is not PromptException)
        {
            throw _steps.Report(new PromptException(
                PromptErrorCode.Configuration, $"{_prompt.Name} has no key for its answer: a parameter threw {exception.GetType().Name}.", _steps.Ledger.Attempts, exception));
        }
    }

    async ValueTask<bool> IKeptReader.ReadKeptAsync(string text)
    {
        var account = _steps.Account;
        var reading = AnswerReading.Read(_prompt, new Reception(PromptErrorCode.None, text, null), account);
        if (reading.Code != PromptErrorCode.None)
        {
            return false;
        }

        _value = reading.Value;
        var acceptance = _checksOfKept is { } checks ? new AcceptanceCheck<T>(checks) : _acceptance.IsJudged ? default : _acceptance;
        var read = AnswerReading.Verdict(reading);
        var verdict = acceptance.IsAsync
            ? await acceptance.CheckAsync(_value!, read, account).ConfigureAwait(false)
            : acceptance.Check(_value!, read, account.CancellationToken);
        return verdict.Code == PromptErrorCode.None;
    }

    string? IExchange.WhyNot(ModelInfo model) => null;

    ModelRequest IExchange.Render(ModelEndpoint endpoint, RepairPrompt? repair) =>
        ModelRequest.Create(_prompt, endpoint, _template, repair, _steps.Account.Previous);

    ValueTask<Reception> IExchange.SendAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CancellationToken cancellationToken) =>
        BufferedExchange.SendAsync(client, request, cancellationToken);

    AnswerVerdict IExchange.Read(in Reception reception, ModelEndpoint endpoint, CallAccount account) => Read(reception, endpoint, account, ref _value);

    ValueTask<AnswerVerdict> IExchange.CheckAsync(AnswerVerdict read, CallAccount account) => CheckAsync(_value!, read, account);

    IExchange ICallExchange.Fork(bool isLast) => new PromptFork<T>(this, _template);

    ValueTask ICallExchange.JoinAsync(IExchange fork, bool isAccepted)
    {
        _value = isAccepted ? ((PromptFork<T>)fork).Value : _value;
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads an answer of one model, and checks the value unless that takes its time.</summary>
    internal AnswerVerdict Read(in Reception reception, ModelEndpoint endpoint, CallAccount account, ref T? value)
    {
        var reading = AnswerReading.Read(_prompt, reception, account);
        value = reading.Value;
        var verdict = ConfidenceCheck.Check(_prompt, value!, endpoint, LikelihoodCheck.Check(_prompt, reception, endpoint, AnswerReading.Verdict(reading)));
        return verdict.Code != PromptErrorCode.None || _acceptance.IsAsync ? verdict : _acceptance.Check(value!, verdict, account.CancellationToken);
    }

    /// <summary>Checks a value of one model where that takes its time.</summary>
    internal ValueTask<AnswerVerdict> CheckAsync(T value, AnswerVerdict read, CallAccount account) => _acceptance.CheckAsync(value, read, account);

    private InvalidOperationException NotAnswered() => new($"No step of {_prompt.Name} gave an accepted answer.");
}
