using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using PromptGen.Providers;

namespace PromptGen.Tests.Providers;

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
        { new HttpRequestException(HttpRequestError.HttpProtocolError), PromptErrorCode.ProtocolError, false },
        { new HttpRequestException(HttpRequestError.ResponseEnded), PromptErrorCode.Transport, false },
        { new HttpRequestException(HttpRequestError.ProxyTunnelError), PromptErrorCode.Transport, true },
        { new SocketException((int)SocketError.NetworkUnreachable), PromptErrorCode.Transport, true },
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
    public void A_classifier_that_fails_is_skipped()
    {
        Assert.Equal(new PromptFailure(PromptErrorCode.Transport), FailureClassifier.Classify(new IOException(), new Broken(), [new Broken()]));
    }

    [Fact]
    public void The_client_is_asked_first_then_the_program_in_its_order_and_NET_last()
    {
        var exception = new IOException();
        var (silent, auth, quota) = (new Says(null), new Says(PromptErrorCode.Auth), new Says(PromptErrorCode.QuotaExhausted));

        Assert.Equal(PromptErrorCode.Auth, FailureClassifier.Classify(exception, auth, [quota]).Code);
        Assert.Equal(PromptErrorCode.QuotaExhausted, FailureClassifier.Classify(exception, silent, [silent, quota, auth]).Code);
        Assert.Equal(PromptErrorCode.Transport, FailureClassifier.Classify(exception, silent, [silent]).Code);
        Assert.Equal(PromptErrorCode.Transport, FailureClassifier.Classify(exception, null, []).Code);
    }

    [Theory]
    [InlineData(PromptErrorCode.QuotaExhausted, true)]
    [InlineData(PromptErrorCode.Overloaded, true)]
    [InlineData(PromptErrorCode.NotFound, true)]
    [InlineData(PromptErrorCode.BadRequest, true)]
    [InlineData(PromptErrorCode.ContextLength, true)]
    [InlineData(PromptErrorCode.ContentFiltered, true)]
    [InlineData(PromptErrorCode.Transport, false)]
    [InlineData(PromptErrorCode.Truncated, false)]
    [InlineData(PromptErrorCode.Cancelled, false)]
    public void What_was_rejected_cost_nothing_and_what_was_begun_may_have(PromptErrorCode code, bool nothingProcessed) =>
        Assert.Equal(nothingProcessed, FailureClassifier.NothingProcessed(code, null));

    [Fact]
    public void A_certificate_is_found_however_deep()
    {
        Assert.True(FailureClassifier.IsCertificateError(new HttpRequestException("x", new IOException("x", new AuthenticationException()))));
        Assert.False(FailureClassifier.IsCertificateError(new HttpRequestException("x", new IOException())));
        Assert.False(FailureClassifier.IsCertificateError(null));
    }

    private sealed class Says(PromptErrorCode? code) : IFailureClassifier
    {
        public PromptFailure? Classify(Exception exception) => code is { } known ? new PromptFailure(known) : null;
    }

    private sealed class Broken : IFailureClassifier
    {
        public PromptFailure? Classify(Exception exception) => throw new InvalidOperationException();
    }
}
