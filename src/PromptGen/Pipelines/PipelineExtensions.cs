namespace PromptGen;

/// <summary>Starts pipelines.</summary>
public static class PipelineExtensions
{
    /// <summary>
    /// Starts a pipeline: several prompts, over one or many items, under one budget, deadline, trace and ledger. One that is started inside a delegate of another pipeline, or
    /// inside a check of a call, joins that one.
    /// </summary>
    /// <param name="runtime">What the calls run on.</param>
    /// <param name="name">The name of the pipeline: for telemetry and messages.</param>
    /// <param name="options">Its limits. Default: none, eight items at once.</param>
    /// <param name="cancellationToken">Cancels every stage.</param>
    /// <returns>The pipeline. Dispose it at the end: that cancels what still runs.</returns>
    /// <exception cref="ObjectDisposedException">The runtime was disposed.</exception>
    public static PipelineRun StartPipeline(this PromptRuntime runtime, string name, PipelineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        runtime.ThrowIfDisposed();
        return new PipelineRun(runtime, name, options ?? new PipelineOptions(), cancellationToken);
    }
}
