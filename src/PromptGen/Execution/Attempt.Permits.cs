using PromptGen.Budgets;
using PromptGen.Health;
using PromptGen.Providers;
using PromptGen.Routing;

namespace PromptGen.Execution;

// What a request has to have before it may be sent: the money of the budgets and a place in the limits per minute of its model and provider.
internal sealed partial class Attempt
{
    /// <summary>Acquires all of it. Where one is refused, <see cref="Code"/> is the reason, and what was acquired is released.</summary>
    /// <returns>Why the journal does not have that the request is sent; null = it has, or there is none.</returns>
    private async ValueTask<Exception?> AcquireAsync()
    {
        if (_state == State.New && !await PrepareAsync().ConfigureAwait(false))
        {
            return null;
        }

        if (_endpoint.Connection!.RateLimit is { } rate && !await TakeRateAsync(rate).ConfigureAwait(false))
        {
            Release();
            return null;
        }

        if (_account.Budget is { IsNamed: true } budget && !await ReserveNamedAsync(budget).ConfigureAwait(false))
        {
            return null;
        }

        return _journaled is null ? null : await JournalSentAsync().ConfigureAwait(false);
    }

    private decimal? Estimate() => CostCalculator.Estimate(_request.EstimatedTokens, _request.Options.MaxOutputTokens ?? 0, _endpoint.Model);

    /// <returns>What the request cost.</returns>
    private PromptCost Price(out CheckedUsage usage)
    {
        var model = _endpoint.Model;
        var answered = _account.PricedAs(_response?.ModelId, model);
        usage = CheckedUsage.Of(_response?.Usage, model, answered);
        return _response is not null ? CostCalculator.Of(usage, answered)
            : FailureClassifier.NothingProcessed(Code, _failure?.Exception) ? PromptCost.Zero
            : PromptCost.Unknown;
    }

    /// <summary>Waits until other calls under the same budget have settled.</summary>
    private async ValueTask<bool> AwaitMoneyAsync(ValueTask<bool> reserving)
    {
        try
        {
            Reserved(await reserving.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            Code = EndOfWait();
        }

        return IsPrepared();
    }

    private ValueTask<bool> TakeRateAsync(RateLimit rate)
    {
        _rate = RateShare.Take(rate, _request);
        return _rate.IsAwaited ? AwaitRateAsync(rate) : new(true);
    }

    /// <summary>Waits until the limits per minute have room. A wait is not begun that would last longer than the call, or than another model of the step takes.</summary>
    private async ValueTask<bool> AwaitRateAsync(RateLimit rate)
    {
        var began = _account.Clock.Now;
        var tokens = RateShare.TokensOf(_request);
        var (wait, left) = (rate.WaitFor(tokens), _account.Clock.RemainingAt(began));
        if (_account.Steps is { } steps && (steps.IsFasterAhead(wait, tokens) || (wait >= left && steps.IsAnotherAhead)))
        {
            Code = PromptErrorCode.CircuitOpen;
            _account.Ledger.Skip(new SkippedModel(_endpoint.Model, SkipReason.RateLimit, wait));
            _account.Telemetry?.Skipped(_endpoint.Model.Id, PromptErrorCode.RateLimited);
            return false;
        }

        if (wait >= left)
        {
            Code = PromptErrorCode.DeadlineExceeded;
            return false;
        }

        using var limit = _account.Clock.Limit(_account.CancellationToken);
        try
        {
            _rate = new RateShare(rate, await rate.AcquireAsync(tokens, limit.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            Code = EndOfWait();
        }

        _account.Telemetry?.AwaitedRate(_endpoint.Model.Id, _account.Clock.Between(began, _account.Clock.Now));
        return _rate is { IsAwaited: false };
    }

    private void Reserved(bool isReserved)
    {
        if (!isReserved)
        {
            Code = PromptErrorCode.BudgetExceeded;
            ReportRefusal("call");
        }
    }

    /// <summary>Why a wait was cut short that ends with the call.</summary>
    private PromptErrorCode EndOfWait() => _account.CancellationToken.IsCancellationRequested ? PromptErrorCode.Cancelled : PromptErrorCode.DeadlineExceeded;

    private async ValueTask<bool> ReserveNamedAsync(CallBudget budget)
    {
        (Code, _reservation) = await budget.ReserveNamedAsync(_reserved, _account.IsOptional, _account.CancellationToken).ConfigureAwait(false);
        if (Code == PromptErrorCode.None)
        {
            return true;
        }

        Release();
        if (budget.RefusedBy is { } refusedBy)
        {
            ReportRefusal(refusedBy);
        }

        return false;
    }

    private void ReportRefusal(string budget)
    {
        if (!_account.IsOptional)
        {
            _account.Telemetry?.BudgetStopped(_endpoint.Model.Id, budget);
        }
    }

    /// <summary>Gives the money back of a request that was not sent.</summary>
    private void Release()
    {
        if (_state == State.Prepared)
        {
            _account.Budget?.Release(_reserved);
            _rate?.Release();
        }

        _state = State.Recorded;
    }
}
