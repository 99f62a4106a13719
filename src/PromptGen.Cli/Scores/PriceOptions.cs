using System.CommandLine;
using PromptGen.Cli.Assemblies;
using PromptGen.Cli.Catalog;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Scores;

/// <summary>The options that say what tokens cost, for recorded answers without a cost of their own.</summary>
internal sealed class PriceOptions
{
    private readonly Option<FileInfo?> _prices = ToolOptions.Prices();
    private readonly Option<DateOnly?> _on = new("--prices-on") { Description = "The day whose list prices count, such as 2024-08-15. Default: today.", HelpName = "date" };
    private readonly Option<FileInfo?> _catalog = new("--catalog") { Description = "A built assembly with a model catalog; its prices come before those of the list.", HelpName = "assembly" };

    public void AddTo(Command command)
    {
        command.Options.Add(_prices);
        command.Options.Add(_on);
        command.Options.Add(_catalog);
    }

    /// <summary>The prices of models; null for those without one.</summary>
    /// <exception cref="ToolException">A file cannot be read.</exception>
    public Func<string, TokenPrice?> Of(ParseResult line, ToolContext context)
    {
        var list = line.GetValue(_prices) is { } file ? PriceList.Read(file) : null;
        var day = line.GetValue(_on) ?? context.Today;
        var models = line.GetValue(_catalog) is { } assembly ? CatalogEntry.ReadAll(PromptAssembly.Load(assembly)) : [];
        return model => models.FirstOrDefault(entry => entry.Id == model) is { InputPrice: { } input, OutputPrice: { } output } ? new((decimal)input, (decimal)output)
            : list?.Find(model, day) is { Input: { } listed, Output: { } listedOutput } ? new((decimal)listed, (decimal)listedOutput)
            : null;
    }
}
