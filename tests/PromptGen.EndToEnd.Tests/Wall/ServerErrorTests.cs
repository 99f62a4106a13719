using System.Net;
using System.Net.Sockets;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 6, 7, 9, 24 and 25: errors by status, and connections that do not come about.</summary>
public sealed class ServerErrorTests : WallTests
{
    [Theory]
    [ViaBoth(500, 502, 504, 408, 409)]
    public async Task Row06_One_server_error_is_tried_again_on_the_same_model(Via via, int status)
    {
        Enqueue(via, ModelReply.Error(status, message: ErrorText), Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial ServerError", $"{Primary(via)} Retry None"], call.Ledger);
        Assert.Single(Pauses);
    }

    [Theory]
    [ViaBoth(503, 529)]
    public async Task Row07_A_provider_that_stays_overloaded_is_left_after_three_tries(Via via, int status)
    {
        Enqueue(via, [.. Enumerable.Repeat(ModelReply.Error(status), 3)]);
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal(
            [$"{Primary(via)} Initial Overloaded", $"{Primary(via)} Retry Overloaded", $"{Primary(via)} Retry Overloaded", $"{Backup(via)} Fallback None"],
            call.Ledger);
        Assert.True(call.Result!.Cost.IsComplete);
    }

    [Theory]
    [ViaBoth(503, 529)]
    public async Task Row07_The_first_error_stays_the_cause_when_no_model_answers(Via via, int status)
    {
        Enqueue(via, [.. Enumerable.Repeat(ModelReply.Error(status, message: ErrorText), 3)]);
        Otherwise = static _ => ModelReply.Error(401, message: ErrorText);

        var call = await AskAsync(via);

        Assert.Equal(PromptErrorCode.RouteExhausted, call.Code);
        Assert.Equal(status, Assert.IsType<ProviderRequestException>(call.Failure!.InnerException).Status);
    }

    [Theory]
    [ViaBoth]
    public async Task Row09_A_connection_reset_before_any_header_is_tried_again(Via via)
    {
        Enqueue(via, ModelReply.Reset(), Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial Transport", $"{Primary(via)} Retry None"], call.Ledger);
        Assert.Single(Pauses);
    }

    [Theory]
    [ViaBoth]
    public async Task Row09_A_provider_that_keeps_resetting_is_replaced(Via via)
    {
        Enqueue(via, ModelReply.Reset(), ModelReply.Reset(), ModelReply.Reset());
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal(
            [$"{Primary(via)} Initial Transport", $"{Primary(via)} Retry Transport", $"{Primary(via)} Retry Transport", $"{Backup(via)} Fallback None"],
            call.Ledger);
    }

    [Theory]
    [ViaBoth("refused", "unknown host")]
    public async Task Row09_A_provider_that_cannot_be_reached_is_replaced_and_costs_nothing(Via via, string fault)
    {
        using var closed = new Socket(SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Serve(via, new Uri(fault == "refused" ? $"http://{closed.LocalEndPoint}" : "http://nobody.invalid"));
        NeverArrived = () => Attempts.Count(static attempt => attempt.Outcome == PromptErrorCode.Transport);
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal(
            [$"{Primary(via)} Initial Transport", $"{Primary(via)} Retry Transport", $"{Primary(via)} Retry Transport", $"{Backup(via)} Fallback None"],
            call.Ledger);
        Assert.True(call.Result!.Cost.IsComplete);
        Assert.Equal(PromptCost.Zero, call.Attempts[0].Cost);
    }

    [Theory]
    [ViaBoth]
    public async Task Row09_A_certificate_that_is_not_trusted_is_not_tried_again(Via via)
    {
        await using var impostor = await ModelServer.StartUntrustedAsync(static _ => Reply(Good));
        Serve(via, impostor.AnthropicEndpoint);
        NeverArrived = () => Attempts.Count(static attempt => attempt.Outcome == PromptErrorCode.Transport);
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial Transport", $"{Backup(via)} Fallback None"], call.Ledger);
        Assert.Empty(impostor.Requests);
    }

    [Theory]
    [InlineData(Via.OpenAI, 401, PromptErrorCode.Auth)]
    [InlineData(Via.OpenAI, 403, PromptErrorCode.Auth)]
    [InlineData(Via.OpenAI, 404, PromptErrorCode.NotFound)]
    [InlineData(Via.Anthropic, 401, PromptErrorCode.Auth)]
    [InlineData(Via.Anthropic, 403, PromptErrorCode.Auth)]
    [InlineData(Via.Anthropic, 404, PromptErrorCode.NotFound)]
    public async Task Row24_A_request_that_is_not_allowed_is_never_tried_again_and_the_key_is_nowhere(Via via, int status, PromptErrorCode code)
    {
        Otherwise = _ => ModelReply.Error(status, message: ErrorText);

        var call = await AskAsync(via);

        Assert.Equal(PromptErrorCode.RouteExhausted, call.Code);
        Assert.All(call.Attempts, attempt => Assert.Equal(code, attempt.Outcome));
        Assert.DoesNotContain(call.Attempts, static attempt => attempt.Reason == PromptAttemptReason.Retry);
        Assert.Empty(Pauses);
    }

    [Theory]
    [ViaBoth(405, 418, 422)]
    public async Task Row25_Other_errors_of_the_request_are_not_tried_again(Via via, int status)
    {
        Enqueue(via, ModelReply.Error(status, message: ErrorText));
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial BadRequest", $"{Backup(via)} Fallback None"], call.Ledger);
        Assert.Empty(Pauses);
    }

    [Theory]
    [ViaBoth(301, 302, 303, 307, 308)]
    public async Task Row25_A_redirect_is_not_followed_with_the_key(Via via, int status)
    {
        await using var stranger = await ModelServer.StartAsync(static _ => Reply(Good));
        var elsewhere = new Uri(stranger.AnthropicEndpoint, via == Via.OpenAI ? "v1/chat/completions" : "v1/messages");
        Enqueue(via, ModelReply.Redirect(elsewhere, status), ModelReply.Redirect(elsewhere, status));
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial ProtocolError", $"{Primary(via)} Retry ProtocolError", $"{Backup(via)} Fallback None"], call.Ledger);
        Assert.Empty(stranger.Requests);
    }

    private void Serve(Via via, Uri address) => Configure = builder => _ = via == Via.OpenAI
        ? builder.AddOpenAI("other-key", new Uri(address, "v1"))
        : builder.AddAnthropic("other-key", address);
}
