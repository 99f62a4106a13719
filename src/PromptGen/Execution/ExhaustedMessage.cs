using System.Globalization;
using System.Text;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// Writes the error message of a call that gave no answer: names, codes and numbers only, never text of the prompt, of an answer or of a provider.
/// </summary>
internal static class ExhaustedMessage
{
    public static string For(CallAccount account, PromptErrorCode code) => Write(account.Prompt, Headline(account, code), account.Ledger);

    /// <summary>The message for an answer that broke off after a part of it was handed over.</summary>
    public static string ForStream(PromptDefinition prompt, PromptErrorCode code, int items, Ledger ledger) =>
        Write(prompt, string.Create(CultureInfo.InvariantCulture, $"the stream broke off after {items} item{(items == 1 ? "" : "s")} ({code})."), ledger);

    private static string Write(PromptDefinition prompt, string headline, Ledger ledger)
    {
        var message = new StringBuilder(prompt.Name).Append(": ").Append(headline);
        for (var i = 0; i < ledger.Attempts.Count; i++)
        {
            message.Append(i == 0 ? " Attempts: " : "; ").Append(i + 1).Append(". ").Append(ledger.Attempts[i]);
        }

        message.Append(ledger.Attempts.Count > 0 ? "." : " No request was made.");
        if (ledger is { FirstFailure: { } failure, FirstFailureCode: not PromptErrorCode.Cancelled })
        {
            Append(message, failure);
        }

        for (var i = 0; i < ledger.Skipped.Count; i++)
        {
            message.Append(i == 0 ? " Not asked: " : "; ").Append(ledger.Skipped[i]);
        }

        return ledger.Skipped.Count > 0 ? message.Append('.').ToString() : message.ToString();
    }

    /// <summary>The first failure of a client: in the client's own words where it is one of PromptGen's, else the type and the error of its connection.</summary>
    private static void Append(StringBuilder message, Exception failure)
    {
        message.Append(" First failure: ");
        if (failure is ProviderRequestException known)
        {
            message.Append(known.Message.TrimEnd('.'));
        }
        else
        {
            message.Append(failure.GetType().FullName);
        }

        if (TransportDetail.Of(failure) is { } detail)
        {
            message.Append(": ").Append(detail);
        }

        message.Append('.');
        if (failure is not ProviderRequestException { InnerException: null })
        {
            message.Append(" Telemetry.IncludeProviderMessages = true shows its message.");
        }
    }

    private static string Headline(CallAccount account, PromptErrorCode code) => code switch
    {
        PromptErrorCode.BudgetExceeded when account.Budget?.Refusal is { } refusal => $"{refusal}, so that the next attempt was not made.",
        PromptErrorCode.BudgetExceeded =>
            $"the next attempt could exceed the budget of {new PromptCost(account.Prompt.MaxUsd ?? 0m, IsComplete: true)}. Raise [Budget], lower MaxOutputTokens or shorten the parameters.",
        PromptErrorCode.DeadlineExceeded => $"the deadline of {Seconds.Of(account.Clock.Deadline ?? TimeSpan.Zero)} ran out.",
        PromptErrorCode.ContentFiltered => "the provider's content filter stopped the prompt or the answer.",
        PromptErrorCode.CircuitOpen => "all models of the route are cooling down.",
        PromptErrorCode.NoQuorum => "no answer has the votes that its ensemble needs.",
        PromptErrorCode.Cancelled => "the caller cancelled.",
        _ => "no step of the route gave an accepted answer.",
    };
}
