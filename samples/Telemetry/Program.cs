using Acme.Telemetry;

await TelemetryApp.RunAsync(Console.Out, Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } endpoint ? new Uri(endpoint) : null);
