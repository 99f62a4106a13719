namespace PromptGen.Hosting;

/// <summary>What one call of <c>AddPromptGen</c> asks for. A library and its program may both call it.</summary>
internal sealed record RuntimeConfiguration(Action<IServiceProvider, PromptRuntimeBuilder> Configure);
