namespace PromptGen.Timing;

/// <summary>The only place that cancels: what callbacks throw on the token of a client or a check ends here.</summary>
internal static class GuardedCancellation
{
    /// <summary>
    /// Cancels, whatever a registered callback throws. On a timer's thread an exception would end the process, and in the caller's own
    /// <c>Cancel</c> it would be a failure that the caller cannot have caused.
    /// </summary>
    public static void CancelGuarded(this CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (Exception)
        {
            // All callbacks were called: the first one that throws does not stop the others.
        }
    }
}
