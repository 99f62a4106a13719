namespace PromptGen;

/// <summary>Assigns calls to a tenant, user or job.</summary>
public static class PromptBudget
{
    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>Who pays for the calls that start here: each scope has its own money in every budget declared <c>perScope</c>. Null = no scope.</summary>
    internal static string? CurrentScope => Ambient.Value;

    /// <summary>
    /// Makes the calls that start until the result is disposed count for a tenant, user or job of that name, in budgets declared
    /// <c>perScope</c>: <c>using (PromptBudget.Scope("tenant-42")) …</c>. Follows the asynchronous flow; an inner scope replaces an outer
    /// one. Calls outside any scope share one more account.
    /// </summary>
    /// <param name="name">The name. It is part of the store's keys, but of no message and no telemetry.</param>
    /// <returns>Ends the scope when it is disposed.</returns>
    public static IDisposable Scope(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var outer = new Outer(Ambient.Value);
        Ambient.Value = name;
        return outer;
    }

    private sealed class Outer(string? name) : IDisposable
    {
        private bool _disposed;

        public void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                Ambient.Value = name;
            }
        }
    }
}
