namespace PromptGen;

/// <summary>The parameter comes from an untrusted source that may try to instruct the model: it must not be used in a system message.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class UntrustedAttribute : Attribute;
