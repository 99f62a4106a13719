using Microsoft.Extensions.Configuration;

namespace PromptGen.Evaluation;

/// <summary>Who answers in an evaluation: the whole route of a prompt, or one model alone. Has a runtime of its own.</summary>
public sealed class EvaluationArm : IAsyncDisposable
{
    private readonly object? _client;

    /// <summary>Whether the call names the model, which may be outside of the route.</summary>
    private readonly bool _isModelNamed;

    private EvaluationArm(string name, EvaluatedPrompt prompt, PromptRuntime runtime, Func<PromptRuntime, object>? client, string? model)
    {
        (Name, Prompt, Runtime, ModelId, _isModelNamed) = (name, prompt, runtime, model, model is not null && prompt.Accepts(model));
        _client = client is null ? prompt.CreateClient(runtime) : client(runtime);
    }

    /// <summary>Its name: that of the model, or <c>route</c>.</summary>
    public string Name { get; }

    /// <summary>The model that answers alone; null = the route does.</summary>
    public string? ModelId { get; }

    internal EvaluatedPrompt Prompt { get; }

    internal PromptRuntime Runtime { get; }

    /// <summary>The whole route of a prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="configure">Registers the providers.</param>
    /// <param name="client">Makes the object that has the prompt. Default: its constructor with a <see cref="PromptRuntime"/>.</param>
    /// <returns>The arm.</returns>
    /// <exception cref="NotSupportedException">The class of the prompt needs more than a runtime, and <paramref name="client"/> is null.</exception>
    public static EvaluationArm Route(EvaluatedPrompt prompt, Action<PromptRuntimeBuilder> configure, Func<PromptRuntime, object>? client = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(configure);
        return new("route", prompt, PromptRuntime.Create(builder => Configure(builder, configure)), client, null);
    }

    /// <summary>
    /// One model alone: all other models of the route are disabled by configuration, which replaces a configuration of <paramref name="configure"/>. A prompt with a parameter
    /// <see cref="PromptOptions"/> can be asked of every model of its catalog.
    /// </summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="configure">Registers the providers.</param>
    /// <param name="client">Makes the object that has the prompt. Default: its constructor with a <see cref="PromptRuntime"/>.</param>
    /// <returns>The arm.</returns>
    /// <exception cref="ArgumentException">The prompt cannot be asked of the model.</exception>
    /// <exception cref="NotSupportedException">The class of the prompt needs more than a runtime, and <paramref name="client"/> is null.</exception>
    public static EvaluationArm Model(EvaluatedPrompt prompt, string modelId, Action<PromptRuntimeBuilder> configure, Func<PromptRuntime, object>? client = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentException.ThrowIfNullOrEmpty(modelId);
        ArgumentNullException.ThrowIfNull(configure);
        if (!prompt.Models.Contains(modelId) && !prompt.Accepts(modelId))
        {
            throw new ArgumentException($"{prompt.Name} cannot be asked of '{modelId}': its route has {string.Join(", ", prompt.Models)}. A parameter of type PromptOptions lets a call name other models.", nameof(modelId));
        }

        var settings = prompt.Models.Where(other => other != modelId).ToDictionary(static other => $"Models:{other}:Disabled", static string? (_) => "true");
        var runtime = PromptRuntime.Create(builder =>
        {
            Configure(builder, configure);
            builder.UseConfiguration(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        });
        return new(modelId, prompt, runtime, client, modelId);
    }

    /// <summary>A model that breaks its contract often is measured, not skipped; and no answer is kept for another call.</summary>
    private static void Configure(PromptRuntimeBuilder builder, Action<PromptRuntimeBuilder> configure)
    {
        builder.Resilience.ContractFailureRatio = null;
        builder.Cache.MaxAnswerLength = 0;
        configure(builder);
    }

    /// <summary>Asks the prompt.</summary>
    internal Task<object?> AskAsync(EvaluationItem item, CancellationToken cancellationToken) => Prompt.CallAsync(_client, item, _isModelNamed ? ModelId : null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Runtime.DisposeAsync();
}
