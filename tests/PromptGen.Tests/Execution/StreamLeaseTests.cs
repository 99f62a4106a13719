using System.Runtime.CompilerServices;
using PromptGen.Execution;
using PromptGen.Testing;
using PromptGen.Timing;

namespace PromptGen.Tests.Execution;

/// <summary>A lease that is garbage ends its stream, unless it was disposed before.</summary>
public sealed class StreamLeaseTests
{
    [Fact]
    public async Task Once_it_was_disposed_it_ends_nothing()
    {
        var (disposed, abandoned) = (new Leased(), new Leased());
        Start(disposed, abandoned);

        while (!abandoned.Ended.IsCompleted)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(PromptErrorCode.None, await abandoned.Ended);
        Assert.False(disposed.Ended.IsCompleted);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Start(Leased disposed, Leased abandoned)
    {
        var clock = new CallClock(new ManualTimeProvider(), null);
        StreamLease.Start(disposed, clock).Dispose();
        StreamLease.Start(abandoned, clock).HandOver();
    }

    /// <summary>A stream that records how it was ended.</summary>
    private sealed class Leased : ILeased
    {
        private readonly TaskCompletionSource<PromptErrorCode> _ended = new();

        public Task<PromptErrorCode> Ended => _ended.Task;

        public ValueTask EndAsync(PromptErrorCode code)
        {
            _ended.TrySetResult(code);
            return ValueTask.CompletedTask;
        }
    }
}
