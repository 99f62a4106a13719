using System.Reflection;
using PromptGen.Cli.Assemblies;

namespace PromptGen.Cli.Catalog;

/// <summary>One model of a catalog, as declared.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="Provider">Who serves it.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="InputPrice">USD per million input tokens; null = unknown.</param>
/// <param name="OutputPrice">USD per million output tokens; null = unknown.</param>
/// <param name="CachedInputPrice">USD per million cached input tokens; null = unknown.</param>
/// <param name="ContextWindow">Tokens of prompt and answer; null = unknown.</param>
/// <param name="MaxOutputTokens">Tokens of one answer; null = unknown.</param>
/// <param name="Retires">The day on which its provider retires it; null = none is declared.</param>
/// <param name="ReplacedBy">What it is replaced by then.</param>
/// <param name="Field">The constant that declares it.</param>
internal sealed record CatalogEntry(
    string Id,
    string Provider,
    Tier Tier,
    double? InputPrice,
    double? OutputPrice,
    double? CachedInputPrice,
    int? ContextWindow,
    int? MaxOutputTokens,
    string? Retires,
    string? ReplacedBy,
    string Field)
{
    /// <summary>The models of an assembly's catalogs, its own and those that it uses of others, in the order of their declaration.</summary>
    /// <exception cref="ToolException">It has none.</exception>
    public static IReadOnlyList<CatalogEntry> ReadAll(PromptAssembly assembly)
    {
        var catalogs = assembly.Types.Where(static type => type.IsDefined(typeof(ModelCatalogAttribute), inherit: false)).Concat(assembly.UsedCatalogs).Distinct();
        List<CatalogEntry> models =
        [
            .. catalogs.SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(static field => field.IsLiteral && field.IsDefined(typeof(ModelAttribute), inherit: false))
                .Select(Of),
        ];
        return models.Count > 0 ? models : throw new ToolException($"{assembly.Name} has no class with [ModelCatalog] and no [assembly: UseCatalog].");
    }

    private static CatalogEntry Of(FieldInfo field)
    {
        var model = field.GetCustomAttribute<ModelAttribute>()!;
        return new CatalogEntry(
            (string)field.GetRawConstantValue()!,
            model.Provider,
            model.Tier,
            Known(model.InputPrice),
            Known(model.OutputPrice),
            Known(model.CachedInputPrice),
            Known(model.ContextWindow),
            Known(model.MaxOutputTokens),
            model.Retires,
            model.ReplacedBy,
            $"{field.DeclaringType!.Name}.{field.Name}");
    }

    private static double? Known(double price) => double.IsNaN(price) ? null : price;

    private static int? Known(int tokens) => tokens == 0 ? null : tokens;
}
