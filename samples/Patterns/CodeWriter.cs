using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PromptGen;

namespace Acme.Patterns;

/// <summary>A method to write.</summary>
/// <param name="Signature">Its signature in C#.</param>
/// <param name="Description">What it does.</param>
/// <param name="Tests">What it returns for which arguments; the models never see it.</param>
public sealed record ProgrammingTask(string Signature, string Description, IReadOnlyList<ProgrammingTest> Tests);

/// <summary>What a method returns.</summary>
/// <param name="Expected">The right value.</param>
/// <param name="Arguments">The arguments.</param>
public sealed record ProgrammingTest(object Expected, params object[] Arguments);

/// <summary>Code that a model wrote.</summary>
public sealed record Code([property: StringLength(4000), Description("A public static class Answer with the method, in C#")] string Text);

/// <summary>Checks code that a model wrote.</summary>
public interface ICodeCheck
{
    /// <summary>Compiles the code.</summary>
    /// <returns>What is wrong about it, for the model; null = it compiles and uses nothing that is not allowed.</returns>
    string? Compile(string code);

    /// <summary>Runs the tests of a task.</summary>
    /// <returns>The first test that fails, or the limit that is exceeded; null = all tests pass.</returns>
    Task<string?> TestAsync(string code, ProgrammingTask task, CancellationToken cancellationToken);
}

/// <summary>Code has to compile, and to pass tests that the model does not know.</summary>
public sealed partial class CodeWriter(PromptRuntime prompts, ICodeCheck check)
{
    /// <summary>Writes a method. Errors of the compiler go back to the same model; code that fails a test leads to a stronger one.</summary>
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 1_000)]
    [PromptTemplate(File = "Prompts/code.prompt")]
    [AcceptIf(nameof(Compiles), Repair = true)]
    [AcceptIf(nameof(PassesAsync))]
    public partial Task<PromptResult<Code>> WriteAsync(ProgrammingTask task, CancellationToken cancellationToken = default);

    private string? Compiles(Code answer) => check.Compile(answer.Text);

    private Task<string?> PassesAsync(Code answer, ProgrammingTask task, CancellationToken cancellationToken) => check.TestAsync(answer.Text, task, cancellationToken);
}
