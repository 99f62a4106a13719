using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads one <c>[Model]</c>. A number out of range is a finding and counts as not set: what is not known must not be counted as money.</summary>
internal sealed class ModelReader
{
    private readonly AttributeData _attribute;
    private readonly string _catalog;
    private readonly string _field;
    private readonly List<Finding> _problems = [];

    private ModelReader(AttributeData attribute, string catalog, string field) => (_attribute, _catalog, _field) = (attribute, catalog, field);

    /// <returns>The model, or null where provider or tier are missing.</returns>
    public static ModelDeclaration? Read(AttributeData attribute, string id, string catalog, string field) =>
        attribute.Text(0) is { } provider && attribute.Enum(1) is { } tier && tier is >= 0 and <= (int)Tier.SelfHosted
            ? new ModelReader(attribute, catalog, field).Read(id, provider, (Tier)tier)
            : null;

    private ModelDeclaration Read(string id, string provider, Tier tier)
    {
        var features = (ModelFeatures)_attribute.Int("Features", (int)(ModelFeatures.StructuredOutput | ModelFeatures.Tools));
        var model = new ModelDeclaration(
            id,
            _catalog,
            _field,
            provider,
            tier,
            Price("InputPrice"),
            Price("OutputPrice"),
            Price("CachedInputPrice"),
            Count("ContextWindow"),
            Count("MaxOutputTokens"),
            features,
            _attribute.Bool("SelfHosted", tier == Tier.SelfHosted),
            Number("TimeoutSeconds", 0, static seconds => seconds is >= 0 and <= ModelDefaults.MaxTimeoutSeconds, "a number of seconds from 0 to 86400"),
            _attribute.Text("Retires"),
            _attribute.Text("ReplacedBy"),
            _attribute.Int("Dialect", -1) is >= 0 and < ModelDefaults.DialectCount and var dialect ? (SchemaDialect)dialect : ModelDefaults.DialectOf(provider))
        {
            TokenFactor = Number("TokenFactor", 1, static factor => factor is > 0 and <= ModelDefaults.MaxTokenFactor, "a number above 0 and at most 10"),
            AcceptsTemperature = _attribute.Bool("AcceptsTemperature", (features & ModelFeatures.Reasoning) == 0),
            CacheWritePrice = Price("CacheWritePrice"),
            LongContextFrom = Count("LongContextFrom"),
            LongContextInputPrice = Price("LongContextInputPrice"),
            LongContextOutputPrice = Price("LongContextOutputPrice"),
            BatchPrice = Number("BatchPrice", double.NaN, static share => share is >= 0 and <= 1, "a number from 0 to 1, the share of the prices"),
            RequestsPerMinute = Count("RequestsPerMinute"),
            TokensPerMinute = Count("TokensPerMinute"),
        };

        CheckLongContext(model);
        return model with { Problems = _problems.ToEquatableArray() };
    }

    private double Price(string name)
    {
        if (_attribute.Number(name, double.NaN) is < 0 and > double.NegativeInfinity and var price)
        {
            _problems.Add(Finding.At(PlaceOf(name), "PG0803", $"{name} of a model cannot be {Wording.Any(price)}: set it to 0 or more USD per million tokens, or leave it out if it is not known"));
            return double.NaN;
        }

        return Number(name, double.NaN, static price => price is >= 0 and <= ModelDefaults.MaxPrice, "a number from 0 to 1000000, in USD per million tokens");
    }

    private int Count(string name)
    {
        var count = _attribute.Int(name, 0);
        if (count >= 0)
        {
            return count;
        }

        Report(name, Wording.Number(count), "0 or more");
        return 0;
    }

    private double Number(string name, double missing, Func<double, bool> isInRange, string meant)
    {
        var number = _attribute.Number(name, missing);
        if (isInRange(number) || number.Equals(missing))
        {
            return number;
        }

        Report(name, Wording.Any(number), meant);
        return missing;
    }

    /// <summary>A threshold has no effect without a price above it, and neither has the price without a threshold.</summary>
    private void CheckLongContext(ModelDeclaration model)
    {
        var hasPrice = _attribute.Has("LongContextInputPrice") || _attribute.Has("LongContextOutputPrice");
        if (model.LongContextFrom > 0 && !hasPrice)
        {
            var tokens = Wording.Number(model.LongContextFrom);
            Report("LongContextFrom", tokens + " without a long-context price", tokens + " together with LongContextInputPrice or LongContextOutputPrice");
        }
        else if (!_attribute.Has("LongContextFrom"))
        {
            Check("LongContextInputPrice", model.LongContextInputPrice);
            Check("LongContextOutputPrice", model.LongContextOutputPrice);
        }

        void Check(string name, double price)
        {
            if (!double.IsNaN(price))
            {
                Report(name, Wording.Number(price) + " without LongContextFrom", Wording.Number(price) + " together with LongContextFrom");
            }
        }
    }

    private void Report(string name, string number, string meant) =>
        _problems.Add(Finding.At(PlaceOf(name), "PG0505", $"{name} cannot be {number}", meant));

    private Place.MemberAttribute PlaceOf(string name) => new(_catalog, _field, "Model", name);
}
