using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>Where a clause enters the route: a tier or a model, and how far the call may climb from there.</summary>
/// <param name="Tier">The tier; null where a model is named, or nothing that can be read.</param>
/// <param name="ModelId">The model; null where a tier is named.</param>
/// <param name="Ceiling">The strongest tier that may answer; null = the route's own.</param>
/// <param name="Place">The argument that names it.</param>
internal sealed record EntryTarget(Tier? Tier, string? ModelId, Tier? Ceiling, Place.Attribute Place);

/// <summary>One <c>[RouteWhen]</c>. All conditions that are set have to hold.</summary>
/// <param name="Target">Where it enters the route.</param>
/// <param name="MinInputTokens">0 = not set.</param>
/// <param name="MaxInputTokens">0 = not set.</param>
/// <param name="ContainsAny">Empty = not set.</param>
/// <param name="ContainsCode">Whether code is a condition.</param>
/// <param name="ContainsMedia">Whether media are a condition.</param>
/// <param name="Predicate">The method; null = not set.</param>
/// <param name="In">The parameter that is looked at; null = all texts.</param>
internal sealed record RuleDeclaration(
    EntryTarget Target,
    int MinInputTokens,
    int MaxInputTokens,
    EquatableArray<string> ContainsAny,
    bool ContainsCode,
    bool ContainsMedia,
    CalledMethod? Predicate,
    string? In)
{
    public bool HasCondition => MinInputTokens > 0 || MaxInputTokens > 0 || ContainsAny.Count > 0 || ContainsCode || ContainsMedia || Predicate is not null;
}

/// <summary>One <c>[RouteCase]</c>.</summary>
/// <param name="Literal">The value as generated code writes it; null where it is none of the source's type.</param>
/// <param name="Text">The value as people read it.</param>
/// <param name="Target">Where it enters the route.</param>
internal sealed record CaseDeclaration(string? Literal, string Text, EntryTarget Target);

/// <summary>Why the path of a <c>[RouteBy]</c> leads to no value.</summary>
/// <param name="Argument">The argument that is at fault; 0 is the parameter.</param>
/// <param name="IsObsolete">Whether it names what it is an error to use.</param>
/// <param name="Meant">The member that was probably meant; null = none is near.</param>
internal sealed record PathFlaw(int Argument, bool IsObsolete, string? Meant);

/// <summary><c>[RouteBy]</c> with its cases.</summary>
/// <param name="Name">The source as written: a parameter with the path to a member, or a method.</param>
/// <param name="Expression">The value of a parameter or a member as generated code writes it; null where a method is the source, or nothing fits.</param>
/// <param name="Method">The method; null where a parameter is the source.</param>
/// <param name="MethodType">What the method gives, tasks unwrapped, as generated code writes it.</param>
/// <param name="ValueType">The type of the value as generated code writes it; null where the source is missing or of no usable type.</param>
/// <param name="Members">The members of an enum, or the values of a bool, as people read them; empty where there is no end of values.</param>
/// <param name="Cases">The cases.</param>
/// <param name="Otherwise">Where the call enters where the source failed or has no case; null = the first step.</param>
internal sealed record RouteByDeclaration(
    string Name,
    string? Expression,
    CalledMethod? Method,
    string? MethodType,
    string? ValueType,
    EquatableArray<string> Members,
    EquatableArray<CaseDeclaration> Cases,
    EntryTarget? Otherwise)
{
    /// <summary>The parameter that the value comes from; null where a method is the source.</summary>
    public string? Parameter { get; init; }

    /// <summary>Why a path leads to no value; null where it does, or a method is the source.</summary>
    public PathFlaw? Flaw { get; init; }

    /// <summary>Whether a <c>[RouteBy]</c> is there; cases alone decide nothing.</summary>
    public bool IsDeclared { get; init; } = true;

    /// <summary>The prompt that the method is; null where it is a plain one.</summary>
    public CalledPrompt? Router { get; init; }
}
