using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes a catalog's models as objects that routes refer to.</summary>
internal static class CatalogEmitter
{
    public static string HintName(CatalogDeclaration catalog) => catalog.Name.Replace("@", "") + catalog.Suffix + ".Catalog.g.cs";

    /// <summary>Writes how a route refers to a model: <c>global::PromptGen.Generated.Acme.ModelsCatalog.Mini</c>.</summary>
    public static void WriteReference(SourceWriter writer, ModelDeclaration model) =>
        writer.Append($"global::{Space(model.Catalog)}.{ClassName(model.Catalog, model.Suffix)}.{FieldName(model)}");

    public static string Emit(CatalogDeclaration catalog)
    {
        var writer = GeneratedFile.Begin()
            .Line("// The models of " + catalog.Name + ", as routes use them. Configuration may change them at start-up.")
            .Open("namespace " + Space(catalog.Name))
            .Line(GeneratedFile.GeneratedCode)
            .Line(GeneratedFile.Hidden)
            .Open("internal static class " + ClassName(catalog.Name, catalog.Suffix));
        var first = true;
        foreach (var model in catalog.Models)
        {
            if (!first)
            {
                writer.Line();
            }

            first = false;
            EmitModel(writer, model);
        }

        return writer.Close().Close().Finish();
    }

    private static void EmitModel(SourceWriter writer, ModelDeclaration model)
    {
        writer.Line($"public static readonly global::PromptGen.Catalog.ModelInfo {FieldName(model)} = new({Literal.String(model.Id)}, {Literal.String(model.Provider)}, global::PromptGen.Tier.{model.Tier})");
        writer.Line("{").Indent();
        Price(writer, "InputPrice", model.InputPrice);
        Price(writer, "OutputPrice", model.OutputPrice);
        Price(writer, "CachedInputPrice", model.CachedInputPrice);
        Price(writer, "CacheWritePrice", model.CacheWritePrice);
        Limit(writer, "LongContextFrom", model.LongContextFrom);
        Price(writer, "LongContextInputPrice", model.LongContextInputPrice);
        Price(writer, "LongContextOutputPrice", model.LongContextOutputPrice);
        Price(writer, "BatchPrice", model.BatchPrice);
        Limit(writer, "ContextWindow", model.ContextWindow);
        Limit(writer, "MaxOutputTokens", model.MaxOutputTokens);
        Limit(writer, "RequestsPerMinute", model.RequestsPerMinute);
        Limit(writer, "TokensPerMinute", model.TokensPerMinute);
        if (model.TokenFactor != 1)
        {
            writer.Line($"TokenFactor = {Literal.Double(model.TokenFactor)},");
        }

        writer.Line($"Features = (global::PromptGen.ModelFeatures){(model.Features < 0 ? $"({Literal.Int((int)model.Features)})" : Literal.Int((int)model.Features))}, // {model.Features}");
        if (!model.AcceptsTemperature)
        {
            writer.Line("AcceptsTemperature = false,");
        }

        if (model.Dialect != ModelDefaults.DialectOf(model.Provider))
        {
            writer.Line($"Dialect = global::PromptGen.SchemaDialect.{model.Dialect},");
        }

        if (model.SelfHosted != (model.Tier == Tier.SelfHosted))
        {
            writer.Line($"SelfHosted = {Literal.Bool(model.SelfHosted)},");
        }

        if (model.TimeoutSeconds > 0)
        {
            writer.Line($"Timeout = global::System.TimeSpan.FromSeconds({Literal.Double(model.TimeoutSeconds)}),");
        }

        writer.Unindent().Line("};");
    }

    private static void Price(SourceWriter writer, string name, double price)
    {
        if (!double.IsNaN(price))
        {
            writer.Line($"{name} = {Literal.Decimal(price)},");
        }
    }

    private static void Limit(SourceWriter writer, string name, int limit)
    {
        if (limit > 0)
        {
            writer.Line($"{name} = {Literal.Int(limit)},");
        }
    }

    private static string Space(string catalog)
    {
        var dot = catalog.LastIndexOf('.');
        return GeneratedSpace.Of(dot < 0 ? "" : catalog.Substring(0, dot));
    }

    private static string ClassName(string catalog, string suffix) => catalog.Substring(catalog.LastIndexOf('.') + 1).TrimStart('@') + suffix + "Catalog";

    private static string FieldName(ModelDeclaration model) => MemberOf(ClassName(model.Catalog, model.Suffix), model.Field);

    /// <summary>The name of a class's member, which may not be that of the class.</summary>
    public static string MemberOf(string type, string name) => name.TrimEnd('_') == type ? name + "_" : CSharpName.Escape(name);
}
