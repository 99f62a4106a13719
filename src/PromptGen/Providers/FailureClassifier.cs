using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace PromptGen.Providers;

/// <summary>Classifies the exceptions of .NET itself, and determines what a failure means for retries and costs.</summary>
internal static class FailureClassifier
{
    /// <summary>
    /// Asks the client's own classifier, then the program's, then looks for a <see cref="ProviderRequestException"/> at any depth, then applies the
    /// rules for .NET's exceptions to the outermost one that they know.
    /// </summary>
    public static PromptFailure Classify(Exception exception, IFailureClassifier? ofClient, IReadOnlyList<IFailureClassifier> ofProgram)
    {
        var failure = Ask(exception, ofClient, ofProgram)
            ?? ProviderFailureClassifier.Instance.Classify(exception)
            ?? new PromptFailure(ExceptionChain.All(exception).Select(OfNet).FirstOrDefault(static code => code is not null) ?? PromptErrorCode.ProtocolError);
        return failure with { Code = OfAttempt(failure.Code) };
    }

    private static PromptFailure? Ask(Exception exception, IFailureClassifier? ofClient, IReadOnlyList<IFailureClassifier> ofProgram)
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

        return null;
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

    /// <summary>A certificate that was rejected once is rejected again.</summary>
    public static bool IsCertificateError(Exception? exception) => Any(exception, static e => e is AuthenticationException);

    private static PromptFailure? Ask(IFailureClassifier? classifier, Exception exception)
    {
        try
        {
            return classifier?.Classify(exception);
        }
        catch (Exception)
        {
            // A classifier that throws gives no information about the failure.
            return null;
        }
    }

    /// <summary>What an exception of .NET means; null = it is not one that says something.</summary>
    private static PromptErrorCode? OfNet(Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => PromptErrorCode.AttemptTimeout,
        HttpRequestException { StatusCode: { } status } => HttpFailure.Classify((int)status),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } => PromptErrorCode.ProtocolError,
        HttpRequestException or IOException or SocketException or AuthenticationException => PromptErrorCode.Transport,
        JsonException or FormatException => PromptErrorCode.ProtocolError,
        _ => null,
    };

    /// <summary>A client cannot end the call: that the caller cancelled or that the deadline ran out is known to the runtime alone.</summary>
    private static PromptErrorCode OfAttempt(PromptErrorCode code) => code switch
    {
        PromptErrorCode.Cancelled or PromptErrorCode.DeadlineExceeded => PromptErrorCode.AttemptTimeout,
        > PromptErrorCode.None and <= PromptErrorCode.Configuration => code,
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

    private static bool Any(Exception? exception, Func<Exception, bool> matches) => ExceptionChain.Inward(exception).Any(matches);
}
