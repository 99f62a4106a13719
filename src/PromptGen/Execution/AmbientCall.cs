using System.Diagnostics;

namespace PromptGen.Execution;

/// <summary>
/// The call that a user's delegate is part of, for the prompts that the delegate calls. It is set around the delegate only, and cleared when the delegate has ended.
/// Work that the delegate left running makes calls of its own from then on, which are linked to the trace.
/// </summary>
internal sealed class AmbientCall : IDisposable
{
    private static readonly AsyncLocal<AmbientCall?> s_current = new();

    private readonly AmbientCall? _outer;
    private volatile Account? _account;

    private AmbientCall(CallExplainer explainer) => (Explainer, _outer) = (explainer, s_current.Value);

    private AmbientCall(Account account, bool joinsLimits, PromptAttemptReason reason)
    {
        (_account, JoinsLimits, Reason) = (account, joinsLimits, reason);
        Explainer = account.Explainer;
        Trace = account.Span?.Context ?? default;
        _outer = s_current.Value;
    }

    /// <summary>What surrounds the code that runs here; null = nothing does.</summary>
    public static AmbientCall? Current => s_current.Value;

    /// <summary>The account of the call or item whose delegate runs; null = the delegate has ended.</summary>
    public Account? Account => _account;

    /// <summary>Whether budget and deadline of the call hold for the prompts inside it.</summary>
    public bool JoinsLimits { get; }

    /// <summary>Why the prompts inside it make their first attempt.</summary>
    public PromptAttemptReason Reason { get; }

    /// <summary>Explains the prompts inside it in place of calling them; null = they are called.</summary>
    public CallExplainer? Explainer { get; }

    /// <summary>The span of the call, for a link once the delegate has ended.</summary>
    public ActivityContext Trace { get; }

    /// <summary>Enters a call or an item. Dispose it where the delegate has ended.</summary>
    /// <param name="account">The account of the call or item.</param>
    /// <param name="joinsLimits">Whether its budget and deadline hold for the prompts inside it.</param>
    /// <param name="reason">Why the prompts inside it make their first attempt.</param>
    public static AmbientCall Enter(Account account, bool joinsLimits, PromptAttemptReason reason = PromptAttemptReason.Initial)
    {
        var entered = new AmbientCall(account, joinsLimits, reason);
        s_current.Value = entered;
        return entered;
    }

    /// <summary>Has the prompts inside explained. Dispose it where the delegate has ended.</summary>
    public static AmbientCall Explain(CallExplainer explainer) => s_current.Value = new AmbientCall(explainer);

    public void Dispose()
    {
        _account = null;
        s_current.Value = _outer;
    }
}
