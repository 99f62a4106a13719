namespace PromptGen;

/// <summary>One breach of a contract.</summary>
/// <param name="Pointer">Where, as JSON pointer (RFC 6901); empty for the root.</param>
/// <param name="Expected">What the contract asks for, in words that a model can act on.</param>
/// <param name="Actual">What came instead: a snippet of the answer of at most 64 characters, or <c>nothing</c>.</param>
public sealed record SchemaViolation(string Pointer, string Expected, string Actual)
{
    /// <summary>For example <c>/urgency: expected an integer from 1 to 5</c>. Leaves out <see cref="Actual"/>, which is text of the answer.</summary>
    /// <returns>Pointer and expectation.</returns>
    public override string ToString() => $"{(Pointer.Length == 0 ? "(root)" : Pointer)}: expected {Expected}";
}
