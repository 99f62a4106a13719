using PromptGen.Caching;
using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Looks for a kept answer before a call takes its first step. It does not know the output type, see <see cref="IExchange"/>.</summary>
/// <param name="steps">The steps of the call.</param>
/// <param name="prompt">The prompt.</param>
/// <param name="reader">Reads a kept answer again.</param>
internal readonly struct CacheLookup(StepRunner steps, PromptDefinition prompt, IKeptReader reader)
{
    private readonly CallAccount _account = steps.Account;
    private readonly AnswerCache _cache = steps.Account.Runtime.Cache;

    /// <summary>The key of the answer: the version of the prompt, the scope, what selects the model, the models that can answer, and the arguments.</summary>
    public string KeyOf<TArguments>(TArguments arguments, in RouteEntry? entry)
        where TArguments : ICacheKey
    {
        var key = CacheKeyWriter.Rent();
        key.Text(prompt.FullVersion);
        key.Text(prompt.CachePerScope ? PromptBudget.CurrentScope : null);
        key.Text(steps.ArmAtFirstStep(entry));
        key.Enum(entry?.Ceiling);
        key.Text(entry?.Options?.Model);
        key.Boolean(_account.SelfHostedOnly);
        key.StartObject();
        foreach (var model in prompt.AllModels)
        {
            key.Text(_account.Find(model).Model.Id);
        }

        key.EndObject();
        arguments.WriteKey(key);
        return key.Finish(prompt.Name);
    }

    /// <returns>Whether the call has an answer. Otherwise its models are asked, and others may wait for it.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<bool> FindAsync(string key, PromptOptions? options, TimeSpan lifetime)
    {
        var mode = options?.Cache ?? CacheMode.Both;
        var maxAge = options?.MaxAge is { } age && age < lifetime ? age : lifetime;
        if (mode == CacheMode.Write)
        {
            _account.Telemetry?.Cached("bypass", PromptCost.Zero);
            Keep(key, lifetime, leads: false);
            return false;
        }

        try
        {
            if (await _cache.ReadAsync(key, maxAge, _account.CancellationToken).ConfigureAwait(false) is { } kept && await ServeAsync(key, kept, "hit").ConfigureAwait(false))
            {
                return true;
            }

            if (mode != CacheMode.Read && await JoinAsync(key, maxAge, lifetime).ConfigureAwait(false))
            {
                return true;
            }
        }
        catch (OperationCanceledException) when (_account.CancellationToken.IsCancellationRequested)
        {
            throw steps.Cancelled();
        }

        _account.Telemetry?.Cached("miss", PromptCost.Zero);
        return false;
    }

    /// <summary>One call asks for all that have the same arguments at once. Where its own limits stop it, the next one asks; where it fails, each asks for itself.</summary>
    private async ValueTask<bool> JoinAsync(string key, TimeSpan maxAge, TimeSpan lifetime)
    {
        while (_cache.Join(key) is { } flight)
        {
            using var limit = _account.Clock.Limit(_account.CancellationToken);
            FlightEnd end;
            CachedAnswer? answer;
            try
            {
                (end, answer) = await flight.End.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!_account.CancellationToken.IsCancellationRequested)
            {
                // The deadline is over, which the first step finds out.
                return false;
            }

            if (answer is { } given && await ServeAsync(key, given, "coalesced").ConfigureAwait(false))
            {
                return true;
            }

            if (end != FlightEnd.HandedOver)
            {
                Keep(key, lifetime, leads: false);
                return false;
            }
        }

        // A call may have ended between the look into the cache and this one's lead.
        Keep(key, lifetime, leads: true);
        if (await _cache.ReadAsync(key, maxAge, _account.CancellationToken, isLocal: true).ConfigureAwait(false) is not { } late || !await ServeAsync(key, late, "hit").ConfigureAwait(false))
        {
            return false;
        }

        _cache.Land(key, FlightEnd.Answered, late);
        steps.Keeping = null;
        return true;
    }

    /// <summary>The models are asked, and their answer is kept.</summary>
    private void Keep(string key, TimeSpan lifetime, bool leads) => steps.Keeping = new CacheKeeping(_account, key, lifetime, leads);

    private async ValueTask<bool> ServeAsync(string key, CachedAnswer answer, string found)
    {
        if (ModelOf(answer) is not { } model || !await reader.ReadKeptAsync(answer.Text).ConfigureAwait(false))
        {
            _cache.Remove(key);
            return false;
        }

        steps.Serve(model, answer.Cost);
        _account.Telemetry?.Cached(found, answer.Cost);
        return true;
    }

    /// <summary>The model of an answer as catalog and configuration have it now; null where the prompt no longer asks it.</summary>
    private ModelInfo? ModelOf(CachedAnswer answer)
    {
        foreach (var declared in prompt.AllModels)
        {
            if (Match(declared, answer) is { } model)
            {
                return model;
            }
        }

        foreach (var choice in prompt.Choices)
        {
            foreach (var declared in choice.Models)
            {
                if (Match(declared, answer) is { } model)
                {
                    return model;
                }
            }
        }

        return null;
    }

    private ModelInfo? Match(ModelInfo declared, CachedAnswer answer)
    {
        var model = _account.Find(declared).Model;
        return answer.ModelId.Span.SequenceEqual(model.Id) || answer.ModelId.Span.SequenceEqual(declared.Id) ? model : null;
    }
}
