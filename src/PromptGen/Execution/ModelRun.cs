using System.Runtime.CompilerServices;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>The result of asking one model.</summary>
/// <param name="Last">The latest request.</param>
/// <param name="Move">What the call does next.</param>
/// <param name="IsOpen">Whether the answer goes on: its request is entered into the ledger once it has ended.</param>
/// <param name="Error">What ends the call, because a check threw; carries the code and the ledger.</param>
/// <param name="Rejected">The answer that was rejected, where the templates of the next steps can name it.</param>
internal readonly record struct ModelRun(Attempt Last, NextMove Move, bool IsOpen = false, PromptException? Error = null, RejectedAnswer? Rejected = null)
{
    /// <summary>Asks one model, and again with the violations of its answer as often as the prompt allows.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ModelRun> AskAsync(CallAccount account, IExchange exchange, ModelEndpoint endpoint, ContractWatch contract, PromptAttemptReason reason)
    {
        RepairPrompt? repair = null;
        for (var repairs = 0; ; repairs++)
        {
            var attempt = Attempt.Begin(account, exchange, endpoint, contract, repair, reason);
            if (await attempt.PrepareAsync().ConfigureAwait(false))
            {
                attempt = await attempt.EndAsync(await attempt.SendAsync().ConfigureAwait(false)).ConfigureAwait(false);
            }

            var verdict = AnswerVerdict.Of(attempt.Code);
            if (attempt.Code == PromptErrorCode.None)
            {
                try
                {
                    verdict = exchange.Read(attempt.Reception, endpoint, account);
                    if (verdict.Code == PromptErrorCode.None && exchange.ChecksAsync)
                    {
                        verdict = await exchange.CheckAsync(verdict, account).ConfigureAwait(false);
                    }
                }
                catch
                {
                    // Nothing enters the request into the ledger any more.
                    attempt.Close();
                    throw;
                }

                if (verdict.Code == PromptErrorCode.None && !account.TryAccept())
                {
                    verdict = AnswerVerdict.Of(PromptErrorCode.Cancelled);
                }

                if (verdict.IsOpen)
                {
                    return new ModelRun(attempt, NextMove.Return, IsOpen: true);
                }

                attempt.Record(verdict);
                if (verdict.Exception is { } exception)
                {
                    return new ModelRun(attempt, NextMove.Stop, Error: CheckThrew(account, verdict.Code, exception));
                }
            }

            var move = NextMoves.After(verdict, mayRepair: repairs < account.Prompt.Repairs, exchange.WasCutOff);
            if (move != NextMove.Repair)
            {
                return new ModelRun(attempt, move, Rejected: RejectedIn(account.Prompt, exchange, attempt, verdict));
            }

            repair = new RepairPrompt(attempt.Reception.Text, verdict.Code, verdict.ToRepair);
            reason = PromptAttemptReason.Repair;
        }
    }

    /// <summary>The answer that was rejected; null where it was not, or no template names it.</summary>
    public static RejectedAnswer? RejectedIn(PromptDefinition prompt, IExchange exchange, Attempt attempt, AnswerVerdict verdict) =>
        prompt.UsesPrevious && verdict.Code is PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch or PromptErrorCode.NotAccepted
            ? RejectedAnswer.Of(attempt.Reception.Text, verdict.Code, verdict.Violations, verdict.Reason, exchange.Value)
            : null;

    /// <summary>What ends the call where a check of its program threw.</summary>
    public static PromptException CheckThrew(CallAccount account, PromptErrorCode code, Exception exception) => new(
        code,
        $"{(code == PromptErrorCode.NotAccepted ? "The acceptance check" : "A check of the output")} of {account.Prompt.Name} threw {exception.GetType().Name}.",
        account.Ledger.Attempts,
        exception);
}
