namespace PromptGen;

/// <summary>The parameter carries data that must not leave your infrastructure: only self-hosted models may receive it.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class SensitiveAttribute : Attribute;
