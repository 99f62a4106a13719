namespace PromptGen;

/// <summary>How the embeddings are asked for by which learned routers decide.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>
    /// Whether the texts stay on the program's own machines. Prompts with <see cref="SelfHostedOnlyAttribute"/> or a <see cref="SensitiveAttribute"/> parameter are embedded
    /// by no other generator. Default: false.
    /// </summary>
    public bool SelfHosted { get; set; }

    /// <summary>How long one embedding may take, within the deadline of the call; after that the call goes on without it. 1 ms–1 minute; default: 2 s.</summary>
    public TimeSpan Timeout { get; set => field = Bounds.Within(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)); } = TimeSpan.FromSeconds(2);
}
