using Acme.Patterns.Simulation;
using PromptGen;
using PromptGen.Testing;

namespace Acme.Patterns.Providers;

/// <summary>The way to the models: the real provider where there is a key, the simulation where there is none.</summary>
internal sealed class ModelAccess : IAsyncDisposable
{
    private const int RealConcurrency = 8;

    private readonly ModelServer? _simulation;

    private ModelAccess(ModelServer? simulation, IReadOnlyList<ProviderAccess> providers, ICallLedger? ledger)
    {
        _simulation = simulation;
        Prompts = PromptRuntime.Create(builder =>
        {
            foreach (var provider in providers)
            {
                provider.AddTo(builder, simulation);
            }

            if (IsSimulated(providers))
            {
                // A clock that does not move: no attempt times out on a slow machine, so that every run prints the same.
                builder.UseTimeProvider(new ManualTimeProvider());
            }

            if (ledger is not null)
            {
                builder.UseLedger(ledger);
            }
        });

        // One after the other in the simulation: which failures a circuit has seen before it opens would differ from run to run.
        Concurrency = IsSimulated(providers) ? 1 : RealConcurrency;
    }

    /// <summary>Serves the prompts.</summary>
    public PromptRuntime Prompts { get; }

    /// <summary>How many items of a pipeline run at once.</summary>
    public int Concurrency { get; }

    /// <summary>Opens the way to every provider of the catalog.</summary>
    public static async Task<ModelAccess> OpenAsync(IReadOnlyList<ProviderAccess> providers, ICallLedger? ledger = null) =>
        new(providers.Any(static provider => provider.IsSimulated) ? await SimulationServer.StartAsync() : null, providers, ledger);

    private static bool IsSimulated(IReadOnlyList<ProviderAccess> providers) => providers.All(static provider => provider.IsSimulated);

    /// <summary>Closes runtime and simulation.</summary>
    public async ValueTask DisposeAsync()
    {
        await Prompts.DisposeAsync();
        if (_simulation is not null)
        {
            await _simulation.DisposeAsync();
        }
    }
}
