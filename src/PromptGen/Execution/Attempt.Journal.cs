using Microsoft.Extensions.AI;
using PromptGen.Journaling;
using PromptGen.Providers;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Execution;

// The journal of its item: a request that is in it is answered from there, every other one is written before it is sent and after it has ended. One with an unknown outcome is
// answered by what its provider has stored, where it stores answers.
internal sealed partial class Attempt
{
    /// <summary>Answers the request from the journal of its item, where it is there and the call is not over.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.OutcomeUnknown"/>: it was sent, and must not be sent again.</exception>
    private void Replay(ItemJournal journal)
    {
        var now = _account.Clock.Now;
        if (_account.CancellationToken.IsCancellationRequested || _account.Clock.RemainingAt(now) == TimeSpan.Zero)
        {
            return;
        }

        _request = Render();
        var digest = RequestDigest.Of(_account.Prompt.Name, _account.Prompt.FullVersion, _request.Messages, _request.Options);
        _journaled = journal.Next(digest, _endpoint.Model.Id, _account.OutermostCall);
        foreach (var cost in _journaled.RepeatedCosts)
        {
            _account.Budget?.Book(Estimate() ?? 0m, cost);
        }

        if (_journaled is { WasUnknown: true, Entry.Handle: null })
        {
            CountUnknown();
        }

        if (_journaled.Found is not { } entry)
        {
            return;
        }

        (_timestamp, _order, _reserved, _state) = (now, _account.Ledger.NextOrder(), Estimate() ?? 0m, State.Recorded);
        (Code, _text, _response) = entry.Answer is { } answer ? (answer.Code, answer.Text, answer.ToResponse()) : (entry.Failure, "", null);
        if (Code != PromptErrorCode.None)
        {
            Record(AnswerVerdict.Of(Code));
        }
    }

    /// <summary>Writes that the request is sent, unless its answer is found.</summary>
    /// <returns>Why the journal does not have that the request is sent, or why it must not be; null = it may.</returns>
    private async ValueTask<Exception?> JournalSentAsync()
    {
        try
        {
            var stored = _endpoint.Connection!.Client.TryGetService<IStoredAnswers>();
            if (_journaled!.WasUnknown && await FindAsync(stored, _journaled.Entry.Handle!).ConfigureAwait(false) is { } found)
            {
                _journaled = _journaled with { Stored = new FoundAnswer(found) };
                return null;
            }

            if (stored is not null)
            {
                _journaled = _journaled with { Entry = _journaled.Entry with { Handle = _journaled.Entry.Handle ?? Guid.NewGuid().ToString("N") } };
                stored.Store(_request.Options, _journaled.Entry.Handle!);
            }

            await _journaled.SentAsync(_account.CancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            _account.Budget?.Settle(0m, _reservation, PromptCost.Zero);
            Release();
            return exception;
        }
    }

    /// <summary>Fetches the answer of the request that an earlier run has sent. Where there is none, the outcome is unknown.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.OutcomeUnknown"/>: it must not be sent again.</exception>
    private async ValueTask<ChatResponse?> FindAsync(IStoredAnswers? stored, string handle)
    {
        ChatResponse? found = null;
        if (stored is not null)
        {
            using var limit = LimitTime(_account.Clock.Now);
            var token = limit?.Token ?? _account.CancellationToken;
            try
            {
                found = await stored.FindAsync(handle, _request.Options, token).OrAbandonAsync(token).ConfigureAwait(false);
            }
            catch (Exception) when (!_account.CancellationToken.IsCancellationRequested)
            {
                // What cannot be fetched is unknown.
            }
        }

        if (found is null)
        {
            CountUnknown();
        }

        return found;
    }

    /// <summary>An earlier run sent the request, and its outcome is not known.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.OutcomeUnknown"/>: it must not be sent again.</exception>
    private void CountUnknown()
    {
        _journaled!.Journal.CountUnknown();
        _journaled = _journaled with { WasUnknown = false };
        _account.Budget?.Book(Estimate() ?? 0m, PromptCost.Unknown);
    }

    /// <returns>Why the journal does not have how the request ended, so that its answer must not be used; null = it has.</returns>
    private async ValueTask<Exception?> JournalEndAsync()
    {
        try
        {
            if (await _journaled!.EndedAsync(Code, _text, _response, Price(out _)).ConfigureAwait(false) is { } failed)
            {
                _journaled = _journaled with { Repeats = failed };
            }

            return null;
        }
        catch (Exception exception)
        {
            Close();
            return exception;
        }
    }
}
