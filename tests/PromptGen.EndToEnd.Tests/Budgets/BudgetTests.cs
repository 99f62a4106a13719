using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PromptGen.Budgets;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Budgets;

/// <summary>Budgets over many calls of generated prompts, against a real server.</summary>
public sealed class BudgetTests
{
    private const string Good = """{"queue":"Billing","urgency":3,"confidence":0.9}""";

    [Fact]
    public async Task Row56_A_thousand_calls_at_once_with_room_for_ten_send_ten_requests()
    {
        const int Calls = 1_000;
        var (admitted, refused) = (0, 0);
        var allDecided = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ModelServer.StartAsync(async (_, cancellationToken) =>
        {
            await allDecided.Task.WaitAsync(cancellationToken);
            return ModelReply.Text(Good, 1_000, 500);
        });
        var store = new InMemoryBudgetStore();

        // One attempt reserves $0.032768 of output and some hundredths of a cent of input.
        using var prompts = PromptRuntime.Create(builder => builder
            .UseTimeProvider(new ManualTimeProvider())
            .UseBudgetStore(store)
            .AddBudget("team", 0.335m, BudgetPeriod.Month, "Desk.*")
            .AddOpenAI("test-key", server.OpenAIEndpoint)
            .AddAnthropic("test-key", server.AnthropicEndpoint));
        var desk = new Desk(prompts);

        await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(async () =>
        {
            try
            {
                await desk.AskMiniAsync("I was charged twice");
                Interlocked.Increment(ref admitted);
            }
            catch (PromptException exception) when (exception.Code == PromptErrorCode.BudgetExceeded && exception.Attempts.Count == 0)
            {
                if (Interlocked.Increment(ref refused) == Calls - 10)
                {
                    allDecided.SetResult();
                }
            }
        })));

        Assert.Equal((10, Calls - 10), (admitted, refused));
        Assert.Equal(10, server.Requests.Count);
        Assert.Equal(new BudgetBalance(10 * 0.002m, 0m), await BalanceAsync(store));
    }

    [Fact]
    public async Task Row56_A_cancelled_call_and_a_lost_connection_leave_nothing_reserved()
    {
        await using var server = await ModelServer.StartAsync();
        var store = new InMemoryBudgetStore();
        using var prompts = PromptRuntime.Create(builder =>
        {
            builder.UseTimeProvider(new ManualTimeProvider())
                .UseBudgetStore(store)
                .AddBudget("team", 1m, BudgetPeriod.Month)
                .AddOpenAI("test-key", server.OpenAIEndpoint)
                .AddAnthropic("test-key", server.AnthropicEndpoint);
            builder.Resilience.MaxRetries = 0;
        });
        var desk = new Desk(prompts);
        using var cancellation = new CancellationTokenSource();
        server.Enqueue(ModelReply.Hang(), ModelReply.Reset(), ModelReply.Error(503));

        var cancelled = desk.AskMiniAsync("I was charged twice", cancellation.Token);
        await server.WaitForRequestAsync(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var mayHaveCost = await BalanceAsync(store);
        await Assert.ThrowsAsync<PromptException>(() => desk.AskMiniAsync("I was charged twice"));
        var mayHaveCostTwice = await BalanceAsync(store);
        await Assert.ThrowsAsync<PromptException>(() => desk.AskMiniAsync("I was charged twice"));

        Assert.InRange(mayHaveCost.SpentUsd, 0.0327m, 0.0335m);
        Assert.Equal(new BudgetBalance(2 * mayHaveCost.SpentUsd, 0m), mayHaveCostTwice);
        Assert.Equal(mayHaveCostTwice, await BalanceAsync(store));
    }

    [Fact]
    public async Task Configuration_gives_each_tenant_its_own_money()
    {
        await using var server = await ModelServer.StartAsync(_ => ModelReply.Text(Good, 1_000, 500));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PromptGen:Budgets:tenants:MaxUsd"] = "0.034",
            ["PromptGen:Budgets:tenants:Period"] = "month",
            ["PromptGen:Budgets:tenants:PerScope"] = "true",
            ["PromptGen:Budgets:tenants:Prompts"] = "Desk.Ask*",
        });
        var store = new InMemoryBudgetStore(new ManualTimeProvider());
        builder.Services.AddSingleton<IBudgetStore>(store);
        builder.Services.AddPromptGen(prompts => prompts.AddOpenAI("test-key", server.OpenAIEndpoint).AddAnthropic("test-key", server.AnthropicEndpoint));
        builder.Services.AddPromptClients();
        using var host = builder.Build();
        var desk = host.Services.GetRequiredService<Desk>();

        using (PromptBudget.Scope("tenant-1"))
        {
            await desk.AskMiniAsync("I was charged twice");
            var error = await Assert.ThrowsAsync<PromptException>(() => desk.AskMiniAsync("I was charged twice"));
            Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
            Assert.Contains("the budget 'tenants' of $0.034000 per month and scope has $0.032000 left", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("tenant-1", error.ToString(), StringComparison.Ordinal);
            await desk.TriageAsync("I was charged twice");
        }

        using (PromptBudget.Scope("tenant-2"))
        {
            await desk.AskMiniAsync("I was charged twice");
        }

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(new BudgetBalance(0.002m, 0m), await BalanceAsync(store, "tenants/tenant-1"));
        Assert.Equal(new BudgetBalance(0.002m, 0m), await BalanceAsync(store, "tenants/tenant-2"));
    }

    private static async Task<BudgetBalance> BalanceAsync(IBudgetStore store, string key = "team") => await store.GetBalanceAsync(new BudgetLimit(key, 0m, BudgetPeriod.Month));
}
