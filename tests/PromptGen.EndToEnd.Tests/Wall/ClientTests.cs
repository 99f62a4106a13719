using Microsoft.Extensions.AI;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 49, 51, 69 and 70: clients that break the rules of an <see cref="IChatClient"/>, and hosts that are hard on theirs.</summary>
public sealed class ClientTests : WallTests, IDisposable
{
    private readonly ScriptedChatClient _client = new();

    public ClientTests()
    {
        Configure = builder => builder.AddClient(Models.Mini, _client);
        NeverArrived = () => _client.Requests.Count;
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Row49_A_cancellation_that_was_not_requested_is_a_time_out_of_the_client()
    {
        _client.Fails(new TaskCanceledException("The operation was canceled."));
        BackupAnswers(Via.OpenAI);

        await IsReplacedAsync(PromptErrorCode.AttemptTimeout);
    }

    [Theory]
    [InlineData("throws at once")]
    [InlineData("no task")]
    [InlineData("no answer")]
    [InlineData("no message")]
    public async Task Row51_A_client_that_breaks_the_rules_is_replaced(string fault)
    {
        for (var i = 0; i < 2; i++)
        {
            _ = fault switch
            {
                "throws at once" => _client.Then(static (_, _) => throw new InvalidOperationException("CANARY: the client broke")),
                "no task" => _client.Then(static (_, _) => null!),
                "no answer" => _client.Answers((ChatResponse?)null),
                _ => _client.Answers(new ChatResponse((IList<ChatMessage>)[null!])),
            };
        }

        BackupAnswers(Via.OpenAI);

        await IsReplacedAsync(PromptErrorCode.ProtocolError, PromptErrorCode.ProtocolError);
    }

    [Fact]
    public async Task Row51_An_answer_without_messages_is_empty()
    {
        _client.Answers(new ChatResponse((IList<ChatMessage>)[]));
        BackupAnswers(Via.OpenAI);

        await IsReplacedAsync(PromptErrorCode.EmptyOutput);
    }

    [Fact]
    public async Task Row51_What_GetService_and_Dispose_throw_never_reaches_a_caller()
    {
        var rude = new RudeClient(_client);
        Configure = builder => builder.AddProvider("openai", _ => rude);
        _client.Answers(Good, 100, 100);

        var call = await AskAsync(Via.OpenAI);
        Prompts.Dispose();

        Assert.Equal([$"{Models.Mini} Initial None"], call.Ledger);
        Assert.True(rude.WasDisposed);
        Renew();
    }

    [Fact]
    public async Task Row69_A_caller_that_blocks_its_only_thread_still_gets_its_answer()
    {
        Configure = static _ => { };
        NeverArrived = static () => 0;
        Enqueue(Via.OpenAI, ModelReply.Error(429, retryAfter: "0"), Reply(Good));
        var answer = new TaskCompletionSource<WallCall>();
        var user = new Thread(() =>
        {
            // Posts to this context are never run: whoever resumes on it never resumes.
            SynchronizationContext.SetSynchronizationContext(new DeadContext());
            answer.SetResult(Observe(token => Task.FromResult(Desk.ViaOpenAIAsync(Ticket, token).GetAwaiter().GetResult())).GetAwaiter().GetResult());
        });

        user.Start();

        Assert.Equal([$"{Models.Mini} Initial RateLimited", $"{Models.Mini} Retry None"], (await answer.Task.WaitAsync(Hanging)).Ledger);
    }

    [Fact]
    public async Task Row70_A_runtime_that_is_disposed_during_a_call_lets_it_end_and_starts_no_other()
    {
        var answer = new TaskCompletionSource<ChatResponse>();
        _client.Then((_, _) => answer.Task);

        var call = Start(Via.OpenAI);
        await _client.WaitForRequestAsync(1);
        Prompts.Dispose();
        answer.SetResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Good)) { FinishReason = ChatFinishReason.Stop });

        Assert.Equal([$"{Models.Mini} Initial None"], (await call).Ledger);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Desk.ViaOpenAIAsync(Ticket));
        Renew();
    }

    private async Task IsReplacedAsync(params PromptErrorCode[] outcomes)
    {
        var call = await AskAsync(Via.OpenAI);

        Assert.Equal([.. outcomes, PromptErrorCode.None], call.Attempts.Select(static attempt => attempt.Outcome));
        Assert.Equal(Models.Haiku, call.Result!.ModelId);
        Assert.Equal(outcomes.Length, _client.Requests.Count);
        Renew();
    }

    private sealed class DeadContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();
    }

    private sealed class RudeClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public bool WasDisposed { get; private set; }

        public override object? GetService(Type serviceType, object? serviceKey = null) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            WasDisposed = true;
            base.Dispose(disposing);
            throw new InvalidOperationException();
        }
    }
}
