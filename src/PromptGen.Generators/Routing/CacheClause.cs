using System.Globalization;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary><c>[Cached]</c>.</summary>
/// <param name="Declaration">What is declared.</param>
internal sealed record CacheClause(CacheDeclaration Declaration) : RouteClause
{
    public override string Description =>
        $"accepted answers, for {Declaration.Seconds.ToString("0.############", CultureInfo.InvariantCulture)} s{(Declaration.PerScope ? ", by scope" : "")}";

    /// <summary>It changes neither what a model is asked nor how its answer is judged.</summary>
    public override void AddTo(TextHash version)
    {
    }
}
