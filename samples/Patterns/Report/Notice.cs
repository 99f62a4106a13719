using Acme.Patterns.Providers;
using Spectre.Console;

namespace Acme.Patterns.Report;

/// <summary>Which providers are simulated and which are real.</summary>
internal static class Notice
{
    /// <summary>Writes the notice.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ProviderAccess> providers)
    {
        var simulated = Names(providers.Where(static provider => provider.IsSimulated));
        var real = Names(providers.Where(static provider => !provider.IsSimulated));
        console.WriteLine();
        if (simulated.Length > 0)
        {
            console.WriteLine(
                $"SIMULATED: {simulated}. A server inside this program answers over HTTP in place of these providers, by simple rules on the question's text. "
                + "Routes, requests and failures are real; answers, tokens and costs say NOTHING about the real models.");
        }

        if (real.Length > 0)
        {
            console.WriteLine($"REAL: {real}. Requests to these providers leave this machine and may cost money.");
        }

        console.WriteLine();
    }

    private static string Names(IEnumerable<ProviderAccess> providers) => string.Join(", ", providers.Select(static provider => provider.Name));
}
