namespace PromptGen.Evaluation;

/// <summary>What a router is trained for. All but the goal is stated in its file, for those who read it and for the checks of the build.</summary>
public sealed record RouterTraining
{
    /// <summary>When the examples were labelled. It is given, not read from a clock, so that the same examples make the same file.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>What the threshold is chosen for; 98% of the strong model's quality where nothing is set.</summary>
    public RouterGoal Goal { get; init; } = RouterGoal.Quality(0.98);

    /// <summary>The prompt, as <c>Class.Method</c> or as its <c>Name</c>, whose calls the examples are; null = a router of several prompts, each a task.</summary>
    public string? Prompt { get; init; }

    /// <summary>The version of the prompt, as the head of its generated file has it, with an earlier router or without one; null = not stated.</summary>
    public string? PromptVersion { get; init; }

    /// <summary>The model that <see cref="RouterExample.WeakCorrect"/> is about, one of the first step; null = not stated.</summary>
    public string? WeakModel { get; init; }

    /// <summary>The model that <see cref="RouterExample.StrongCorrect"/> is about, one of the second step; null = not stated.</summary>
    public string? StrongModel { get; init; }

    /// <summary>The id of the model of embeddings, where the router is trained by them; null = the one that the generator states (<c>EmbeddingGeneratorMetadata.DefaultModelId</c>).</summary>
    public string? EmbeddingModel { get; init; }
}
