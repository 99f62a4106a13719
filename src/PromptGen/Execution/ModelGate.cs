using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Decides which models a call may ask: what configuration, data policy, the request, the model's health and its way with this contract allow.</summary>
/// <param name="exchange">What the call needs of a model.</param>
internal struct ModelGate(IExchange exchange)
{
    private int? _tooSmallWindow;

    /// <summary>The strongest tier whose models are asked; null = any.</summary>
    public Tier? Ceiling { get; private set; }

    /// <summary>Only models up to this tier are asked; null = any.</summary>
    public void Limit(Tier? ceiling) => Ceiling = ceiling;

    /// <summary>The prompt did not fit: only models with a larger context window are asked from here on.</summary>
    /// <param name="window">The context window that was too small, in tokens.</param>
    public void RequireMoreThan(int window) => _tooSmallWindow = Math.Max(_tooSmallWindow ?? 0, window);

    /// <returns>Why the model at a position of the step is skipped; null = it is asked, and <paramref name="contract"/> records how it keeps its contract.</returns>
    public readonly SkippedModel? Refuse(ModelEndpoint endpoint, PromptStep step, int position, CallAccount account, out ContractWatch contract)
    {
        contract = default;
        return WhyNot(endpoint, account) ?? BreaksContract(endpoint, step, position, account, out contract);
    }

    /// <summary>Whether any model after a position of a step can be asked, those of the next steps included.</summary>
    public readonly bool IsOpenBehind(PromptStep step, int position, CallAccount account)
    {
        foreach (var declared in step.ModelsBehind(position))
        {
            if (account.Find(declared) is { Connection: not null } endpoint && WhyNot(endpoint, account) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a model after a position of a step is expected to answer before the one at that position is admitted.</summary>
    /// <param name="step">The step.</param>
    /// <param name="position">The position.</param>
    /// <param name="wait">How long the model at that position keeps the request waiting.</param>
    /// <param name="tokens">The tokens that the request is expected to take.</param>
    /// <param name="account">The account of the call.</param>
    public readonly bool IsFasterBehind(PromptStep step, int position, TimeSpan wait, long tokens, CallAccount account)
    {
        while (++position < step.Count)
        {
            if (account.Find(step[position]) is { Connection: { } connection } endpoint
                && WhyNot(endpoint, account) is null
                && connection.ContractOf(account.Prompt) is not { IsClosed: false }
                && (connection.RateLimit?.WaitFor(tokens) ?? TimeSpan.Zero) is var other
                && other + connection.ExpectedTime(endpoint.Model.Tier) < wait)
            {
                return true;
            }
        }

        return false;
    }

    private readonly SkippedModel? WhyNot(ModelEndpoint endpoint, CallAccount account)
    {
        var model = endpoint.Model;
        if (model.Disabled)
        {
            return new SkippedModel(model, SkipReason.Disabled);
        }

        if (Tiers.Exceeds(model.Tier, Ceiling))
        {
            return new SkippedModel(model, SkipReason.AboveCeiling);
        }

        if (account.SelfHostedOnly && !model.SelfHosted)
        {
            return new SkippedModel(model, SkipReason.NotSelfHosted);
        }

        if (_tooSmallWindow is { } window && !(model.ContextWindow > window))
        {
            return new SkippedModel(model, SkipReason.WindowTooSmall);
        }

        if (exchange.WhyNot(model) is { } unfit)
        {
            return new SkippedModel(model, SkipReason.Unfit, Detail: unfit);
        }

        var connection = endpoint.Connection ?? throw NotServed(model, account);

        // What a journal answers needs no healthy model, and a run that goes on must reach the same models.
        return account.Journal is { HasUnread: true } ? null
            : connection.Cooldown.Left is var left && left > TimeSpan.Zero ? new SkippedModel(model, SkipReason.CoolingDown, left)
            : connection.CircuitWait is { } wait ? new SkippedModel(model, SkipReason.CircuitOpen, wait)
            : null;
    }

    /// <summary>A model that keeps breaking this contract is skipped, but only if another one can be asked: a poor answer is better than none.</summary>
    private readonly SkippedModel? BreaksContract(ModelEndpoint endpoint, PromptStep step, int position, CallAccount account, out ContractWatch contract)
    {
        var probe = 0;
        var breaker = endpoint.Connection!.ContractOf(account.Prompt);

        // A call that is explained is no probe: it only looks.
        var isOpen = breaker is { IsClosed: false } && (account.Explainer is null ? !breaker.TryEnter(out probe) : breaker.IsOpen);
        contract = new ContractWatch(breaker, probe);
        if (!isOpen || account.Journal is { HasUnread: true } || !IsOpenBehind(step, position, account))
        {
            return null;
        }

        var (wait, broken, answers) = breaker!.Describe();
        return new SkippedModel(endpoint.Model, SkipReason.BreaksContract, wait, broken, answers);
    }

    private static PromptException NotServed(ModelInfo model, CallAccount account) => new(
        PromptErrorCode.Configuration,
        $"No registration serves {model.Id}, which {account.Prompt.Name} needs: add AddProvider(\"{model.Provider}\", modelId => …).",
        account.Ledger.Attempts);
}
