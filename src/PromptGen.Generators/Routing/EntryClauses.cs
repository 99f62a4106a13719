using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Where a call enters its route, and how far it may climb from there.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Ceiling">The strongest tier that may answer; null = the route's own.</param>
internal sealed record PlannedEntry(string Step, Tier? Ceiling)
{
    public override string ToString() => Ceiling is { } tier ? $"{Step}, at most {tier}" : Step;

    public void AddTo(TextHash version) => version.Add(Step).Add('\u0001').Add(Ceiling?.ToString()).Add('\u0001');
}

/// <summary>A parameter of type <c>PromptOptions</c>.</summary>
/// <param name="Parameter">Its name.</param>
internal sealed record OptionsClause(string Parameter) : RouteClause
{
    public override string Description => $"the model that {Parameter} names, if it names one";

    public override void AddTo(TextHash version) => version.Add('\u0007').Add(Parameter);
}

/// <summary><c>[RouteWhen]</c>.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Texts">The parameters whose text it looks at.</param>
/// <param name="Media">The parameters that may hold media.</param>
/// <param name="Entry">Where it enters the route.</param>
internal sealed record RuleClause(RuleDeclaration Rule, EquatableArray<string> Texts, EquatableArray<string> Media, PlannedEntry Entry) : RouteClause
{
    /// <summary>The text of the last user message, as the rules of a chat route name it.</summary>
    public const string ChatText = "message";

    /// <summary>A medium of the last user message, as the rules of a chat route name it.</summary>
    public const string ChatMedia = "media";

    /// <summary>The conditions as people read them: the rule's name in results and telemetry.</summary>
    public string Condition => string.Join(" and ", Conditions());

    public override string Description => $"{Entry} where {Condition}";

    /// <summary>The parameters of the prompt that it looks at.</summary>
    public IEnumerable<string> UsedParameters => Texts.Concat(Media).Concat(Rule.Predicate?.Arguments.Select(static argument => argument.Name) ?? []);

    public override void AddTo(TextHash version)
    {
        Entry.AddTo(version.Add('\u0005'));
        version.Add(Condition).Add('\u0001').Add(string.Join("\u0001", Rule.ContainsAny)).Add('\u0001').Add(Rule.In);
    }

    private IEnumerable<string> Conditions()
    {
        if (Rule.MinInputTokens > 0)
        {
            yield return "at least " + Number(Rule.MinInputTokens) + " tokens";
        }

        if (Rule.MaxInputTokens > 0)
        {
            yield return "at most " + Number(Rule.MaxInputTokens) + " tokens";
        }

        if (Rule.ContainsAny.Count > 0)
        {
            yield return Rule.ContainsAny.Count == 1 ? "a phrase" : $"one of {Number(Rule.ContainsAny.Count)} phrases";
        }

        if (Rule.ContainsCode)
        {
            yield return "code";
        }

        if (Rule.ContainsMedia)
        {
            yield return "media";
        }

        if (Rule.Predicate is { } predicate)
        {
            yield return predicate.Method.Name;
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One <c>[RouteCase]</c>.</summary>
/// <param name="Case">The value.</param>
/// <param name="Entry">Where it enters the route.</param>
internal sealed record PlannedCase(CaseDeclaration Case, PlannedEntry Entry);

/// <summary><c>[RouteBy]</c> with its cases.</summary>
/// <param name="By">The source of the value.</param>
/// <param name="Cases">The cases.</param>
/// <param name="Otherwise">The step where the source failed or has no case.</param>
internal sealed record ValueClause(RouteByDeclaration By, EquatableArray<PlannedCase> Cases, string Otherwise) : RouteClause
{
    public override string Description =>
        $"by {By.Name}{(By.Router is null ? "" : " (a prompt)")}: {string.Join("; ", Cases.Select(static one => $"{one.Case.Text} → {one.Entry}"))}; otherwise {Otherwise}";

    /// <summary>The parameters of the prompt that it looks at.</summary>
    public IEnumerable<string> UsedParameters => By.Parameter is { } parameter ? [parameter] : By.Method?.Arguments.Select(static argument => argument.Name) ?? [];

    public override IEnumerable<string> Children => By.Router?.Definition is { } definition ? [definition] : [];

    public override void AddTo(TextHash version)
    {
        version.Add('\u0006').Add(By.Name).Add('\u0001').Add(Otherwise);
        foreach (var one in Cases)
        {
            one.Entry.AddTo(version.Add('\u0001').Add(one.Case.Text).Add('\u0001'));
        }
    }
}
