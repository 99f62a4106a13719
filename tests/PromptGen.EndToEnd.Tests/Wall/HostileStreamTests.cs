using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PromptGen.Budgets;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 97–100: streams that do not end by themselves, and clients whose callbacks throw.</summary>
public sealed class HostileStreamTests : WallTests, IDisposable
{
    private const string Letter = "Dear Ada, your card was charged once only.";

    private readonly ScriptedChatClient _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("no contents")]
    [InlineData("no text")]
    [InlineData("usage")]
    public async Task Row97_Updates_that_say_nothing_and_never_wait_end_with_the_time_of_the_first_token(string kind)
    {
        UseClient();
        _client.Streams((_, _) => EmptyAsync(kind));
        Server.Enqueue(Models.Haiku, ModelReply.Text(Letter));

        var call = await Write(Via.OpenAI);

        Assert.Equal(Letter, call.Text);
        Assert.Equal(TimeSpan.FromSeconds(5), call.Took);
        Renew();
    }

    [Fact]
    public async Task Row98_A_client_that_never_ends_its_clean_up_is_abandoned_after_a_second()
    {
        UseClient();
        _client.Streams(static (_, _) => new HangingDisposal(Letter));

        var call = Write(Via.OpenAI);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)).WaitAsync(Hanging));

        Assert.Null((await call).Error);
        Assert.Equal(Letter, (await call).Text);
        Renew();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row99_A_callback_that_throws_on_cancellation_disturbs_neither_the_time_out_nor_the_caller(bool isCaller)
    {
        UseClient();
        using var cancellation = new CancellationTokenSource();
        _client.Then(static (_, token) =>
        {
            token.Register(static () => throw new InvalidOperationException(ErrorText));
            return new TaskCompletionSource<ChatResponse>().Task;
        });

        var call = Start(Via.OpenAI, cancellationToken: cancellation.Token);
        await _client.WaitForRequestAsync(1).WaitAsync(Hanging);
        if (isCaller)
        {
            cancellation.Cancel();
            Assert.Equal([$"{Models.Mini} Initial Cancelled"], (await call).Ledger);
        }
        else
        {
            BackupAnswers(Via.OpenAI);
            Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5)).WaitAsync(Hanging));
            Assert.Equal([$"{Models.Mini} Initial AttemptTimeout", $"{Models.Haiku} Fallback None"], (await call).Ledger);
        }

        Renew();
    }

    [Theory]
    [ViaBoth]
    public async Task Row100_A_stream_that_is_held_unread_ends_at_its_deadline_and_returns_its_money(Via via)
    {
        var store = new InMemoryBudgetStore(Time);
        var budget = new BudgetLimit("wall", 1m, BudgetPeriod.Day);
        Configure = builder => builder.UseBudgetStore(store).AddBudget(budget.Key, budget.MaxUsd, budget.Period);
        Enqueue(via, ModelReply.Text(Letter) with { Fault = ModelFault.Stall, FaultAfter = 2 });

        var call = await ObserveStream(HoldAsync);

        Assert.Equal([$"{Primary(via)} Initial DeadlineExceeded"], call.Ledger);
        Assert.StartsWith(call.Text, Assert.IsType<PromptStreamException>(call.Error).PartialText, StringComparison.Ordinal);
        Renew();

        async IAsyncEnumerable<string> HoldAsync([EnumeratorCancellation] CancellationToken token)
        {
            await using var items = (via == Via.OpenAI ? Desk.WriteViaOpenAIAsync(Ticket, token) : Desk.WriteViaAnthropicAsync(Ticket, token)).GetAsyncEnumerator(token);
            Assert.True(await items.MoveNextAsync());
            yield return items.Current;
            Assert.True((await store.GetBalanceAsync(budget, token)).ReservedUsd > 0);
            Time.Advance(TimeSpan.FromSeconds(60));
            await Server.Requests[0].WaitForAbortAsync(token).WaitAsync(Hanging, token);
            Assert.Equal(0, (await store.GetBalanceAsync(budget, token)).ReservedUsd);
            Assert.True(await items.MoveNextAsync());
        }
    }

    private void UseClient()
    {
        Configure = builder => builder.AddClient(Models.Mini, _client);
        NeverArrived = () => _client.Requests.Count;
    }

    private Task<WallCall> Write(Via via) =>
        ObserveStream(token => via == Via.OpenAI ? Desk.WriteViaOpenAIAsync(Ticket, token) : Desk.WriteViaAnthropicAsync(Ticket, token));

    /// <summary>Updates without end of which none keeps its reader waiting. Each takes 10 ms.</summary>
    private async IAsyncEnumerable<ChatResponseUpdate> EmptyAsync(string kind)
    {
        await Task.CompletedTask;
        for (var i = 0; i < 100_000; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            yield return new ChatResponseUpdate(ChatRole.Assistant, kind switch
            {
                "no text" => [new TextContent("")],
                "usage" => [new UsageContent(new UsageDetails { InputTokenCount = 1, OutputTokenCount = 1 })],
                _ => [],
            });
        }
    }

    private sealed class HangingDisposal(string text) : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
    {
        private int _count;

        public ChatResponseUpdate Current => new(ChatRole.Assistant, text) { FinishReason = ChatFinishReason.Stop };

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => new(++_count == 1);

        public ValueTask DisposeAsync() => new(new TaskCompletionSource().Task);
    }
}
