using System.Globalization;
using Spectre.Console;

namespace Acme.Support.Report;

/// <summary>The console that reports are written to: as wide as the terminal, in colours if it has them.</summary>
internal static class Screen
{
    // The width without a terminal, for a pipe or a file.
    private const int PipedWidth = 120;

    /// <summary>Opens the console. <c>NO_COLOR</c> turns colours off, <c>COLUMNS</c> overrides the width.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static IAnsiConsole Open(TextWriter output, Func<string, string?> environment)
    {
        var target = new AnsiConsoleOutput(output);
        var hasColors = target.IsTerminal && string.IsNullOrEmpty(environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = hasColors ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Capabilities.Unicode = true;
        if (int.TryParse(environment("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0)
        {
            console.Profile.Width = columns;
        }
        else if (!target.IsTerminal)
        {
            console.Profile.Width = PipedWidth;
        }

        return console;
    }
}
