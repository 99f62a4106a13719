using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using OpenAI;
using PromptGen.Budgets;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 93–95: a provider that repeats secrets as names, one that sends prompts elsewhere, and a store that blocks.</summary>
public sealed class HostileProviderTests : WallTests
{
    [Theory]
    [ViaBoth("My card 4929-CANARY-TICKET was charged twice", "sk-CANARY-KEY", "long")]
    public async Task Row93_What_a_provider_repeats_as_a_code_or_an_id_is_no_name(Via via, string text)
    {
        text = text == "long" ? new string('x', 10_000) + "CANARY" : text;
        Otherwise = _ => ModelReply.Error(400, text, message: ErrorText) with
        {
            Headers = new Dictionary<string, string> { [via == Via.OpenAI ? "x-request-id" : "request-id"] = text },
        };

        var call = await AskAsync(via);

        var cause = Assert.IsType<ProviderRequestException>(call.Failure!.InnerException);
        Assert.DoesNotContain("CANARY", $"{cause.ErrorCode} {cause.RequestId}", StringComparison.Ordinal);
        Assert.InRange($"{cause.ErrorCode}{cause.RequestId}".Length, 1, 256);
    }

    [Theory]
    [ViaBoth(301, 302, 303, 307, 308)]
    public async Task Row94_A_redirect_is_not_followed_by_an_SDK_client_of_the_program(Via via, int status)
    {
        using var http = new HttpClient();
        Configure = builder => Connect(builder, via, http);

        await AssertNotFollowedAsync(via, status);

        Assert.DoesNotContain(Log.Lines, static line => line.Contains("redirects", StringComparison.Ordinal));
    }

    [Theory]
    [ViaBoth(307, 308)]
    public async Task Row94_A_client_that_is_set_to_follow_redirects_takes_no_prompt_along_and_is_warned_of(Via via, int status)
    {
        using var http = new HttpClient();
        _ = await http.GetAsync(new Uri(Server.AnthropicEndpoint, "v1/models"));
        Configure = builder => Connect(builder, via, http);

        await AssertNotFollowedAsync(via, status);

        Assert.Single(Log.Lines, static line => line.Contains("follows HTTP redirects", StringComparison.Ordinal));
    }

    [Theory]
    [ViaBoth]
    public async Task Row95_A_budget_store_that_blocks_its_thread_holds_no_call_up(Via via)
    {
        using var store = new BlockingStore();
        Configure = builder => builder.UseBudgetStore(store).AddBudget("wall", 1m, BudgetPeriod.Day);

        var call = Task.Run(() => Start(via));
        var timeout = await Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)).WaitAsync(Hanging);
        Time.Advance(timeout);
        var blocked = await call.WaitAsync(Hanging);

        Assert.Equal(PromptErrorCode.BudgetExceeded, blocked.Code);
        Assert.Equal(TimeSpan.FromMilliseconds(250), timeout);

        // The time limits of releases, and of the balance that is read after them while any test listens to the gauge, would move the clock of the next call.
        store.Dispose();
        await Prompts.DisposeAsync().AsTask().WaitAsync(Hanging);
        while (Time.WaitForTimerAsync(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1)).IsCompleted)
        {
            await Task.Yield();
        }

        Renew();
    }

    private void Connect(PromptRuntimeBuilder builder, Via via, HttpClient http) => _ = via == Via.OpenAI
        ? builder.AddProvider("openai", modelId => new OpenAIClient(
            new ApiKeyCredential("other-key"),
            new OpenAIClientOptions { Endpoint = Server.OpenAIEndpoint, Transport = new HttpClientPipelineTransport(http) }).GetChatClient(modelId).AsPromptClient())
        : builder.AddProvider("anthropic", modelId => new AnthropicClient(
            new ClientOptions { ApiKey = "other-key", BaseUrl = Server.AnthropicEndpoint.ToString(), HttpClient = http }).AsIChatClient(modelId));

    private async Task AssertNotFollowedAsync(Via via, int status)
    {
        await using var stranger = await ModelServer.StartAsync(static _ => Reply(Good));
        var elsewhere = new Uri(stranger.AnthropicEndpoint, via == Via.OpenAI ? "v1/chat/completions" : "v1/messages");
        Enqueue(via, ModelReply.Redirect(elsewhere, status), ModelReply.Redirect(elsewhere, status));
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial ProtocolError", $"{Primary(via)} Retry ProtocolError", $"{Backup(via)} Fallback None"], call.Ledger);
        Assert.Empty(stranger.Requests);
        Renew();
    }

    private sealed class BlockingStore : IBudgetStore, IDisposable
    {
        private readonly InMemoryBudgetStore _inner = new();
        private readonly ManualResetEventSlim _gate = new();

        public ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
        {
            _gate.Wait(Hanging, CancellationToken.None);
            return _inner.ReserveAsync(reservation, cancellationToken);
        }

        public ValueTask SettleAsync(BudgetReservation reservation, decimal usd, CancellationToken cancellationToken = default)
        {
            _gate.Wait(Hanging, CancellationToken.None);
            return _inner.SettleAsync(reservation, usd, cancellationToken);
        }

        public ValueTask ReleaseAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
        {
            _gate.Wait(Hanging, CancellationToken.None);
            return _inner.ReleaseAsync(reservation, cancellationToken);
        }

        public ValueTask<BudgetBalance> GetBalanceAsync(BudgetLimit budget, CancellationToken cancellationToken = default) => _inner.GetBalanceAsync(budget, cancellationToken);

        // The event itself is left to the threads that still wait for it.
        public void Dispose() => _gate.Set();
    }
}
