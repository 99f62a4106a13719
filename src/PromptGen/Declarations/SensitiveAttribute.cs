namespace PromptGen;

/// <summary>The parameter carries data that may not leave the house: the prompt may reach self-hosted models only.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class SensitiveAttribute : Attribute;
