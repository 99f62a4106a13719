using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>
/// Writes the call of a method for the runtime to make: what it needs as a tuple, and a lambda that captures nothing. A closure would be made at the start of every call, also
/// of those that never get to the method.
/// </summary>
internal static class DetachedCall
{
    /// <summary>The tuple and the lambda, as two arguments.</summary>
    /// <param name="called">The method.</param>
    /// <param name="container">The class that it is a member of, fully qualified.</param>
    /// <param name="type">What it gives, tasks unwrapped.</param>
    /// <param name="taken">The names that are taken in the method.</param>
    /// <param name="answer">The name that is wanted for what the runtime hands the method beside the parameters of the prompt; null = nothing.</param>
    public static string Of(CalledMethod called, string container, string type, HashSet<string> taken, string? answer = null)
    {
        var method = called.Method;
        var state = taken.Take("state");
        answer = answer is null ? null : taken.Take(answer);
        var stop = taken.Take("stop");
        var values = new List<string>();
        if (!method.IsStatic)
        {
            values.Add("this");
        }

        var invocation = Invocation.Of(
            called,
            argument => argument.Kind switch { ArgumentKind.Answer => answer!, ArgumentKind.Token => stop, _ => Keep(argument.Name) },
            (method.IsStatic ? container : state + ".Item1") + ".");
        var body = !method.IsAwaited ? $"new global::System.Threading.Tasks.ValueTask<{type}>({invocation}{(method.IsResult ? ".Value" : "")})"
            : method.IsResult ? $"(await {invocation}.ConfigureAwait(false)).Value"
            : $"await {invocation}.ConfigureAwait(false)";
        var parameters = string.Join(", ", new[] { state, answer, stop }.OfType<string>());
        return $"{Tuple(values)}, static {(method.IsAwaited ? "async " : "")}({parameters}) => {body}";

        string Keep(string parameter)
        {
            values.Add(CSharpName.Escape(parameter));
            return $"{state}.Item{Literal.Int(values.Count)}";
        }
    }

    /// <summary>Values as one. A tuple has two elements at least, and unlike a single dynamic value it leaves the call one that is bound when it is compiled.</summary>
    public static string Tuple(IReadOnlyCollection<string> values) => $"({string.Join(", ", values.Concat(Enumerable.Repeat("0", System.Math.Max(0, 2 - values.Count))))})";
}
