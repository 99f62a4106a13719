using System.Text.Json;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Tests;

/// <summary>One run of the tool: what it wrote, and how it ended.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>The day of every run.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The built sample whose prompts are looked at.</summary>
    public static string SupportDesk => Path.Combine(AppContext.BaseDirectory, "SupportDesk.dll");

    /// <summary>What it wrote as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static Task<ToolRun> OfAsync(params string[] arguments) => OfAsync(arguments, TestContext.Current.CancellationToken);

    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <param name="columns">The width of the terminal.</param>
    /// <param name="variables">Variables of the environment.</param>
    /// <param name="showsProgress">Whether standard error is a terminal.</param>
    public static async Task<ToolRun> OfAsync(string[] arguments, CancellationToken cancellationToken, int columns = 200, Dictionary<string, string>? variables = null, bool showsProgress = false)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new ToolContext(output, error, name => name == "COLUMNS" ? $"{columns}" : variables?.GetValueOrDefault(name), new FixedTime(), showsProgress);
        var code = await Tool.RunAsync(arguments, context, cancellationToken);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
