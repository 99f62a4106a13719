using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the call of a method of the prompt class.</summary>
internal static class Invocation
{
    /// <param name="called">The method.</param>
    /// <param name="value">What it gets for an argument.</param>
    /// <param name="owner">What the method is a member of, with the dot behind; empty where its name is enough.</param>
    public static string Of(CalledMethod called, System.Func<MethodArgument, string> value, string owner = "")
    {
        var arguments = called.Arguments.Select(argument => (called.NamesArguments ? CSharpName.Escape(argument.Name) + ": " : "") + (argument.Cast is { } cast ? $"({cast})" : "") + value(argument));
        return $"{owner}{CSharpName.Escape(called.Method.Name)}({string.Join(", ", arguments)})";
    }

    /// <summary>What a method is a member of, with the dot behind, in code of an instance; empty where its name is enough.</summary>
    /// <param name="method">The method.</param>
    /// <param name="container">The class of the prompt, fully qualified.</param>
    /// <param name="isTaken">Whether a parameter or a local has the method's name.</param>
    public static string Owner(NamedMethod method, string container, bool isTaken) =>
        !isTaken && !method.IsOverloaded ? "" : method.IsStatic ? container + "." : "this.";
}
