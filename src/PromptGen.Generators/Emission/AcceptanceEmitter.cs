using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the acceptance checks of a prompt as one method: null = accepted, a text = why not.</summary>
internal static class AcceptanceEmitter
{
    public static bool IsNeeded(PromptDeclaration declaration) => declaration.Bounds.Any(static bound => bound.Calibration is null) || declaration.Checks.Count > 0;

    /// <summary>Whether it is an error to use the checked type in code that is not obsolete itself.</summary>
    public static bool IsObsolete(PromptDeclaration declaration) => declaration.IsObsolete || declaration.Judged is { IsObsolete: true };

    /// <summary>Whether the runtime has to know more of a rejection than its reason.</summary>
    public static bool IsJudged(PromptDeclaration declaration) => declaration.Checks.Any(static check => check.IsJudged);

    /// <summary>What the runtime calls: the method itself, which is made into a delegate once, or a lambda that gives it parameters of the prompt.</summary>
    /// <param name="declaration">The prompt.</param>
    /// <param name="name">The method.</param>
    /// <param name="taken">The names that a parameter of a lambda must not have.</param>
    /// <param name="alwaysAwaited">Whether the runtime awaits a method that is not asynchronous, too.</param>
    public static string Delegate(PromptDeclaration declaration, string name, HashSet<string> taken, bool alwaysAwaited = false)
    {
        var used = string.Concat(Used(declaration).Select(static parameter => ", " + CSharpName.Escape(parameter.Name)));
        if (used.Length == 0 && !alwaysAwaited)
        {
            return name;
        }

        var value = taken.Take("value");
        var stop = taken.Take("stop");
        return IsAsync(declaration) ? $"({value}, {stop}) => {name}({value}{used}, {stop})"
            : alwaysAwaited ? $"({value}, {stop}) => new global::System.Threading.Tasks.ValueTask<string?>({name}({value}{used}))"
            : $"{value} => {name}({value}{used})";
    }

    /// <summary>The declaration with those checks only that are no prompts: what a kept answer passes again.</summary>
    public static PromptDeclaration WithoutPrompts(PromptDeclaration declaration) => declaration with
    {
        Checks = declaration.Checks.Where(static check => check.Judge is null).Select(static check => check with { Repair = false, WhenUnknown = WhenUnknown.Reject }).ToEquatableArray(),
    };

    public static void Emit(SourceWriter writer, PromptDeclaration declaration, string name)
    {
        // A static method group is made into a delegate once, not once per call.
        var modifiers = declaration.Checks.All(static check => check.Method.IsStatic) ? "private static" : "private";
        var used = Used(declaration).ToArray();
        var names = new HashSet<string>(declaration.Checks.Select(static check => check.Method.Name).Concat(used.Select(static parameter => parameter.Name)));
        var (value, token) = (names.Take("value"), names.Take("cancellationToken"));
        var parameters = string.Concat(used.Select(static parameter => $", {parameter.TypeName} {CSharpName.Escape(parameter.Name)}"));
        var rejection = IsJudged(declaration) ? "global::PromptGen.PromptRejection" : "string";
        writer.Open(IsAsync(declaration)
            ? $"{modifiers} async global::System.Threading.Tasks.ValueTask<{rejection}?> {name}({declaration.OutputType} {value}{parameters}, global::System.Threading.CancellationToken {token})"
            : $"{modifiers} string? {name}({declaration.OutputType} {value}{parameters})");
        foreach (var bound in declaration.Bounds.Where(static bound => bound.Calibration is null))
        {
            EmitBound(writer, declaration.Judged!, bound, value, IsJudged(declaration));
        }

        foreach (var check in declaration.Checks)
        {
            var owner = Invocation.Owner(check.Method, declaration.Container.FullName, used.Any(parameter => parameter.Name == check.Method.Name));
            var call = Invocation.Of(
                check.Call,
                argument => argument.Kind switch
                {
                    ArgumentKind.Answer => value,
                    ArgumentKind.Token => token,
                    _ => CSharpName.Escape(argument.Name),
                },
                owner);
            var reason = names.Take("reasonOf" + check.Method.Name);
            if (check.IsJudged)
            {
                JudgeEmitter.Emit(writer, check, call, reason);
            }
            else
            {
                EmitCheck(writer, check, call, reason, IsJudged(declaration));
            }
        }

        writer.Line("return null;");
        writer.Close();
    }

    private static bool IsAsync(PromptDeclaration declaration) =>
        declaration.Checks.Any(static check => check.IsJudged || check.Method.IsAwaited || check.Method.TakesToken);

    /// <summary>The prompt's parameters that checks get, in declared order.</summary>
    private static IEnumerable<ParameterDeclaration> Used(PromptDeclaration declaration) => declaration.Parameters.Where(parameter =>
        declaration.Checks.Any(check => check.Arguments.Any(argument => argument.Kind == ArgumentKind.Parameter && argument.Name == parameter.Name)));

    private static void EmitBound(SourceWriter writer, ContractModel contract, MemberBound bound, string argument, bool isJudged)
    {
        var value = contract.FindMember(bound.Member)!.Value;
        var isDecimal = value.Kind == ValueKind.Decimal && IsDecimal(bound.AtLeast) && IsDecimal(bound.AtMost);
        var isCast = value.Kind.IsWide() || (value.Kind == ValueKind.Decimal && !isDecimal);
        var member = (isCast ? value.IsNullable ? "(double?)" : "(double)" : "") + argument + "." + CSharpName.Escape(bound.Member);

        // Negated, so that a null or a NaN is rejected too.
        if (!double.IsNaN(bound.AtLeast))
        {
            writer.Line($"if (!({member} >= {Number(bound.AtLeast, isDecimal)})) return {Reason(Literal.String($"{bound.Member} is below {Text(bound.AtLeast)}"), isJudged)};");
        }

        if (!double.IsNaN(bound.AtMost))
        {
            writer.Line($"if (!({member} <= {Number(bound.AtMost, isDecimal)})) return {Reason(Literal.String($"{bound.Member} is above {Text(bound.AtMost)}"), isJudged)};");
        }
    }

    private static void EmitCheck(SourceWriter writer, CheckDeclaration check, string call, string reason, bool isJudged)
    {
        var method = check.Method;
        if (method.IsAwaited)
        {
            call = $"(await {call}.ConfigureAwait(false))";
        }

        var answer = method.IsResult ? call + ".Value" : call;
        switch (method.Answer)
        {
            case AnswerKind.Verdict:
                writer.Line($"if (!{answer}) return {Reason(Literal.String(method.Name + " rejected it"), isJudged)};");
                break;
            case AnswerKind.Score:
                writer.Line($"var {reason} = (double?){answer};");
                EmitScore(writer, method.Name, check.AtLeast, ">=", "below", reason, isJudged);
                EmitScore(writer, method.Name, check.AtMost, "<=", "above", reason, isJudged);
                break;
            default:
                writer.Line($"if ({(method.IsAwaited && !method.IsResult ? call.Substring(1, call.Length - 2) : answer)} is {{ }} {reason}) return {Reason(reason, isJudged)};");
                break;
        }
    }

    // Negated, so that a null or a NaN is rejected too.
    private static void EmitScore(SourceWriter writer, string name, double bound, string comparison, string word, string score, bool isJudged)
    {
        if (!double.IsNaN(bound))
        {
            writer.Line($"if (!({score} {comparison} {Literal.Double(bound)})) return {Reason(Literal.String($"{name} is {word} {Text(bound)}"), isJudged)};");
        }
    }

    private static string Reason(string reason, bool isJudged) => isJudged ? $"new({reason})" : reason;

    private static bool IsDecimal(double bound) => double.IsNaN(bound) || System.Math.Abs(bound) < 7.9e28;

    private static string Number(double value, bool isDecimal) => isDecimal ? Literal.Decimal(value) : Literal.Double(value);

    private static string Text(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
