using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using PromptGen.Execution;

namespace PromptGen.Tests.Execution;

public class FailureClassifierTests
{
    public static TheoryData<Exception, PromptErrorCode, bool> Exceptions => new()
    {
        { new HttpRequestException("x", null, HttpStatusCode.TooManyRequests), PromptErrorCode.RateLimited, true },
        { new HttpRequestException("x", null, HttpStatusCode.InternalServerError), PromptErrorCode.ServerError, true },
        { new HttpRequestException("x", null, HttpStatusCode.Unauthorized), PromptErrorCode.Auth, true },
        { new HttpRequestException(HttpRequestError.NameResolutionError), PromptErrorCode.Transport, true },
        { new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), PromptErrorCode.Transport, true },
        { new HttpRequestException("x", new IOException("x", new SocketException((int)SocketError.ConnectionReset))), PromptErrorCode.Transport, false },
        { new HttpRequestException(HttpRequestError.InvalidResponse), PromptErrorCode.ProtocolError, false },
        { new IOException(), PromptErrorCode.Transport, false },
        { new SocketException((int)SocketError.ConnectionReset), PromptErrorCode.Transport, false },
        { new AuthenticationException(), PromptErrorCode.Transport, true },
        { new TimeoutException(), PromptErrorCode.AttemptTimeout, false },
        { new OperationCanceledException(), PromptErrorCode.AttemptTimeout, false },
        { new AggregateException(new IOException(), new TimeoutException()), PromptErrorCode.Transport, false },
        { new JsonException(), PromptErrorCode.ProtocolError, false },
        { new ArgumentOutOfRangeException(), PromptErrorCode.ProtocolError, false },
        { new InvalidOperationException(), PromptErrorCode.ProtocolError, false },
        { new NotSupportedException(), PromptErrorCode.ProtocolError, false },
        { new InvalidTimeZoneException(), PromptErrorCode.ProtocolError, false },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Exceptions_of_NET_are_known_and_so_is_whether_they_can_have_cost_anything(Exception exception, PromptErrorCode code, bool nothingProcessed)
    {
        Assert.Equal(new PromptFailure(code), FailureClassifier.Classify(exception, null, []));
        Assert.Equal(nothingProcessed, FailureClassifier.NothingProcessed(code, exception));
    }

    [Fact]
    public void A_classifier_that_fails_is_passed_over()
    {
        Assert.Equal(new PromptFailure(PromptErrorCode.Transport), FailureClassifier.Classify(new IOException(), new Broken(), [new Broken()]));
    }

    private sealed class Broken : IFailureClassifier
    {
        public PromptFailure? Classify(Exception exception) => throw new InvalidOperationException();
    }
}
