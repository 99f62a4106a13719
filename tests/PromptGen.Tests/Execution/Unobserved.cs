namespace PromptGen.Tests.Execution;

/// <summary>Unobserved failures of tasks.</summary>
internal static class Unobserved
{
    /// <summary>Asserts that a failure that comes late is observed.</summary>
    /// <typeparam name="TException">A type that nothing else throws while the tests run.</typeparam>
    /// <param name="fail">Lets it happen; what it leaves behind has to be garbage afterwards.</param>
    public static async Task AssertNoneAsync<TException>(Action fail)
        where TException : Exception
    {
        var count = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> watch = (_, args) =>
        {
            if (args.Exception.InnerExceptions.OfType<TException>().Any())
            {
                Interlocked.Increment(ref count);
            }
        };
        TaskScheduler.UnobservedTaskException += watch;
        try
        {
            await Task.Run(fail);
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= watch;
        }

        Assert.Equal(0, count);
    }
}
