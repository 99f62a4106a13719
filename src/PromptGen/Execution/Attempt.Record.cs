using PromptGen.Providers;

namespace PromptGen.Execution;

// How a request ends: its entry in the ledger, and what it gives back.
internal sealed partial class Attempt
{
    /// <summary>Enters the request into the ledger.</summary>
    public void Record(AnswerVerdict verdict, bool isAbandoned = false)
    {
        Code = verdict.Code;
        _state = State.Recorded;
        Unload();
        var model = _endpoint.Model;
        var response = _response;
        var cost = Price(out var usage);
        var (startedAt, now) = (_timestamp, _account.Clock.Now);
        _timestamp = now;
        var replayed = _journaled?.Found;
        if (replayed is not null)
        {
            cost = replayed.Cost;
            _account.Budget?.Book(_reserved, cost);
        }
        else
        {
            _account.Budget?.Settle(_reserved, _reservation, cost);
            _rate?.Settle(usage, isRefused: response is null && cost.IsComplete);
            _contract.Record(Code, now);
        }

        var attempt = new PromptAttempt
        {
            ModelId = model.Id,
            ResponseModelId = response?.ModelId is { } answeredBy && answeredBy != model.Id ? ProviderText.Name(answeredBy) : response?.ModelId,
            Provider = model.Provider,
            Tier = model.Tier,
            Prompt = _account.Prompt.Name,
            Arm = _account.Arm,
            Order = _order,
            Reason = _reason,
            Outcome = Code,
            Usage = usage.Details,
            IsUsageImplausible = usage.IsImplausible,
            Cost = cost,
            Duration = _account.Clock.Between(startedAt, now),
            Violations = verdict.Violations,
            RejectionReason = verdict.Reason,
            Rungs = verdict.Rungs,
            IsAbandoned = isAbandoned,
            FromJournal = replayed is not null,
            FirstTokenMicroseconds = _exchange.FirstTokenMicroseconds,
            Level = _account.Level,
        };
        _account.Ledger.Add(attempt, _failure?.Exception);
        if (_account.Recording is { CapturesContent: true } recording)
        {
            recording.Add(attempt, _request.Messages, _exchange.ReceivedText ?? _text);
        }

        if (_telemetry is { } telemetry)
        {
            if (_exchange.IsStream)
            {
                telemetry.Answered(response, _failure?.Exception, telemetry.CapturesContent ? _exchange.ReceivedText : null);
            }

            _account.Telemetry!.AttemptEnded(telemetry, attempt);
        }
    }

    /// <summary>Enters the request, whose answer went on after its beginning was accepted.</summary>
    public void Finish(AnswerVerdict verdict, Exception? failure)
    {
        _response = _exchange.Received;
        if (failure is not null)
        {
            Fail(failure, CancellationToken.None);
            Record(AnswerVerdict.Of(Code));
            CoolDown();
        }
        else
        {
            Record(verdict);
        }
    }

    /// <summary>Enters that the answer was rejected, which was in the ledger as accepted: a judge that is asked afterwards selected it, and the check of the winner rejects it.</summary>
    public void Reject(AnswerVerdict verdict)
    {
        Code = verdict.Code;
        _account.Ledger.Reject(_order, Code, verdict.Reason);
        _account.Telemetry?.Skipped(_endpoint.Model.Id, Code);
    }

    /// <summary>Enters the request, whose answer the caller did not read to its end.</summary>
    public void Abandon()
    {
        _response = _exchange.Received;
        var isCancelled = _account.CancellationToken.IsCancellationRequested;
        Record(AnswerVerdict.Of(isCancelled ? PromptErrorCode.Cancelled : PromptErrorCode.None), isAbandoned: !isCancelled);
    }

    /// <summary>Ends a request that nothing entered into the ledger: it keeps no money reserved. One that was sent may have cost what it reserved.</summary>
    public void Close()
    {
        if (_state == State.Sent)
        {
            _account.Budget?.Settle(_reserved, _reservation, PromptCost.Unknown);
            _telemetry?.Abandon();
            Unload();
        }
    }
}
