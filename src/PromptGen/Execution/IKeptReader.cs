namespace PromptGen.Execution;

/// <summary>Reads a kept answer again, as the value of a call.</summary>
internal interface IKeptReader
{
    /// <returns>Whether the answer keeps the contract as it is now, and passes the checks that cost nothing.</returns>
    ValueTask<bool> ReadKeptAsync(string text);
}
