using Acme.Support.Simulation;
using PromptGen;
using PromptGen.Testing;
using Spectre.Console;

namespace Acme.Support.Providers;

/// <summary>The way to the models: the real provider where there is a key, the simulation where there is none.</summary>
internal sealed class ModelAccess : IAsyncDisposable
{
    private readonly ModelServer? _simulation;
    private readonly IReadOnlyList<ProviderAccess> _providers;

    private ModelAccess(ModelServer? simulation, IReadOnlyList<ProviderAccess> providers, ICallLedger? ledger)
    {
        _simulation = simulation;
        _providers = providers;
        Prompts = PromptRuntime.Create(builder =>
        {
            foreach (var provider in providers)
            {
                provider.AddTo(builder, simulation);
            }

            if (ledger is not null)
            {
                builder.UseLedger(ledger);
            }
        });
    }

    /// <summary>Serves the prompts.</summary>
    public PromptRuntime Prompts { get; }

    /// <summary>Whether no real provider is asked, so that requests cost nothing.</summary>
    public bool IsSimulatedThroughout => _providers.All(provider => provider.IsSimulated);

    /// <summary>Opens the way to every provider of the catalog.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="ledger">Keeps what the calls do; null = nothing does.</param>
    public static async Task<ModelAccess> OpenAsync(Func<string, string?> environment, ICallLedger? ledger = null)
    {
        var providers = ProviderAccess.All(environment);
        var simulation = providers.Any(provider => provider.IsSimulated) ? await SimulationServer.StartAsync() : null;

        return new ModelAccess(simulation, providers, ledger);
    }

    /// <summary>Writes which providers are simulated and which are real.</summary>
    public void WriteNotice(IAnsiConsole console)
    {
        var simulated = Names(provider => provider.IsSimulated);
        var real = Names(provider => !provider.IsSimulated);
        console.WriteLine();
        if (simulated.Length > 0)
        {
            console.WriteLine(
                $"SIMULATED: {simulated}. A server inside this program answers over HTTP in place of these providers, by simple rules on the ticket's text. "
                + "Routes, requests and failures are real; answers, tokens and costs say NOTHING about the real models.");
        }

        if (real.Length > 0)
        {
            console.WriteLine($"REAL: {real}. Requests to these providers leave this machine and may cost money.");
        }

        console.WriteLine();
    }

    /// <summary>Closes runtime and simulation.</summary>
    public async ValueTask DisposeAsync()
    {
        await Prompts.DisposeAsync();
        if (_simulation is not null)
        {
            await _simulation.DisposeAsync();
        }
    }

    private string Names(Func<ProviderAccess, bool> which) => string.Join(", ", _providers.Where(which).Select(provider => provider.Name));
}
