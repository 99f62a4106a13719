namespace PromptGen;

/// <summary>One breach of a contract.</summary>
/// <param name="Pointer">Where, as JSON pointer (RFC 6901); empty for the root. A pointer of more than 1,024 characters is cut, with <c>…</c> at its end.</param>
/// <param name="Expected">What the contract asks for, in words that a model can act on.</param>
/// <param name="Actual">What came instead: a snippet of the answer of at most 64 characters, or <c>nothing</c>.</param>
public sealed record SchemaViolation(string Pointer, string Expected, string Actual)
{
    internal const string Nothing = "nothing";
    internal const string Again = "the member again";
    internal const string MoreExpected = "an answer with fewer violations: reading stopped here";
    internal const string Accepted = "accepted";
    internal const string Unknown = "no member of this name, only ";

    /// <summary>The last violation of an answer that has too many; reading stops there.</summary>
    internal static readonly SchemaViolation More = new("", MoreExpected, "at least 256 violations");

    /// <summary>
    /// One sentence that a model can act on, for example <c>/urgency must be an integer from 1 to 5, not 9.</c> It quotes <see cref="Actual"/>, which is
    /// text of the answer: it belongs in a prompt, not in a log.
    /// </summary>
    public string Message
    {
        get
        {
            var where = Pointer.Length == 0 ? "The answer" : Pointer;
            return Actual switch
            {
                Nothing when Pointer.Length > 0 => $"{where} is missing: it must be {Expected}.",
                _ when Expected == Accepted => $"{where} was not accepted: {Actual}.",
                _ when Expected == MoreExpected => "There are more violations than are listed here: the rest of the answer was not checked.",
                Again => $"{where} is there more than once: write it once.",
                _ when Expected.StartsWith(Unknown, StringComparison.Ordinal) => $"{where} must be left out: there are only {Expected[Unknown.Length..]}.",
                _ => $"{where} must be {Expected}, not {Actual}.",
            };
        }
    }

    /// <summary>What a model gets to know of a valid answer that was rejected.</summary>
    internal static SchemaViolation NotAccepted(string reason) => new("", Accepted, reason.TrimEnd('.'));

    /// <summary>For example <c>/urgency: expected an integer from 1 to 5</c>. Leaves out <see cref="Actual"/>, which is text of the answer.</summary>
    /// <returns>Pointer and expectation.</returns>
    public override string ToString() => $"{(Pointer.Length == 0 ? "(root)" : Pointer)}: expected {Expected}";
}
