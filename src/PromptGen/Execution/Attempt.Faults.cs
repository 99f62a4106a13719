using System.Runtime.ExceptionServices;
using Polly.CircuitBreaker;
using PromptGen.Health;
using PromptGen.Providers;
using PromptGen.Routing;

namespace PromptGen.Execution;

// How a request fails, and whether it is sent again.
internal sealed partial class Attempt
{
    private RetryRule Retries => new(_account.Runtime.Resilience, _account.Clock);

    bool IPipelineRequest.IsWorthRetrying(int retries) =>
        Retries.IsWorthwhile(Code, _failure?.Exception, _failure?.RetryAfter, retries) && !Pipeline.IsCircuitOpen && MayRetry(retries);

    TimeSpan? IPipelineRequest.RetryDelay(int retries) => Retries.Delay(_failure?.RetryAfter, retries);

    private void Fail(Exception exception, CancellationToken attemptToken)
    {
        _response = _exchange.Received;
        TimeSpan? retryAfter = null;
        if (_account.CancellationToken.IsCancellationRequested)
        {
            Code = PromptErrorCode.Cancelled;
        }
        else if (attemptToken.IsCancellationRequested)
        {
            Code = _deadlineComesFirst ? PromptErrorCode.DeadlineExceeded : PromptErrorCode.AttemptTimeout;
        }
        else
        {
            var failure = FailureClassifier.Classify(exception, _endpoint.Connection!.Classifier, _account.Runtime.FailureClassifiers);
            Code = failure.Code;
            retryAfter = failure.RetryAfter;
        }

        _failure = new Failure(exception, retryAfter);
    }

    /// <summary>The pipeline ended without a request of its own: the circuit is open, or the caller cancelled during a wait.</summary>
    private void NotSent(Exception exception)
    {
        var isFirst = _state == State.Prepared;
        Release();
        if (_account.CancellationToken.IsCancellationRequested)
        {
            Code = PromptErrorCode.Cancelled;
        }
        else if (exception is BrokenCircuitException open)
        {
            // Beside a probe, Polly names the break that would follow if the probe failed.
            var connection = _endpoint.Connection!;
            var wait = connection.Pipeline.IsCircuitOpen && open.RetryAfter is { } time && time > TimeSpan.Zero ? time : TimeSpan.Zero;
            connection.CircuitBreak.Extend(wait);
            if (isFirst)
            {
                _account.Ledger.Skip(new SkippedModel(_endpoint.Model, SkipReason.CircuitOpen, wait));
                Code = PromptErrorCode.CircuitOpen;
                _account.Telemetry?.Skipped(_endpoint.Model.Id, Code);
            }
        }
        else
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    /// <summary>Draws on the provider's retries. The pipeline also asks after the last try, when nothing is to be drawn.</summary>
    private bool MayRetry(int retries)
    {
        if (retries >= _account.Runtime.Resilience.MaxRetries)
        {
            return false;
        }

        if (_endpoint.Connection!.RetryBudget.TryDraw(_account.Clock.Now))
        {
            return true;
        }

        _account.Ledger.Skip(new SkippedModel(_endpoint.Model, SkipReason.RetryBudget));
        _account.Telemetry?.RetryBudgetExhausted(_endpoint.Model.Id);
        return false;
    }

    private async ValueTask<Attempt> FailAsync(Exception? exception)
    {
        var latest = this;
        if (exception is null)
        {
            (var request, exception) = await Pipeline.RetryAsync(this, _account.CancellationToken).ConfigureAwait(false);
            latest = (Attempt)request;
        }

        if (exception is not null)
        {
            latest.NotSent(exception);
        }

        latest.CoolDown();
        latest.ReportCircuit();
        return latest;
    }

    private void ReportCircuit()
    {
        if (_account.Telemetry is { } telemetry && Pipeline.HasChanged(out var circuit))
        {
            telemetry.CircuitChanged(_endpoint.Connection!.Profile, circuit);
        }
    }

    private void CoolDown()
    {
        if (Code == PromptErrorCode.None)
        {
            return;
        }

        var cooldown = _endpoint.Connection!.Cooldown;
        if (Code == PromptErrorCode.QuotaExhausted)
        {
            cooldown.Extend(_failure?.RetryAfter ?? _account.Runtime.Resilience.QuotaCooldown);
        }
        else if (_failure?.RetryAfter is { } hint && Retries.IsTooLong(hint))
        {
            cooldown.Extend(hint);
        }
    }

    /// <summary>What a request that succeeds does not have.</summary>
    private sealed record Failure(Exception Exception, TimeSpan? RetryAfter);
}
