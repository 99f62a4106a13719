namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Tests that run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
