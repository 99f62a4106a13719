using System.Net;
using System.Runtime.ExceptionServices;

namespace PromptGen.Execution;

/// <summary>
/// The exceptions of a model's client as a <see cref="PromptException"/> may carry them: their messages can hold keys, prompts and answers, and
/// end in every log that an exception ends in.
/// </summary>
internal static class ClientFailure
{
    /// <summary>Types, stacks and order of a chain of exceptions without their messages; what knows to keep its message clean stays as it is.</summary>
    public static ProviderRequestException? WithoutMessages(Exception? failure, PromptErrorCode code)
    {
        if (failure is null or ProviderRequestException { InnerException: null })
        {
            return (ProviderRequestException?)failure;
        }

        var inner = WithoutMessages(failure is AggregateException { InnerExceptions: [var first, ..] } ? first : failure.InnerException, code);
        var clean = failure is ProviderRequestException known
            ? new ProviderRequestException(known.Code, known.Message, inner)
            {
                Status = known.Status,
                ErrorCode = known.ErrorCode,
                RequestId = known.RequestId,
                RetryAfter = known.RetryAfter,
            }
            : new ProviderRequestException(code, $"The client threw {failure.GetType().FullName}.", inner) { Status = StatusOf(failure) };
        if (failure.StackTrace is { } stack)
        {
            ExceptionDispatchInfo.SetRemoteStackTrace(clean, stack);
        }

        return clean;
    }

    private static int? StatusOf(Exception failure) =>
        failure is HttpRequestException { StatusCode: HttpStatusCode status } ? (int)status : null;
}
