using PromptGen;

namespace Acme.Patterns;

/// <summary>One call of a pattern.</summary>
/// <param name="Id">What the tables call it.</param>
/// <param name="AskAsync">Makes the call.</param>
internal sealed record Case(string Id, Func<PromptRuntime, CancellationToken, Task<Outcome>> AskAsync);
