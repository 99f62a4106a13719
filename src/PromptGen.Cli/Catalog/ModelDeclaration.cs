using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PromptGen.Cli.Catalog;

/// <summary>The attribute and the constant of a model for a catalog.</summary>
internal sealed partial class ModelDeclaration(string id, string provider, Tier tier, ListPrice price)
{
    public string Id => id;

    public string Provider => provider;

    public Tier Tier => tier;

    /// <summary>The two lines of source.</summary>
    public string Source { get; } = $"""
        [Model("{provider}", Tier.{tier}{Price("InputPrice", price.Input)}{Price("OutputPrice", price.Output)}{Price("CachedInputPrice", price.CachedInput)})]
        public const string {Name(id)} = "{id}";
        """;

    /// <summary>Writes the model to the beginning of the first catalog class of a source file.</summary>
    /// <exception cref="ToolException">The file cannot be changed, has no catalog, or has the model.</exception>
    public void AddTo(FileInfo file)
    {
        try
        {
            var source = File.ReadAllText(file.FullName);
            if (source.Contains($"\"{id}\"", StringComparison.Ordinal))
            {
                throw new ToolException($"{file.FullName} has {id} already.");
            }

            var catalog = Catalog().Match(source);
            if (!catalog.Success)
            {
                throw new ToolException($"{file.FullName} has no class with [ModelCatalog].");
            }

            var newLine = source.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            var indent = catalog.Groups["indent"].Value + "    ";
            var added = string.Concat(Source.Split('\n').Select(line => newLine + indent + line.TrimEnd('\r')));
            File.WriteAllText(file.FullName, source.Insert(catalog.Index + catalog.Length, added));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{file.FullName} cannot be changed: {exception.Message}", inner: exception);
        }
    }

    private static string Price(string name, double? price) =>
        price is { } usd ? $", {name} = {usd.ToString("0.0###", CultureInfo.InvariantCulture)}" : "";

    /// <summary>A name of C# for an id: <c>gpt-5.6-luna</c> is <c>Gpt56Luna</c>.</summary>
    private static string Name(string id)
    {
        var name = new StringBuilder();
        var starts = true;
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                starts = true;
                continue;
            }

            name.Append(starts ? char.ToUpperInvariant(c) : c);
            starts = false;
        }

        return name.Length > 0 && char.IsAsciiDigit(name[0]) ? "Model" + name : name.ToString();
    }

    [GeneratedRegex(@"(?<indent>^[ \t]*)\[ModelCatalog(Attribute)?\][^{]*\{", RegexOptions.Multiline)]
    private static partial Regex Catalog();
}
