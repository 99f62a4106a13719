using System.Net.Sockets;
using System.Security.Authentication;

namespace PromptGen.Execution;

/// <summary>Tells what the exceptions of .NET itself mean, and what a failure means for retries and money.</summary>
internal static class FailureClassifier
{
    /// <summary>Asks the client's own classifier, then the program's, then the rules for .NET's exceptions.</summary>
    public static PromptFailure Classify(Exception exception, IFailureClassifier? ofClient, IReadOnlyList<IFailureClassifier> ofProgram)
    {
        if (Ask(ofClient, exception) is { } own)
        {
            return own;
        }

        for (var i = 0; i < ofProgram.Count; i++)
        {
            if (Ask(ofProgram[i], exception) is { } added)
            {
                return added;
            }
        }

        return new PromptFailure(Classify(exception));
    }

    /// <summary>
    /// Whether the provider did no work that it could charge for: it answered with an error instead, or was never reached. A connection
    /// that broke later may have been lost on an answer already paid for.
    /// </summary>
    public static bool NothingProcessed(PromptErrorCode code, Exception? exception) => code switch
    {
        PromptErrorCode.RateLimited or PromptErrorCode.QuotaExhausted or PromptErrorCode.Overloaded or PromptErrorCode.ServerError
            or PromptErrorCode.Auth or PromptErrorCode.NotFound or PromptErrorCode.BadRequest or PromptErrorCode.ContextLength
            or PromptErrorCode.ContentFiltered => true,
        PromptErrorCode.Transport => Any(exception, NeverConnected),
        _ => false,
    };

    /// <summary>A certificate that was turned down once is turned down again.</summary>
    public static bool IsCertificateError(Exception? exception) => Any(exception, static e => e is AuthenticationException);

    private static PromptFailure? Ask(IFailureClassifier? classifier, Exception exception)
    {
        try
        {
            return classifier?.Classify(exception);
        }
        catch (Exception)
        {
            // A classifier that fails knows nothing about the failure at hand.
            return null;
        }
    }

    private static PromptErrorCode Classify(Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => PromptErrorCode.AttemptTimeout,
        HttpRequestException { StatusCode: { } status } => HttpFailure.Classify((int)status),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } => PromptErrorCode.ProtocolError,
        HttpRequestException or IOException or SocketException or AuthenticationException => PromptErrorCode.Transport,
        AggregateException { InnerExceptions: [var first, ..] } => Classify(first),
        _ => PromptErrorCode.ProtocolError,
    };

    private static bool NeverConnected(Exception exception) => exception switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } => true,
        SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
                or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown
        } => true,
        AuthenticationException => true,
        _ => false,
    };

    private static bool Any(Exception? exception, Func<Exception, bool> matches)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (matches(e))
            {
                return true;
            }
        }

        return false;
    }
}
