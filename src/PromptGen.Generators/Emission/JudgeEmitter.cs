using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the call of a check whose answer may be unknown or sent back: mostly another prompt.</summary>
internal static class JudgeEmitter
{
    private const string Judge = "global::PromptGen.Judging.Judge.";

    public static void Emit(SourceWriter writer, CheckDeclaration check, string call, string rejection)
    {
        var method = check.Method;
        var answer = method.IsAwaited ? call : $"new global::System.Threading.Tasks.ValueTask<{Type(method)}>({call})";
        var value = method.IsResult ? "answer.Value" : "answer";
        var rule = $"{Literal.String(method.Name)}, global::PromptGen.WhenUnknown.{check.WhenUnknown}, repair: {(check.Repair ? "true" : "false")}";
        var decision = method.Answer switch
        {
            AnswerKind.Score => $"ScoreAsync({answer}, static answer => (double?){value}, {Bound(check.AtLeast)}, {Bound(check.AtMost)}, {rule})",
            AnswerKind.Verdict => $"DecideAsync({answer}, static answer => {value} ? null : {Literal.String(method.Name + " rejected it")}, {rule})",
            _ => $"DecideAsync({answer}, static answer => {value}, {rule})",
        };
        writer.Line($"if (await {Judge}{decision}.ConfigureAwait(false) is {{ }} {rejection}) return {rejection};");
    }

    private static string Bound(double number) => double.IsNaN(number) ? "double.NaN" : Literal.Double(number);

    private static string Type(NamedMethod method) => method.Answer switch
    {
        AnswerKind.Verdict => "bool",
        AnswerKind.Score => "double?",
        _ => "string?",
    };
}
