namespace PromptGen;

/// <summary>The prompt may reach self-hosted models only: its data must not leave your infrastructure.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SelfHostedOnlyAttribute : Attribute;
