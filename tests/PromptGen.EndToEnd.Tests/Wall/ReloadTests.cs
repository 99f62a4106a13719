using Microsoft.Extensions.Configuration;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Row 71: configuration that changes while calls are under way.</summary>
public sealed class ReloadTests : WallTests
{
    [Theory]
    [ViaBoth]
    public async Task Row71_A_call_under_way_keeps_the_route_it_started_with(Via via)
    {
        var settings = new Settings();
        Configure = builder => builder.UseConfiguration(settings.Root);
        Enqueue(via, ModelReply.Error(500));
        Server.Enqueue("another", Reply(Good));

        var first = Start(via);
        await Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)).WaitAsync(Hanging);
        settings.Change($"Models:{Primary(via)}:Id", "another");
        Enqueue(via, Reply(Good));

        Assert.Equal([$"{Primary(via)} Initial ServerError", $"{Primary(via)} Retry None"], (await SitOutAsync(first)).Ledger);
        Assert.Equal(["another Initial None"], (await AskAsync(via)).Ledger);
    }

    [Fact]
    public async Task Row71_Calls_during_many_reloads_each_see_one_configuration()
    {
        var settings = new Settings();
        Configure = builder => builder.UseConfiguration(settings.Root);
        Otherwise = static _ => Reply(Good);
        for (var i = 0; i < 50; i++)
        {
            var calls = Enumerable.Range(0, 4).Select(_ => Start(Via.OpenAI)).ToList();
            settings.Change($"Models:{Models.Mini}:InputPrice", i % 2 == 0 ? "3" : "1");
            foreach (var call in await Task.WhenAll(calls))
            {
                Assert.Contains(call.Result!.Cost.Usd, new[] { 0.002m, 0.004m });
            }
        }
    }

    /// <summary>Settings that change and say so.</summary>
    private sealed class Settings : IConfigurationSource
    {
        private readonly Provider _provider = new();

        public Settings() => Root = new ConfigurationBuilder().Add(this).Build();

        public IConfiguration Root { get; }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => _provider;

        public void Change(string key, string value) => _provider.Change(key, value);

        private sealed class Provider : ConfigurationProvider
        {
            public void Change(string key, string value)
            {
                Set(key, value);
                OnReload();
            }
        }
    }
}
