namespace PromptGen.Health;

/// <summary>A request that waits until its limits admit it.</summary>
internal sealed class RateWaiter : TaskCompletionSource<RateLease>
{
    private readonly RateLimit _limit;
    private readonly CancellationToken _cancellationToken;
    private CancellationTokenRegistration _registration;

    public RateWaiter(RateLimit limit, long tokens, CancellationToken cancellationToken)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        (_limit, Tokens, _cancellationToken) = (limit, tokens, cancellationToken);
        Node = new LinkedListNode<RateWaiter>(this);
    }

    /// <summary>The tokens that it is expected to take.</summary>
    public long Tokens { get; }

    /// <summary>Its place among the requests to the provider, in the order in which they came.</summary>
    public long Arrival { get; set; }

    /// <summary>Its place in the queue of its model; in no list once it was admitted or has left.</summary>
    public LinkedListNode<RateWaiter> Node { get; }

    /// <summary>Leaves its place once the token is cancelled; at once where it is. Under the lock.</summary>
    public void Watch()
    {
        if (!Task.IsCompleted)
        {
            _registration = _cancellationToken.UnsafeRegister(static waiter => ((RateWaiter)waiter!).Leave(), this);
        }
    }

    /// <summary>Under the lock.</summary>
    public void Admit(in RateLease lease)
    {
        _registration.Unregister();
        SetResult(lease);
    }

    private void Leave()
    {
        if (_limit.Leave(this))
        {
            TrySetCanceled(_cancellationToken);
        }
    }
}
