namespace PromptGen.Tests.Telemetry;

/// <summary>Whether there is a listener is known per process: tests that listen, or that require that there is no listener, run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class TelemetryCollection
{
    public const string Name = "Telemetry";
}
