using System.Net;
using PromptGen.Providers;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Providers;

public sealed class ClientFailureTests
{
    [Fact]
    public async Task The_message_of_a_clients_exception_stays_out_and_its_type_and_stack_stay_in()
    {
        using var desk = new Desk();
        desk.Mini.Then(static (_, _) => ThrowAsync());

        var error = await desk.FailAsync(Sample.Define(route: new PromptGen.Routing.PromptStep(Tier.Fast, [Sample.Mini])));

        var cause = Assert.IsType<ProviderRequestException>(error.InnerException);
        Assert.Equal("The client threw System.Net.Http.HttpRequestException.", cause.Message);
        Assert.Equal(PromptErrorCode.Auth, cause.Code);
        Assert.Equal(401, cause.Status);
        Assert.Equal("The client threw System.IO.IOException.", cause.InnerException!.Message);
        Assert.Contains(nameof(ThrowAsync), error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_it_gets_the_exception_as_it_was_thrown()
    {
        using var desk = new Desk(static builder => builder.Telemetry.IncludeProviderMessages = true);
        desk.Mini.Then(static (_, _) => ThrowAsync());

        var error = await desk.FailAsync(Sample.Define(route: new PromptGen.Routing.PromptStep(Tier.Fast, [Sample.Mini])));

        Assert.Equal("CANARY sk-secret", Assert.IsType<HttpRequestException>(error.InnerException).Message);
    }

    [Fact]
    public void What_keeps_its_own_message_clean_stays_as_it_is()
    {
        var clean = new ProviderRequestException(PromptErrorCode.Overloaded, "The request to mini failed: Overloaded, HTTP status 503.");

        Assert.Same(clean, ClientFailure.WithoutMessages(clean, PromptErrorCode.Overloaded));
        Assert.Null(ClientFailure.WithoutMessages(null, PromptErrorCode.None));
    }

    [Fact]
    public void What_lies_below_a_clean_exception_is_cleaned_too()
    {
        var failure = new ProviderRequestException(PromptErrorCode.Transport, "The connection failed.", new AggregateException("CANARY", new IOException("CANARY")))
        {
            Status = 502,
            ErrorCode = "gone",
            RequestId = "request-1",
            RetryAfter = TimeSpan.FromSeconds(2),
        };

        var clean = ClientFailure.WithoutMessages(failure, PromptErrorCode.Transport)!;

        Assert.Equal(("The connection failed.", 502, "gone", "request-1", TimeSpan.FromSeconds(2)), (clean.Message, clean.Status, clean.ErrorCode, clean.RequestId, clean.RetryAfter));
        Assert.Equal("The client threw System.AggregateException.", clean.InnerException!.Message);
        Assert.Equal("The client threw System.IO.IOException.", clean.InnerException.InnerException!.Message);
        Assert.DoesNotContain("CANARY", clean.ToString(), StringComparison.Ordinal);
    }

    private static async Task<Microsoft.Extensions.AI.ChatResponse> ThrowAsync()
    {
        await Task.Yield();
        throw new HttpRequestException("CANARY sk-secret", new IOException("CANARY"), HttpStatusCode.Unauthorized);
    }
}
