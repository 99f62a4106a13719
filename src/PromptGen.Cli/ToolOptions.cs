using System.CommandLine;

namespace PromptGen.Cli;

/// <summary>What every command understands.</summary>
internal static class ToolOptions
{
    /// <summary>Whether the command writes JSON in place of text.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Write JSON to standard output.", Recursive = true };

    /// <summary>A built assembly whose prompts or catalog are looked at.</summary>
    public static Argument<FileInfo> Assembly() => new("assembly") { Description = "The built assembly (.dll) that declares the prompts, in its output folder." };

    /// <summary>A list of prices, which <see cref="Catalog.PriceList"/> reads.</summary>
    public static Option<FileInfo?> Prices() => new("--prices")
    {
        Description = "List prices: CSV with the columns vendor,id,input_usd_per_m,output_usd_per_m,cached_input_usd_per_m,from,to.",
        HelpName = "file",
    };

    /// <summary>Refuses values of an option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isValid">Whether it may have a value.</param>
    /// <param name="message">What its values are.</param>
    public static void Check<T>(Option<T> option, Func<T, bool> isValid, string message) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && !isValid(result.GetValueOrDefault<T>()!))
        {
            result.AddError(message);
        }
    });
}
