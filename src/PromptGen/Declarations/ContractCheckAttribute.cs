namespace PromptGen;

/// <summary>
/// Checks every value that was read with a method of the output type. A problem that it finds is a violation like any other, so that the model is asked again.
/// </summary>
/// <remarks>
/// The method is <c>internal static string? Check(Trip value)</c>, or public: null = valid, a text = the problem, worded so that a model can act on it. It is called
/// when all else of the contract holds. A type that implements <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/> needs no attribute.
/// </remarks>
/// <param name="method">The name of the method: <c>nameof(Check)</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class ContractCheckAttribute(string method) : Attribute
{
    /// <summary>The name of the method.</summary>
    public string Method { get; } = method;
}
