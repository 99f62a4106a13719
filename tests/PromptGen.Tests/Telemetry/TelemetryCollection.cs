namespace PromptGen.Tests.Telemetry;

/// <summary>Whether anybody listens is known per process: tests that listen, or need that nobody does, run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class TelemetryCollection
{
    public const string Name = "Telemetry";
}
