using Acme.Patterns.Simulation;
using PromptGen;
using PromptGen.Testing;

namespace Acme.Patterns.Providers;

/// <summary>The way to the models: the real provider where there is a key, the simulation where there is none.</summary>
internal sealed class ModelAccess : IAsyncDisposable
{
    private readonly ModelServer? _simulation;

    private ModelAccess(ModelServer? simulation, IReadOnlyList<ProviderAccess> providers)
    {
        _simulation = simulation;
        Prompts = PromptRuntime.Create(builder =>
        {
            foreach (var provider in providers)
            {
                provider.AddTo(builder, simulation);
            }

            if (providers.All(static provider => provider.IsSimulated))
            {
                // A clock that does not move: no attempt times out on a slow machine, so that every run prints the same.
                builder.UseTimeProvider(new ManualTimeProvider());
            }
        });
    }

    /// <summary>Serves the prompts.</summary>
    public PromptRuntime Prompts { get; }

    /// <summary>Opens the way to every provider of the catalog.</summary>
    public static async Task<ModelAccess> OpenAsync(IReadOnlyList<ProviderAccess> providers) =>
        new(providers.Any(static provider => provider.IsSimulated) ? await SimulationServer.StartAsync() : null, providers);

    /// <summary>Closes runtime and simulation.</summary>
    public async ValueTask DisposeAsync()
    {
        Prompts.Dispose();
        if (_simulation is not null)
        {
            await _simulation.DisposeAsync();
        }
    }
}
