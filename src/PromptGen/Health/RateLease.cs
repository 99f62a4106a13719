namespace PromptGen.Health;

/// <summary>The place of one request in the window of a <see cref="RateLimit"/>.</summary>
/// <param name="Number">Its number among all requests of the limit, above 0; 0 = there is no lease.</param>
/// <param name="At">The timestamp at which the request was admitted.</param>
internal readonly record struct RateLease(long Number, long At);
