using System.Globalization;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary><c>[RouteLearned]</c>.</summary>
/// <param name="Declaration">What is declared.</param>
/// <param name="Texts">The parameters whose text it reads, in order.</param>
/// <param name="Sure">The step that is good enough from the least score on.</param>
/// <param name="Unsure">The step for the other calls.</param>
internal sealed record LearnedClause(LearnedDeclaration Declaration, EquatableArray<string> Texts, string Sure, string Unsure) : RouteClause
{
    /// <summary>The least score for the first step.</summary>
    public double AtLeast => double.IsNaN(Declaration.AtLeast) ? Declaration.Content?.Facts.Threshold ?? 0 : Declaration.AtLeast;

    /// <summary>The decision for the first step as results and telemetry say it.</summary>
    public string SureReason => $"{Declaration.FileName} ≥ {Number}";

    /// <summary>The decision for the second step as results and telemetry say it.</summary>
    public string UnsureReason => $"{Declaration.FileName} < {Number}";

    /// <summary>That there was no embedding to decide by, as results and telemetry say it.</summary>
    public string NoEmbeddingReason => $"{Declaration.FileName} without an embedding";

    /// <summary>The model whose embeddings the router reads; null = it reads words.</summary>
    public string? Embedding => Declaration.Content?.Facts.Embedding;

    public override string Description =>
        $"{Sure} where {SureReason}{(Embedding is { } model ? $" by embeddings of {model}" : "")}{(Declaration.Content is { Facts: var facts } ? $" ({facts.Labels.ToString(CultureInfo.InvariantCulture)} labels of {facts.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})" : "")}; otherwise {Unsure}";

    private string Number => AtLeast.ToString("0.####", CultureInfo.InvariantCulture);

    // What the file holds is left out: it changes which step is asked first, and not what is asked. Labels that were collected with one router stay good for the next one.
    public override void AddTo(TextHash version) => version
        .Add('\u0009').Add(Declaration.File).Add('\u0001').Add(Literal.Double(Declaration.AtLeast)).Add('\u0001').Add(Declaration.In)
        .Add('\u0001').Add(Sure).Add('\u0001').Add(Unsure);
}
