using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes where a call enters its route: an <c>if</c> per rule, a <c>switch</c> over the value, the score of a learned router, and what holds a call to its arm of the canary.</summary>
/// <param name="writer">Gets the text.</param>
/// <param name="plan">The prompt.</param>
/// <param name="definition">Names the steps and the phrases.</param>
/// <param name="token">The call's cancellation token.</param>
/// <param name="taken">The names that are taken in the method.</param>
internal sealed class EntryEmitter(SourceWriter writer, PromptPlan plan, DefinitionEmitter definition, string token, HashSet<string> taken)
{
    private const string Texts = "global::PromptGen.Routing.RouteTexts.";

    /// <summary>Whether something else may have decided before a router is asked.</summary>
    private bool MayBeDecided => plan.Entry.Rules.Count > 0 || plan.Entry.Options is not null;

    private string CasesName => plan.Declaration.Stem + "Cases";

    /// <summary>Writes the decision.</summary>
    /// <param name="call">The name of the call.</param>
    /// <param name="beforePrompt">Writes what comes before a prompt is asked for the decision, from the name of the variable that holds it so far.</param>
    /// <returns>The name of the variable that holds it.</returns>
    public string Write(string call, System.Action<string> beforePrompt)
    {
        var entry = taken.Take("entry");
        writer.Line($"var {entry} = new global::PromptGen.Routing.RouteEntry({definition.Step(plan.Route.Steps[0].Name)}{(plan.Entry.Options is { } options ? ", " + CSharpName.Escape(options.Parameter) : "")});");
        var by = plan.Entry.By;

        // A value is looked at before the rules because its ceiling holds whatever they say; a prompt costs money, so that it is asked where none decides.
        if (by is { By.Router: null })
        {
            WriteValue(by, call, entry);
        }

        WriteRules(entry);
        if (plan.Entry.Canary is { Declaration.By: { } sticky })
        {
            writer.Line($"{entry}.StickTo({CSharpName.Escape(sticky)});");
        }

        beforePrompt(entry);
        if (by is { By.Router: not null })
        {
            writer.Line($"{(MayBeDecided ? $"if (!{entry}.IsDecided) " : "")}{entry} = await {call}.RouteByAsync({Source(by, entry)}).ConfigureAwait(false);");
        }

        if (plan.Entry.Learned is { } learned)
        {
            WriteLearned(learned, call, entry);
        }

        writer.Line();
        return entry;
    }

    /// <summary>Writes the method with the rules of a chat route, where there are some.</summary>
    public void WriteChatRules()
    {
        var rules = plan.Entry.Rules;
        if (rules.Count == 0)
        {
            return;
        }

        taken.UnionWith([RuleClause.ChatText, RuleClause.ChatMedia, "entry"]);
        var isStatic = rules.All(static rule => rule.Rule.Predicate is null or { Method.IsStatic: true });
        writer.Line();
        writer.Attributes(plan.Declaration.IsObsolete);
        writer.Open($"private {(isStatic ? "static " : "")}void {plan.Declaration.Stem}Entry(string {RuleClause.ChatText}, global::Microsoft.Extensions.AI.AIContent? {RuleClause.ChatMedia}, ref global::PromptGen.Routing.RouteEntry entry)");
        WriteRules("entry");
        writer.Close();
    }

    /// <summary>Writes the method with the cases of the value, where there is one.</summary>
    public void WriteCases()
    {
        if (plan.Entry.By is not { } by)
        {
            return;
        }

        writer.Line();
        writer.Attributes(plan.Declaration.IsObsolete);
        writer.Open($"private static bool {CasesName}({by.By.ValueType} value, ref global::PromptGen.Routing.RouteEntry entry)");
        writer.Open("switch (value)");
        foreach (var one in by.Cases.Where(static one => one.Case.Literal is not null).GroupBy(static one => one.Case.Literal).Select(static same => same.First()))
        {
            writer.Line($"case {one.Case.Literal}: entry.By({definition.Step(one.Entry.Step)}, {Literal.String($"{by.By.Name} = {one.Case.Text}")}{Ceiling(one.Entry)}); return true;");
        }

        writer.Line("default: return false;");
        writer.Close();
        writer.Close();
    }

    private void WriteRules(string entry)
    {
        foreach (var rule in plan.Entry.Rules)
        {
            writer.Line($"if ({Condition(rule)}) {entry}.When({definition.Step(rule.Entry.Step)}, {Literal.String(rule.Condition)}{Ceiling(rule.Entry)});");
        }
    }

    private void WriteValue(ValueClause by, string call, string entry)
    {
        if (by.By.Expression is { } expression)
        {
            writer.Line($"if (!{CasesName}({expression}, ref {entry})) {entry}.By({definition.Step(by.Otherwise)}, \"otherwise\");");
        }
        else
        {
            writer.Line($"{entry} = await {call}.RouteByAsync({Source(by, entry)}).ConfigureAwait(false);");
        }
    }

    private void WriteLearned(LearnedClause learned, string call, string entry)
    {
        if (MayBeDecided)
        {
            writer.Open($"if (!{entry}.IsDecided)");
        }

        var router = ProjectRouter.Of(plan.Declaration)!.TypeName + ".Instance";
        var texts = $"[{string.Join(", ", learned.Texts.Select(CSharpName.Escape))}]";
        var score = $"{router}.Score({Literal.String(plan.Declaration.PromptName)}, {texts})";
        var unsure = Literal.String(learned.UnsureReason);
        if (learned.Embedding is not null)
        {
            score = taken.Take("score");
            unsure = $"{score} is null ? {Literal.String(learned.NoEmbeddingReason)} : {unsure}";
            writer.Line($"var {score} = await {call}.ScoreAsync({router}, {texts}).ConfigureAwait(false);");
        }

        writer.Line($"if ({score} >= {Literal.Double(learned.AtLeast)}) {entry}.By({definition.Step(learned.Sure)}, {Literal.String(learned.SureReason)});");
        writer.Line($"else {entry}.By({definition.Step(learned.Unsure)}, {unsure});");
        if (MayBeDecided)
        {
            writer.Close();
        }
    }

    /// <summary>The arguments that have the runtime call the method.</summary>
    private string Source(ValueClause by, string entry) =>
        $"{entry}, {DetachedCall.Of(by.By.Method!, plan.Declaration.Container.FullName, by.By.MethodType!, taken)}, {CasesName}, {definition.Step(by.Otherwise)}";

    private string Condition(RuleClause clause)
    {
        var rule = clause.Rule;
        var conditions = new List<string>();
        var tokens = clause.Texts.Count == 0 ? "0" : string.Join(" + ", clause.Texts.Select(static text => $"{Texts}Tokens({CSharpName.Escape(text)})"));
        if (rule.MinInputTokens > 0 && rule.MaxInputTokens > 0)
        {
            conditions.Add($"{tokens} is >= {Literal.Int(rule.MinInputTokens)} and <= {Literal.Int(rule.MaxInputTokens)}");
        }
        else if (rule.MinInputTokens > 0)
        {
            conditions.Add($"{tokens} >= {Literal.Int(rule.MinInputTokens)}");
        }
        else if (rule.MaxInputTokens > 0)
        {
            // A text that is not there is short, but one that is misnamed is none.
            conditions.Add(rule.In is not null && clause.Texts.Count == 0 ? "false" : $"{tokens} <= {Literal.Int(rule.MaxInputTokens)}");
        }

        if (rule.ContainsMedia)
        {
            conditions.Add(Any(clause.Media, static name => name + " is not null"));
        }

        if (rule.ContainsAny.Count > 0)
        {
            var phrases = definition.Phrases(clause);
            conditions.Add(Any(clause.Texts, name => $"{phrases}.AreIn({name})"));
        }

        if (rule.ContainsCode)
        {
            conditions.Add(Any(clause.Texts, static name => $"{Texts}ContainsCode({name})"));
        }

        if (rule.Predicate is { } predicate)
        {
            conditions.Add(Invocation.Of(predicate, Argument, Invocation.Owner(predicate.Method, plan.Declaration.Container.FullName, taken.Contains(predicate.Method.Name))));
        }

        return conditions.Count == 0 ? "false" : string.Join(" && ", conditions);
    }

    private string Argument(MethodArgument argument) => argument.Kind switch
    {
        ArgumentKind.Token => token,
        ArgumentKind.Answer => RuleClause.ChatText,
        _ => CSharpName.Escape(argument.Name),
    };

    private static string Any(EquatableArray<string> names, System.Func<string, string> condition) => names.Count switch
    {
        0 => "false",
        1 => condition(CSharpName.Escape(names[0])),
        _ => "(" + string.Join(" || ", names.Select(name => condition(CSharpName.Escape(name)))) + ")",
    };

    private static string Ceiling(PlannedEntry entry) => entry.Ceiling is { } tier ? $", global::PromptGen.Tier.{tier}" : "";
}
