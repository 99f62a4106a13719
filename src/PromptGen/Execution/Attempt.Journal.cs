using PromptGen.Journaling;

namespace PromptGen.Execution;

// The journal of its item: a request that is in it is answered from there, every other one is written before it is sent and after it has ended.
internal sealed partial class Attempt
{
    /// <summary>Answers the request from the journal of its item.</summary>
    /// <returns>False where it is to be sent, or the call is over.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.OutcomeUnknown"/>: it was sent, and must not be sent again.</exception>
    private bool IsReplayed(ItemJournal journal)
    {
        var now = _account.Clock.Now;
        if (_account.CancellationToken.IsCancellationRequested || _account.Clock.RemainingAt(now) == TimeSpan.Zero)
        {
            return false;
        }

        _request = Render();
        var digest = RequestDigest.Of(_account.Prompt.Name, _account.Prompt.FullVersion, _request.Messages, _request.Options);
        _journaled = journal.Next(digest, _endpoint.Model.Id, _account.OutermostCall);
        if (_journaled.WasUnknown)
        {
            _account.Budget?.Book(Estimate() ?? 0m, PromptCost.Unknown);
        }

        if (_journaled.Found is not { } entry)
        {
            return false;
        }

        (_timestamp, _order, _reserved, _state) = (now, _account.Ledger.NextOrder(), Estimate() ?? 0m, State.Recorded);
        (Code, _text, _response) = entry.Answer is { } answer ? (answer.Code, answer.Text, answer.ToResponse()) : (entry.Failure, "", null);
        if (Code != PromptErrorCode.None)
        {
            Record(AnswerVerdict.Of(Code));
        }

        return true;
    }

    /// <returns>Why the journal does not have that the request is sent, so that it must not be; null = it has.</returns>
    private async ValueTask<Exception?> JournalSentAsync()
    {
        try
        {
            await _journaled!.SentAsync(_account.CancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            _account.Budget?.Settle(0m, _reservation, PromptCost.Zero);
            Release();
            return exception;
        }
    }

    /// <returns>Why the journal does not have how the request ended, so that its answer must not be used; null = it has.</returns>
    private async ValueTask<Exception?> JournalEndAsync()
    {
        try
        {
            await _journaled!.EndedAsync(Code, _text, _response, Price(out _)).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            Close();
            return exception;
        }
    }
}
