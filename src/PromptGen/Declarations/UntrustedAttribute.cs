namespace PromptGen;

/// <summary>The parameter comes from somebody who may try to instruct the model: it must not stand in a system message.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class UntrustedAttribute : Attribute;
