using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0802 to PG0806: facts of the assembly's own catalogs that cannot be true together, or that lead nowhere.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CatalogAnalyzer : PromptAnalyzer
{
    /// <summary>No model costs less than this per million tokens, in USD, unless it costs nothing; most prices per token are below it.</summary>
    private const double LeastPrice = 0.001;

    /// <summary>What a price below <see cref="LeastPrice"/> can be per thousand tokens, and hardly per token.</summary>
    private const double LeastPerThousand = 0.00001;

    /// <summary>No language model that is offered today has a smaller window, in tokens; those of GPT-2 had 1,024.</summary>
    private const int LeastWindow = 512;

    /// <summary>How many successors are followed, so that a catalog of one long chain is judged in linear time.</summary>
    private const int MaxSuccessors = 64;

    private readonly Func<DateTime> _today;

    public CatalogAnalyzer()
        : this(static () => DateTime.UtcNow)
    {
    }

    /// <param name="today">The date by which retirement is judged.</param>
    internal CatalogAnalyzer(Func<DateTime> today)
        : base(Descriptors.ContradictoryModel, Descriptors.DoubtfulPrice, Descriptors.ModelDescribedTwice, Descriptors.UnreadableDate, Descriptors.LeadsNowhere) => _today = today;

    private protected override bool JudgesModels => true;

    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog) => [];

    private protected override IEnumerable<Finding> Judge(ModelDeclaration model, Catalog catalog) =>
        model.Problems.Concat(Limits(model)).Concat(Prices(model)).Concat(PriceOrder(model)).Concat(Twice(model, catalog)).Concat(Date(model)).Concat(Successor(model, catalog)).Concat(Provider(model, catalog));

    private static IEnumerable<Finding> Limits(ModelDeclaration model)
    {
        if (model.ContextWindow > 0 && model.MaxOutputTokens > model.ContextWindow)
        {
            yield return At(model, "MaxOutputTokens", "PG0802", $"MaxOutputTokens ({Wording.Number(model.MaxOutputTokens)}) is above ContextWindow ({Wording.Number(model.ContextWindow)}), which holds prompt and answer: correct one of the two");
        }
        else if (model.ContextWindow is > 0 and < LeastWindow)
        {
            yield return At(model, "ContextWindow", "PG0802", $"ContextWindow is in tokens, and {Wording.Number(model.ContextWindow)} is less than any model has: write {Wording.Number(model.ContextWindow)}000 if thousands were meant");
        }

        if (model.ContextWindow > 0 && model.LongContextFrom > model.ContextWindow)
        {
            yield return At(model, "LongContextFrom", "PG0802", $"LongContextFrom ({Wording.Number(model.LongContextFrom)}) is above ContextWindow ({Wording.Number(model.ContextWindow)}), so no request has the long-context prices: correct one of the two");
        }

        if (model.TokensPerMinute > 0 && model.RequestsPerMinute > model.TokensPerMinute)
        {
            yield return At(model, "RequestsPerMinute", "PG0802", $"RequestsPerMinute ({Wording.Number(model.RequestsPerMinute)}) is above TokensPerMinute ({Wording.Number(model.TokensPerMinute)}), although each request has tokens: swap the two");
        }

        if (model is { Tier: Tier.SelfHosted, SelfHosted: false })
        {
            yield return At(model, "SelfHosted", "PG0802", "SelfHosted is false for a model of Tier.SelfHosted: remove it, or choose another tier");
        }
    }

    private static IEnumerable<Finding> Prices(ModelDeclaration model)
    {
        foreach (var (name, price, basis, basisName) in new[]
        {
            ("InputPrice", model.InputPrice, double.NaN, ""),
            ("OutputPrice", model.OutputPrice, double.NaN, ""),
            ("CachedInputPrice", model.CachedInputPrice, double.NaN, ""),
            ("CacheWritePrice", model.CacheWritePrice, double.NaN, ""),
            ("LongContextInputPrice", model.LongContextInputPrice, model.InputPrice, "InputPrice"),
            ("LongContextOutputPrice", model.LongContextOutputPrice, model.OutputPrice, "OutputPrice"),
        })
        {
            if (price is > 0 and < LeastPrice)
            {
                yield return At(model, name, "PG0803", $"{name} is in USD per million tokens, and {Wording.Usd(price)} is less than any model costs: write {PerMillion(price)}");
            }
            else if (price < basis)
            {
                yield return At(model, name, "PG0803", $"{name} ({Wording.Usd(price)}) is below {basisName} ({Wording.Usd(basis)}), although a long request never costs less per token: correct one of the two");
            }
        }
    }

    /// <summary>Two prices in an order that no provider has.</summary>
    private static IEnumerable<Finding> PriceOrder(ModelDeclaration model)
    {
        if (model.CachedInputPrice > model.InputPrice)
        {
            yield return At(model, "CachedInputPrice", "PG0803", $"CachedInputPrice ({Wording.Usd(model.CachedInputPrice)}) is above InputPrice ({Wording.Usd(model.InputPrice)}), although cached input never costs more: correct one of the two");
        }

        foreach (var (name, price, above, aboveName, why) in new[]
        {
            ("InputPrice", model.InputPrice, model.OutputPrice, "OutputPrice", "output costs at least as much as input"),
            ("LongContextInputPrice", model.LongContextInputPrice, model.LongContextOutputPrice, "LongContextOutputPrice", "output costs at least as much as input"),
            ("CachedInputPrice", model.CachedInputPrice, model.CacheWritePrice, "CacheWritePrice", "writing to a cache costs at least as much as reading from it"),
        })
        {
            // A price of 0 is one that is not charged, as that of the output of a model that only reads.
            if (above > 0 && price > above)
            {
                yield return At(model, name, "PG0803", $"{name} ({Wording.Usd(price)}) is above {aboveName} ({Wording.Usd(above)}), although {why}: swap the two") with { Fix = aboveName };
            }
        }
    }

    private static string PerMillion(double price) => price < LeastPerThousand
        ? $"{Wording.Number(price * 1e6)} if it is the price of one token"
        : $"{Wording.Number(price * 1e3)} if it is the price of a thousand tokens, or {Wording.Number(price * 1e6)} if it is that of one";

    private static IEnumerable<Finding> Twice(ModelDeclaration model, Catalog catalog)
    {
        if (catalog.Find(model.Id) is { } first
            && (first.Catalog, first.Field) != (model.Catalog, model.Field)
            && catalog.IsOwn(first)
            && ModelFacts.Difference(first, model) is { Count: > 0 } different)
        {
            yield return Finding.At(
                new Place.Member(model.Catalog, model.Field),
                "PG0804",
                $"'{model.Id}' is described by '{first.Catalog}.{first.Field}' already, with another {Wording.And(different)}, and only one of the two counts: remove one, or make them equal");
        }
    }

    private static IEnumerable<Finding> Date(ModelDeclaration model)
    {
        if (model is { Retires: { } written, RetirementDay: null })
        {
            yield return At(model, "Retires", "PG0805", $"Retires cannot be read as a day, so the retirement is never reported: '{written}' is not a date in the form yyyy-MM-dd, for example 2026-03-31");
        }
    }

    private IEnumerable<Finding> Successor(ModelDeclaration model, Catalog catalog)
    {
        if (model.ReplacedBy is not { } id)
        {
            yield break;
        }

        var retires = model.RetirementDay;
        if (catalog.Find(id) is not { } successor)
        {
            // PG0701 puts the successor in the place of a model that has retired already, so that only one of the two is in the catalog.
            if (!(retires <= _today()))
            {
                var meant = catalog.Meant(id);
                yield return At(model, "ReplacedBy", "PG0806", $"The successor '{id}' is in no catalog: {(meant is null ? "add it, or name a model of the catalog" : $"did you mean '{meant}'?")}") with { Fix = meant };
            }
        }
        else if (LeadsBack(model, catalog))
        {
            yield return At(model, "ReplacedBy", "PG0806", id == model.Id
                ? $"'{id}' is its own successor: name another model, or remove ReplacedBy"
                : $"'{id}' leads back to '{model.Id}', so neither has a successor: name a model that stays");
        }
        else if (successor.RetirementDay is { } end && (end <= _today() || end <= retires))
        {
            var last = Last(successor, catalog);
            yield return At(model, "ReplacedBy", "PG0806", $"The successor '{id}' {(end <= _today() ? $"was retired on {successor.Retires}" : $"retires on {successor.Retires}, not after the model itself")}: {(last is null ? "name a model that stays" : $"name '{last}'")}") with { Fix = last };
        }
    }

    /// <summary>Whether the successors of a model lead back to it.</summary>
    private static bool LeadsBack(ModelDeclaration model, Catalog catalog)
    {
        var next = model.ReplacedBy;
        for (var i = 0; i < MaxSuccessors && next is not null && next != model.Id; i++)
        {
            next = catalog.Find(next)?.ReplacedBy;
        }

        return next == model.Id;
    }

    /// <summary>The end of the chain of a model's successors; null where there is none, or it is retired too.</summary>
    private string? Last(ModelDeclaration model, Catalog catalog)
    {
        var last = model;
        for (var i = 0; i < MaxSuccessors && last.ReplacedBy is { } next && catalog.Find(next) is { } successor; i++)
        {
            last = successor;
        }

        return last.Id == model.Id || last.RetirementDay <= _today() ? null : last.Id;
    }

    private static IEnumerable<Finding> Provider(ModelDeclaration model, Catalog catalog)
    {
        if (ProviderNames.IsKnown(model.Id) && !ProviderNames.IsKnown(model.Provider))
        {
            yield return At(model, "#0", "PG0806", $"'{model.Id}' is a provider and stands for the id of a model, whose provider is '{model.Provider}': swap the two");
        }
        else if (catalog.MeantProvider(model.Provider) is { } meant)
        {
            yield return At(model, "#0", "PG0806", $"No provider is known as '{model.Provider}': did you mean '{meant}'?") with { Fix = meant };
        }
    }

    private static Finding At(ModelDeclaration model, string argument, string id, string message) =>
        Finding.At(new Place.MemberAttribute(model.Catalog, model.Field, "Model", argument), id, message);
}
