using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Diagnostics;

/// <summary>What a catalog says of a model, fact by fact.</summary>
internal static class ModelFacts
{
    private static readonly (string Name, Func<ModelDeclaration, object?> Value)[] Facts =
    [
        ("provider", static model => model.Provider),
        ("tier", static model => model.Tier),
        ("InputPrice", static model => model.InputPrice),
        ("OutputPrice", static model => model.OutputPrice),
        ("CachedInputPrice", static model => model.CachedInputPrice),
        ("CacheWritePrice", static model => model.CacheWritePrice),
        ("LongContextFrom", static model => model.LongContextFrom),
        ("LongContextInputPrice", static model => model.LongContextInputPrice),
        ("LongContextOutputPrice", static model => model.LongContextOutputPrice),
        ("BatchPrice", static model => model.BatchPrice),
        ("ContextWindow", static model => model.ContextWindow),
        ("MaxOutputTokens", static model => model.MaxOutputTokens),
        ("RequestsPerMinute", static model => model.RequestsPerMinute),
        ("TokensPerMinute", static model => model.TokensPerMinute),
        ("TokenFactor", static model => model.TokenFactor),
        ("Features", static model => model.Features),
        ("AcceptsTemperature", static model => model.AcceptsTemperature),
        ("Dialect", static model => model.Dialect),
        ("SelfHosted", static model => model.SelfHosted),
        ("TimeoutSeconds", static model => model.TimeoutSeconds),
        ("Retires", static model => model.Retires),
        ("ReplacedBy", static model => model.ReplacedBy),
    ];

    /// <summary>The names of the facts in which two descriptions differ.</summary>
    public static IReadOnlyList<string> Difference(ModelDeclaration one, ModelDeclaration other) =>
        [.. Facts.Where(fact => !Equals(fact.Value(one), fact.Value(other))).Select(static fact => fact.Name)];
}
