using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace PromptGen.Telemetry;

/// <summary>The circuits of all runtimes, read when measurements are collected. Keeps no runtime alive.</summary>
internal static class Circuits
{
    public const string Closed = "closed";
    public const string HalfOpen = "half_open";
    public const string Open = "open";

    private static readonly ConditionalWeakTable<PromptTelemetry, Func<IEnumerable<(string ModelId, string State)>>> Watched = [];

    public static void Watch(PromptTelemetry runtime, Func<IEnumerable<(string ModelId, string State)>> circuits) => Watched.Add(runtime, circuits);

    public static void Forget(PromptTelemetry runtime) => Watched.Remove(runtime);

    /// <summary>One value per model: the worst, where several runtimes ask it.</summary>
    public static IEnumerable<Measurement<int>> Observe()
    {
        var worst = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (_, circuits) in Watched)
        {
            foreach (var (modelId, state) in circuits())
            {
                worst[modelId] = Math.Max(worst.GetValueOrDefault(modelId), Value(state));
            }
        }

        return worst.Select(static model => new Measurement<int>(model.Value, new KeyValuePair<string, object?>("gen_ai.request.model", model.Key)));
    }

    private static int Value(string state) => state switch
    {
        Open => 2,
        HalfOpen => 1,
        _ => 0,
    };
}
