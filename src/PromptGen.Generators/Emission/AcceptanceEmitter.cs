using System.Globalization;
using System.Linq;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Schemas;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the acceptance checks of a prompt as one method: null = accepted, a text = why not.</summary>
internal static class AcceptanceEmitter
{
    public static bool IsNeeded(PromptDeclaration declaration) => declaration.Bounds.Count > 0 || declaration.Checks.Count > 0;

    public static void Emit(SourceWriter writer, PromptDeclaration declaration, string name)
    {
        var isAsync = declaration.Checks.Any(static check => check.IsAwaited || check.TakesToken);

        // A static method group is made into a delegate once, not once per call.
        var modifiers = declaration.Checks.All(static check => check.IsStatic) ? "private static" : "private";

        writer.Line(GeneratedFile.GeneratedCode);
        writer.Open(isAsync
            ? $"{modifiers} async global::System.Threading.Tasks.ValueTask<string?> {name}({declaration.OutputType} value, global::System.Threading.CancellationToken cancellationToken)"
            : $"{modifiers} string? {name}({declaration.OutputType} value)");
        foreach (var bound in declaration.Bounds)
        {
            EmitBound(writer, declaration.Judged!, bound);
        }

        foreach (var check in declaration.Checks)
        {
            EmitCheck(writer, check);
        }

        writer.Line("return null;");
        writer.Close();
    }

    private static void EmitBound(SourceWriter writer, ContractModel contract, MemberBound bound)
    {
        var value = contract.FindMember(bound.Member)!.Value;
        var isDecimal = value.Kind == ValueKind.Decimal;
        var member = (value.Kind.IsWide() ? value.IsNullable ? "(double?)" : "(double)" : "") + "value." + TypeNames.Escape(bound.Member);

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

    private static void EmitCheck(SourceWriter writer, NamedMethod check)
    {
        var call = $"{TypeNames.Escape(check.Name)}(value{(check.TakesToken ? ", cancellationToken" : "")})";
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
            writer.Line($"if ({call} is {{ }} {Reason(check)}) return {Reason(check)};");
        }
    }

    // Named after the check: several may give a reason, and each declares its variable in the same scope.
    private static string Reason(NamedMethod check) => "reasonOf" + check.Name;

    private static string Number(double value, bool isDecimal) => isDecimal ? Literal.Decimal(value) : Literal.Double(value);

    private static string Text(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
