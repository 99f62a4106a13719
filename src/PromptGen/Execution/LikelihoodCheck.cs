using System.Globalization;
using PromptGen.Contracts.Repair;
using PromptGen.Health;
using PromptGen.Likelihoods;
using PromptGen.Providers;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Compares the probabilities of an answer that keeps its contract with those that its prompt accepts.</summary>
internal static class LikelihoodCheck
{
    /// <param name="prompt">The prompt.</param>
    /// <param name="reception">The answer.</param>
    /// <param name="endpoint">The model that gave it.</param>
    /// <param name="read">What the contract says of it.</param>
    public static AnswerVerdict Check<T>(PromptDefinition<T> prompt, in Reception reception, ModelEndpoint endpoint, AnswerVerdict read) =>
        prompt.Likelihoods is not { } likelihoods || read.Code != PromptErrorCode.None ? read
        : Check(likelihoods, prompt.Contract.IsText, prompt.Contract.IsWrapped, reception, endpoint.Declared.Id, read);

    private static AnswerVerdict Check(IReadOnlyList<PromptLikelihood> likelihoods, bool isText, bool isWrapped, in Reception reception, string modelId, AnswerVerdict read)
    {
        // An answer that was repaired is not the text that the tokens make.
        var tokens = IsAsItCame(read.Rungs) ? LogProbabilities.Of(reception.Response) : null;
        foreach (var likelihood in likelihoods)
        {
            var probability = tokens is null ? null : AnswerLikelihood.Of(reception.Text, tokens, isText, isWrapped, likelihood.JsonName);
            probability = probability is { } known ? likelihood.Calibrate(modelId, known) : null;
            if (Rejection(likelihood, probability) is { } reason)
            {
                return Rejected(likelihood, probability, reason, read);
            }
        }

        return read;
    }

    private static bool IsAsItCame(IReadOnlyList<string> rungs) => rungs.Count == 0 || (rungs.Count == 1 && rungs[0] == nameof(Rungs.Fence));

    /// <returns>Why an answer is rejected; null where it is accepted.</returns>
    private static string? Rejection(PromptLikelihood likelihood, double? probability)
    {
        var what = likelihood.Member is { } member ? $"'{member}'" : "the answer";
        var kind = likelihood.Calibration is null ? "probability" : "calibrated probability";
        return probability is not { } known
            ? likelihood.WhenUnknown == WhenUnknown.Accept ? null : $"the {kind} of {what} is unknown"
            : known >= likelihood.Probability ? null
            : $"{kind} {Text(Math.Floor(known * 100) / 100)} of {what} is below {Text(likelihood.Probability)}";
    }

    private static AnswerVerdict Rejected(PromptLikelihood likelihood, double? probability, string reason, AnswerVerdict read) => read with
    {
        Code = PromptErrorCode.NotAccepted,

        // A name and two decimals are no data of the answer: logs and exceptions show the reason as they do a literal.
        Reason = string.Intern(reason),
        Exception = probability is null && likelihood.WhenUnknown == WhenUnknown.Throw ? new PromptException(PromptErrorCode.NotAccepted, reason + ".") : null,
    };

    private static string Text(double number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
