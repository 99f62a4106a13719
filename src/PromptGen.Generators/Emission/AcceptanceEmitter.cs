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
    public static bool IsNeeded(PromptDeclaration declaration) => declaration.Bounds.Count > 0 || declaration.Checks.Count > 0;

    /// <summary>Whether it is an error to use the checked type in code that is not obsolete itself.</summary>
    public static bool IsObsolete(PromptDeclaration declaration) => declaration.IsObsolete || declaration.Judged is { IsObsolete: true };

    public static void Emit(SourceWriter writer, PromptDeclaration declaration, string name)
    {
        var isAsync = declaration.Checks.Any(static check => check.IsAwaited || check.TakesToken);

        // A static method group is made into a delegate once, not once per call.
        var modifiers = declaration.Checks.All(static check => check.IsStatic) ? "private static" : "private";

        var names = new HashSet<string>(declaration.Checks.Select(static check => check.Name));
        var (value, token) = (names.Take("value"), names.Take("cancellationToken"));
        writer.Open(isAsync
            ? $"{modifiers} async global::System.Threading.Tasks.ValueTask<string?> {name}({declaration.OutputType} {value}, global::System.Threading.CancellationToken {token})"
            : $"{modifiers} string? {name}({declaration.OutputType} {value})");
        foreach (var bound in declaration.Bounds)
        {
            EmitBound(writer, declaration.Judged!, bound, value);
        }

        foreach (var check in declaration.Checks)
        {
            EmitCheck(writer, check, check.TakesToken ? $"{value}, {token}" : value, names.Take("reasonOf" + check.Name));
        }

        writer.Line("return null;");
        writer.Close();
    }

    private static void EmitBound(SourceWriter writer, ContractModel contract, MemberBound bound, string argument)
    {
        var value = contract.FindMember(bound.Member)!.Value;
        var isDecimal = value.Kind == ValueKind.Decimal && IsDecimal(bound.AtLeast) && IsDecimal(bound.AtMost);
        var isCast = value.Kind.IsWide() || (value.Kind == ValueKind.Decimal && !isDecimal);
        var member = (isCast ? value.IsNullable ? "(double?)" : "(double)" : "") + argument + "." + CSharpName.Escape(bound.Member);

        // Negated, so that a null or a NaN is turned down too.
        if (!double.IsNaN(bound.AtLeast))
        {
            writer.Line($"if (!({member} >= {Number(bound.AtLeast, isDecimal)})) return {Literal.String($"{bound.Member} is below {Text(bound.AtLeast)}")};");
        }

        if (!double.IsNaN(bound.AtMost))
        {
            writer.Line($"if (!({member} <= {Number(bound.AtMost, isDecimal)})) return {Literal.String($"{bound.Member} is above {Text(bound.AtMost)}")};");
        }
    }

    private static void EmitCheck(SourceWriter writer, NamedMethod check, string arguments, string reason)
    {
        var call = $"{CSharpName.Escape(check.Name)}({arguments})";
        if (check.IsAwaited)
        {
            call = $"await {call}.ConfigureAwait(false)";
        }

        if (check.Answer == AnswerKind.Verdict)
        {
            writer.Line($"if (!{(check.IsAwaited ? "(" + call + ")" : call)}) return {Literal.String(check.Name + " turned it down")};");
        }
        else
        {
            writer.Line($"if ({call} is {{ }} {reason}) return {reason};");
        }
    }

    private static bool IsDecimal(double bound) => double.IsNaN(bound) || System.Math.Abs(bound) < 7.9e28;

    private static string Number(double value, bool isDecimal) => isDecimal ? Literal.Decimal(value) : Literal.Double(value);

    private static string Text(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
