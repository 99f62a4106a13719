namespace PromptGen.Execution;

/// <summary>What a <see cref="StreamLease"/> watches over.</summary>
internal interface ILeased
{
    /// <summary>Ends it in place of its caller, unless it has ended. Never throws.</summary>
    /// <param name="code">Why; <see cref="PromptErrorCode.None"/> = its caller has abandoned it.</param>
    ValueTask EndAsync(PromptErrorCode code);
}
