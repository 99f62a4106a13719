using System.Net;
using System.Runtime.ExceptionServices;

namespace PromptGen.Providers;

/// <summary>
/// The exceptions of a model's client as a <see cref="PromptException"/> may carry them: their messages can hold keys, prompts and answers, and
/// end in every log that an exception ends in.
/// </summary>
internal static class ClientFailure
{
    /// <summary>How many exceptions of a chain are kept: .NET formats a chain by recursion, so one of any depth could overflow the stack of whoever logs it.</summary>
    public const int MaxDepth = 32;

    private const int MaxStackLength = 16 * 1024;

    /// <summary>
    /// Types, stacks and order of a chain of exceptions without their messages; what knows to keep its message clean stays as it is. Never throws,
    /// whatever members the exceptions override.
    /// </summary>
    public static ProviderRequestException? WithoutMessages(Exception? failure, PromptErrorCode code)
    {
        var chain = ExceptionChain.Inward(failure).Take(MaxDepth + 1).ToList();
        ProviderRequestException? clean = null;
        if (chain.Count > MaxDepth)
        {
            clean = new ProviderRequestException(code, "Further inner exceptions are left out.");
            chain.RemoveAt(MaxDepth);
        }

        for (var i = chain.Count - 1; i >= 0; i--)
        {
            clean = chain[i] is ProviderRequestException { InnerException: null } kept ? kept : Copy(chain[i], code, clean);
        }

        return clean;
    }

    private static ProviderRequestException Copy(Exception failure, PromptErrorCode code, ProviderRequestException? inner)
    {
        var copy = failure is ProviderRequestException known
            ? new ProviderRequestException(known.Code, known.Message, inner)
            {
                Status = known.Status,
                ErrorCode = known.ErrorCode,
                RequestId = known.RequestId,
                RetryAfter = known.RetryAfter,
            }
            : new ProviderRequestException(code, $"The client threw {failure.GetType().FullName}{(TransportDetail.Of(failure) is { } detail ? $": {detail}" : "")}.", inner) { Status = StatusOf(failure) };
        if (StackOf(failure) is { Length: > 0 } stack)
        {
            ExceptionDispatchInfo.SetRemoteStackTrace(copy, stack.Length > MaxStackLength ? stack[..MaxStackLength] : stack);
        }

        return copy;
    }

    private static string? StackOf(Exception failure)
    {
        try
        {
            return failure.StackTrace;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static int? StatusOf(Exception failure) =>
        failure is HttpRequestException { StatusCode: HttpStatusCode status } ? (int)status : null;
}
