using PromptGen.Execution;
using PromptGen.Timing;

namespace PromptGen.Ensembles;

// The judge that selects among the answers of the members.
internal abstract partial class EnsembleVote
{
    /// <summary>Has a judge select among different answers.</summary>
    private async ValueTask<VoteOutcome> JudgeAsync(Func<IReadOnlyList<Voter>, CancellationToken, ValueTask<int>> judge)
    {
        var candidates = _election.Candidates().Select(voter => _voters[voter]).ToArray();
        var selected = candidates.Length < 2 ? candidates.Length - 1 : await JudgeTwiceAsync(judge, candidates).ConfigureAwait(false);
        if (selected < 0)
        {
            return Outcome(null);
        }

        _election.Select(candidates[selected].Number);
        var run = candidates[selected].Run;
        var verdict = await candidates[selected].CheckAsync().ConfigureAwait(false);
        if (verdict.Code != PromptErrorCode.None)
        {
            run.Last.Reject(verdict);
        }

        if (verdict.Exception is { } exception)
        {
            throw steps.Report(ModelRun.CheckThrew(steps.Account, verdict.Code, exception));
        }

        return Outcome(run with { Move = NextMoves.After(verdict, mayRepair: false), Rejected = ModelRun.RejectedIn(_account.Prompt, candidates[selected], run.Last, verdict) });
    }

    /// <returns>The candidate that is selected in both orders; -1 where none is, or the judge failed.</returns>
    private async ValueTask<int> JudgeTwiceAsync(Func<IReadOnlyList<Voter>, CancellationToken, ValueTask<int>> judge, Voter[] candidates)
    {
        var account = steps.Account;
        using var limit = account.Clock.Limit(account.CancellationToken);
        using var ambient = AmbientCall.Enter(account, joinsLimits: true, PromptAttemptReason.Judge);
        try
        {
            var first = await judge(candidates, limit.Token).OrAbandonAsync(limit.Token).ConfigureAwait(false);
            if (first < 0 || first >= candidates.Length)
            {
                return -1;
            }

            var second = await judge([.. Enumerable.Reverse(candidates)], limit.Token).OrAbandonAsync(limit.Token).ConfigureAwait(false);
            return candidates.Length - 1 - second == first ? first : -1;
        }
        catch (Exception) when (account.RanOut is not PromptErrorCode.None)
        {
            _stop = account.RanOut;
            return -1;
        }
        catch (Exception)
        {
            // Without a selection the route follows, as without a quorum.
            return -1;
        }
    }
}
