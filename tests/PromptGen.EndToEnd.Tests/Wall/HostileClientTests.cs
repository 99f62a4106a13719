using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 90–92: exceptions and waits of clients that no provider would think of.</summary>
public sealed class HostileClientTests : WallTests, IDisposable
{
    private readonly ScriptedChatClient _client = new();

    public HostileClientTests()
    {
        Configure = builder => builder.AddClient(Models.Mini, _client).AddFailureClassifier(new Classifier());
        NeverArrived = () => _client.Requests.Count;
    }

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(PromptErrorCode.RateLimited, long.MinValue, true)]
    [InlineData(PromptErrorCode.RateLimited, -1L, true)]
    [InlineData(PromptErrorCode.RateLimited, long.MaxValue, false)]
    [InlineData(PromptErrorCode.QuotaExhausted, long.MinValue, false)]
    [InlineData(PromptErrorCode.QuotaExhausted, long.MaxValue, false)]
    public async Task Row90_A_wait_that_cannot_be_is_kept_within_bounds(PromptErrorCode code, long ticks, bool retried)
    {
        for (var i = 0; i < (retried ? 3 : 1); i++)
        {
            _client.Fails(new Said(code, TimeSpan.FromTicks(ticks)));
        }

        BackupAnswers(Via.OpenAI);
        await IsReplacedAsync([.. Enumerable.Repeat(code, retried ? 3 : 1)]);

        // A wait that is too long is limited to one day: after 23 hours the model is still skipped, after a day it is called again.
        if (ticks == long.MaxValue)
        {
            Time.Advance(TimeSpan.FromHours(23));
            BackupAnswers(Via.OpenAI);
            Assert.Equal([$"{Models.Haiku} Fallback None"], (await AskAsync(Via.OpenAI)).Ledger);
            LetRecover();
            _client.Answers(Good, 100, 100);
            Assert.Equal([$"{Models.Mini} Initial None"], (await AskAsync(Via.OpenAI)).Ledger);
        }

        Renew();
    }

    [Theory]
    [InlineData("inner exception")]
    [InlineData("aggregate")]
    [InlineData("10,000 deep")]
    public async Task Row91_What_a_provider_said_is_understood_from_any_client_however_it_is_wrapped(string how)
    {
        var said = new ProviderRequestException(PromptErrorCode.Auth, "The key was not accepted.");
        _client.Fails(how switch
        {
            "inner exception" => new InvalidOperationException(ErrorText, said),
            "aggregate" => new AggregateException(ErrorText, new FormatException(ErrorText), new NotSupportedException(ErrorText, said)),
            _ => Deep(10_000, said),
        });
        BackupAnswers(Via.OpenAI);

        await IsReplacedAsync(PromptErrorCode.Auth);
        Renew();
    }

    [Theory]
    [InlineData("10,000 deep")]
    [InlineData("10,000 wide")]
    [InlineData("members throw")]
    public async Task Row92_Exceptions_of_any_shape_end_no_call_but_their_attempt(string shape)
    {
        Configure = builder => builder.AddClient(Models.Mini, _client).AddClient(Models.Haiku, _client).AddClient(Stronger, _client);
        for (var i = 0; i < 12; i++)
        {
            _client.Fails(shape switch
            {
                "10,000 deep" => Deep(10_000, new FormatException(ErrorText)),
                "10,000 wide" => new AggregateException(ErrorText, Enumerable.Range(0, 10_000).Select(static _ => new FormatException(ErrorText))),
                _ => new Hostile(),
            });
        }

        var call = await AskAsync(Via.OpenAI);

        Assert.Equal(PromptErrorCode.RouteExhausted, call.Code);
        Assert.All(call.Attempts, static attempt => Assert.Equal(PromptErrorCode.ProtocolError, attempt.Outcome));
        Assert.NotEmpty(call.Error!.ToString());
        Renew();
    }

    private static Exception Deep(int depth, Exception innermost)
    {
        for (var i = 0; i < depth; i++)
        {
            innermost = new InvalidOperationException(ErrorText, innermost);
        }

        return innermost;
    }

    private async Task IsReplacedAsync(params PromptErrorCode[] outcomes)
    {
        var call = await AskAsync(Via.OpenAI);

        Assert.Equal([.. outcomes, PromptErrorCode.None], call.Attempts.Select(static attempt => attempt.Outcome));
        Assert.Equal(Models.Haiku, call.Result!.ModelId);
    }

    private sealed class Said(PromptErrorCode code, TimeSpan wait) : Exception(ErrorText)
    {
        public PromptFailure Failure => new(code, wait);
    }

    private sealed class Classifier : IFailureClassifier
    {
        public PromptFailure? Classify(Exception exception) => (exception as Said)?.Failure;
    }

    private sealed class Hostile : Exception
    {
        public override string Message => throw new FormatException();

        public override string? StackTrace => throw new FormatException();

        public override string ToString() => throw new FormatException();
    }
}
