namespace Acme.Patterns.Compilation;

/// <summary>Compiles code in memory and runs its tests in this process, within limits. That is no sandbox: see the README.</summary>
internal sealed class CodeCheck(CodeLimits limits, TimeProvider time) : ICodeCheck
{
    /// <summary>The check with the limits of the sample.</summary>
    public static CodeCheck Default { get; } = new(new CodeLimits(), TimeProvider.System);

    /// <inheritdoc />
    public string? Compile(string code) => CompileWithin(code, CancellationToken.None).Flaw;

    /// <inheritdoc />
    public async Task<string?> TestAsync(string code, ProgrammingTask task, CancellationToken cancellationToken)
    {
        var compiled = CompileWithin(code, cancellationToken);

        return compiled.Image is { } image ? await TestRun.RunAsync(image, task, limits, time, cancellationToken) : compiled.Flaw;
    }

    private CompiledCode CompileWithin(string code, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(limits.CompileTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return CompiledCode.Of(code, limits, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, $"The compiler takes longer than {limits.CompileTime.TotalSeconds:0} s for the code.");
        }
        catch (InsufficientExecutionStackException)
        {
            return new(null, "The code is nested too deeply.");
        }
    }
}
