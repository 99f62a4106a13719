using Microsoft.Extensions.Logging;

namespace PromptGen.Tests.Telemetry;

/// <summary>A log that keeps its lines: level and text.</summary>
/// <param name="about">What a line has to contain to be kept.</param>
internal sealed class TestLog(string about = "") : ILoggerFactory, ILogger
{
    public List<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Keep($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
    }

    private void Keep(string line)
    {
        if (line.Contains(about, StringComparison.Ordinal))
        {
            Lines.Add(line);
        }
    }
}
