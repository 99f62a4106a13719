namespace PromptGen;

/// <summary>The prompt may reach self-hosted models only: its data may not leave the house.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SelfHostedOnlyAttribute : Attribute;
