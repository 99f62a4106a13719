using PromptGen.Contracts;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Reads an answer by the contract of its prompt, for as long as the call's deadline and token allow.</summary>
internal static class AnswerReading
{
    public static ContractReading<T> Read<T>(PromptDefinition<T> prompt, in Reception reception, CallAccount account)
    {
        var guard = ReadingGuard.Rent();
        guard.Begin(account.Clock.DeadlineClock, account.Clock.EndsAt, account.CancellationToken);
        var reading = prompt.Contract.ReadOrRefuse(reception.Text, prompt.Tolerance, guard);
        ReadingGuard.Return(guard);
        return reading;
    }

    /// <summary>What a reading says of an answer, before any check.</summary>
    public static AnswerVerdict Verdict<T>(in ContractReading<T> reading) => reading.Code == PromptErrorCode.None && reading.Rungs.Count == 0
        ? AnswerVerdict.Accepted
        : new(reading.Code, reading.Violations, reading.Rungs, Exception: reading.Exception);
}
