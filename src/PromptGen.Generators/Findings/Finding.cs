using Microsoft.CodeAnalysis;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Findings;

/// <summary>One thing that is wrong or doubtful about a declaration.</summary>
/// <param name="Id">The diagnostic's id, for example <c>PG0202</c>.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Arguments">What goes into the descriptor's message, in order.</param>
/// <param name="Fix">What a code fix needs to know, for example the name that was probably meant; null = nothing.</param>
internal sealed record Finding(string Id, Place Place, EquatableArray<string> Arguments, string? Fix = null)
{
    /// <summary>The severity of this case of the rule; null = that of the descriptor.</summary>
    public DiagnosticSeverity? Severity { get; init; }

    public static Finding At(Place place, string id, params string[] arguments) => new(id, place, new EquatableArray<string>(arguments));
}
