namespace Acme.Patterns.Compilation;

/// <summary>Runs the tests of a task on a thread of their own.</summary>
internal static class TestRun
{
    /// <summary>Runs all tests.</summary>
    /// <returns>The first test that fails, or the limit that is exceeded; null = all tests pass.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<string?> RunAsync(byte[] image, ProgrammingTask task, CodeLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        var code = new LoadedCode(image, limits);
        var done = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => done.SetResult(code.Test(task)), limits.StackBytes) { IsBackground = true, Name = "Tests of generated code" }.Start();
        try
        {
            return await done.Task.WaitAsync(limits.RunTime, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"The tests take longer than {limits.RunTime.TotalSeconds:0} s.";
        }
        finally
        {
            // Ends code at its next step. A call into the library that takes long has none: its thread goes on in the background until the call returns.
            code.Stop();
        }
    }
}
