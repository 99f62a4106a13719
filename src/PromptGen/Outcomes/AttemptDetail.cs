using System.Text;

namespace PromptGen;

/// <summary>Why the answer of an attempt was not used, without any text of the answer.</summary>
internal static class AttemptDetail
{
    /// <summary>How many violations are named: the others are counted.</summary>
    private const int Most = 3;

    /// <returns>For example <c>, /urgency: expected an integer from 1 to 5</c>; empty where there are no details.</returns>
    public static string Of(PromptAttempt attempt)
    {
        if (attempt.Violations.Count == 0)
        {
            return attempt.RejectionReason is { } reason && IsConstant(reason) ? ", " + reason : "";
        }

        var detail = new StringBuilder();
        for (var i = 0; i < attempt.Violations.Count && i < Most; i++)
        {
            detail.Append(i == 0 ? ", " : " and ").Append(Of(attempt.Violations[i]));
        }

        return attempt.Violations.Count > Most ? detail.Append(" and ").Append(attempt.Violations.Count - Most).Append(" more").ToString() : detail.ToString();
    }

    /// <summary>The name of a member that the contract does not have is the answer's own text.</summary>
    private static string Of(SchemaViolation violation) =>
        violation.Expected.StartsWith(SchemaViolation.Unknown, StringComparison.Ordinal)
            ? $"{Shown(violation.Pointer[..Math.Max(0, violation.Pointer.LastIndexOf('/'))])}: a member that the contract does not have"
            : violation.ToString();

    private static string Shown(string pointer) => pointer.Length == 0 ? "(root)" : pointer;

    /// <summary>A reason that the program holds as a literal has no data in it. One that is put together at run time may have.</summary>
    private static bool IsConstant(string reason) => ReferenceEquals(string.IsInterned(reason), reason);
}
