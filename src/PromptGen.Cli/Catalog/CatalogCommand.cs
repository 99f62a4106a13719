using System.CommandLine;
using System.Globalization;
using PromptGen.Cli.Assemblies;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Catalog;

/// <summary><c>promptgen catalog</c>: the models of a program, checked against prices and dates, and the attribute of a new one.</summary>
internal static class CatalogCommand
{
    public static Command Create(ToolContext context) => new("catalog", "The model catalog: list it, check it, add a model.")
    {
        List(context),
        Check(context),
        Add(context),
    };

    private static Command List(ToolContext context)
    {
        var assembly = ToolOptions.Assembly();
        var command = new Command("list", "List the models of a built assembly.") { assembly };
        command.SetAction(line =>
        {
            var models = CatalogEntry.ReadAll(PromptAssembly.Load(line.GetRequiredValue(assembly)));
            if (line.GetValue(ToolOptions.Json))
            {
                context.WriteJson(models);
                return;
            }

            var table = Tables.Create("Model", "Provider", "Tier", ">Input", ">Output", ">Cached", ">Window", ">Answer", "Retires", "Constant");
            foreach (var model in models)
            {
                table.Row(
                    model.Id, model.Provider, model.Tier.ToString(), Figures.Number(model.InputPrice), Figures.Number(model.OutputPrice), Figures.Number(model.CachedInputPrice),
                    Figures.Number(model.ContextWindow), Figures.Number(model.MaxOutputTokens), model.Retires ?? "", model.Field);
            }

            context.Console.Write(table);
            context.Output.WriteLine("Prices are USD per million tokens.");
        });
        return command;
    }

    private static Command Check(ToolContext context)
    {
        var assembly = ToolOptions.Assembly();
        var prices = ToolOptions.Prices();
        var lifecycle = new Option<FileInfo?>("--lifecycle") { Description = "Announced retirements: CSV with the columns id,date,successor.", HelpName = "file" };
        var within = new Option<int>("--within") { Description = "Report retirements this many days ahead.", DefaultValueFactory = static _ => 60, HelpName = "days" };
        var command = new Command("check", "Check the catalog of a built assembly against dates and list prices. Exit code 100 where something is wrong.") { assembly, prices, lifecycle, within };
        command.SetAction(line =>
        {
            var check = new CatalogCheck(
                context.Today,
                line.GetValue(within),
                line.GetValue(prices) is { } list ? PriceList.Read(list) : null,
                line.GetValue(lifecycle) is { } file ? CatalogCheck.ReadRetirements(file) : []);
            var problems = check.Check(CatalogEntry.ReadAll(PromptAssembly.Load(line.GetRequiredValue(assembly))));
            if (line.GetValue(ToolOptions.Json))
            {
                context.WriteJson(problems);
            }
            else
            {
                foreach (var problem in problems)
                {
                    context.Output.WriteLine($"{problem.Field}: {problem.Id} {problem.Text}");
                }

                context.Output.WriteLine(problems.Count == 0 ? "Nothing to report." : string.Create(CultureInfo.InvariantCulture, $"{problems.Count} to look at."));
            }

            return problems.Count == 0 ? ExitCodes.Ok : ExitCodes.Missed;
        });
        return command;
    }

    private static Command Add(ToolContext context)
    {
        var id = new Argument<string>("model") { Description = "The id of the model, as its provider knows it." };
        var tier = new Option<Tier>("--tier") { Description = "The tier of the model.", Required = true };
        var provider = new Option<string?>("--provider") { Description = "The name given to AddProvider. Default: the vendor in the list of prices.", HelpName = "name" };
        var prices = ToolOptions.Prices();
        var to = new Option<FileInfo?>("--to") { Description = "The source file with the [ModelCatalog] class that gets the model. Default: the attribute is only written to standard output.", HelpName = "file" };
        var command = new Command("add", "Write the attribute of a model whose price is in a list.") { id, tier, provider, prices, to };
        prices.Required = true;
        command.SetAction(line =>
        {
            var model = line.GetRequiredValue(id);
            var price = PriceList.Read(line.GetRequiredValue(prices)!).Find(model, context.Today)
                ?? throw new ToolException($"The list has no price of {model} for today.");
            var declaration = new ModelDeclaration(model, line.GetValue(provider) ?? price.Vendor, line.GetValue(tier), price);
            if (line.GetValue(to) is { } file)
            {
                declaration.AddTo(file);
            }

            if (line.GetValue(ToolOptions.Json))
            {
                context.WriteJson(declaration);
            }
            else
            {
                context.Output.WriteLine(declaration.Source);
            }
        });
        return command;
    }
}
