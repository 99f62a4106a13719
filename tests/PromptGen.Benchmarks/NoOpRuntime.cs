namespace PromptGen.Benchmarks;

/// <summary>A runtime whose models all answer at once with the same verdict.</summary>
internal static class NoOpRuntime
{
    public const string Answer = """{"severity":"High","urgency":4,"summary":"Stop after three attempts","confidence":0.93}""";

    /// <param name="configure">Adds what else the runtime has; null = nothing.</param>
    public static PromptRuntime Create(Action<PromptRuntimeBuilder>? configure = null) => PromptRuntime.Create(builder =>
    {
        builder.AddProvider("openai", static _ => new NoOpChatClient(Answer)).AddProvider("anthropic", static _ => new NoOpChatClient(Answer));
        configure?.Invoke(builder);
    });
}
