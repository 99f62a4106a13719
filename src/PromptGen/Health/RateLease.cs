namespace PromptGen.Health;

/// <summary>The place of one request in the limits of its model and of its provider.</summary>
/// <param name="Number">Its number in the window of the model; 0 = the model has no limit of its own.</param>
/// <param name="ProviderNumber">Its number in the window of the provider; 0 = the provider has no limit.</param>
/// <param name="At">The timestamp at which the request was admitted.</param>
internal readonly record struct RateLease(long Number, long ProviderNumber, long At)
{
    /// <summary>Whether the request was admitted.</summary>
    public bool IsTaken => (Number | ProviderNumber) != 0;
}
