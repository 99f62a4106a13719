using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Contracts;

// Patterns: found, not found, or not decided within the time limit that all patterns of an answer share.
public ref partial struct ContractReader
{
    /// <summary>Whether a pattern is found in the name of the current member. If this is not decided in time, a violation is recorded.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>True where it is.</returns>
    public bool NameMatches(Regex pattern)
    {
        var outcome = Found(pattern, _name);
        if (outcome is PatternOutcome.TimedOut or PatternOutcome.NotChecked && !Ended)
        {
            Undecided(WithReason("a member whose name matches the patterns of the object, or none", outcome), _name);
        }

        return outcome == PatternOutcome.Found;
    }

    /// <summary>Whether the current string meets its constraints.</summary>
    private readonly PatternOutcome OutcomeOf(int minLength, int maxLength, Regex? pattern, SchemaFormat format)
    {
        if (!IsWellFormedText())
        {
            return PatternOutcome.NotFound;
        }

        // A character takes at most 4 bytes as it is and 12 escaped, so the number of bytes mostly decides.
        var most = _tokens.ValueSpan.Length;
        var fewest = most / (_tokens.ValueIsEscaped ? 12 : 4);
        if (!_tokens.ValueIsEscaped && (most > maxLength || fewest < minLength))
        {
            most = fewest = TextFormats.CodePoints(_tokens.ValueSpan);
        }

        if (most < minLength || fewest > maxLength)
        {
            return PatternOutcome.NotFound;
        }

        var isLengthKnown = most <= maxLength && fewest >= minLength;
        if (isLengthKnown && pattern is null && format == SchemaFormat.Any)
        {
            return PatternOutcome.Found;
        }

        var buffer = ArrayPool<char>.Shared.Rent(_tokens.ValueSpan.Length);
        try
        {
            ReadOnlySpan<char> text = buffer.AsSpan(0, _tokens.CopyString(buffer));
            return (!isLengthKnown && !TextFormats.HasLength(text, minLength, maxLength)) || (format != SchemaFormat.Any && !TextFormats.IsFormat(text, format)) ? PatternOutcome.NotFound
                : pattern is null ? PatternOutcome.Found
                : _guard.Match(pattern, text);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private void Judge(string expected, PatternOutcome outcome)
    {
        switch (outcome)
        {
            case PatternOutcome.Found:
                break;
            case PatternOutcome.NotFound:
                Mismatch(expected);
                break;
            case PatternOutcome.TimedOut or PatternOutcome.NotChecked when !_isTrial:
                Mismatch(WithReason(expected, outcome));
                break;
            default:
                Undecided(WithReason(expected, outcome), _tokens.ValueSpan);
                break;
        }
    }

    /// <summary>What is expected, and why the pattern was not decided. Such a text is rejected: a valid text is not expected to take this long.</summary>
    private static string WithReason(string expected, PatternOutcome outcome) => outcome switch
    {
        PatternOutcome.TimedOut => expected + " (matching its pattern took too long)",
        PatternOutcome.NotChecked => expected + " (its pattern was not checked, since those before took too long)",
        _ => expected,
    };

    /// <summary>Records a pattern that was not decided, in a trial too: an answer must not be accepted on the assumption that it matches, or that it does not.</summary>
    private void Undecided(string expected, ReadOnlySpan<byte> text)
    {
        Add(Pointer(), expected, $"\"{Snippet(text)}\"");
        if (_isTrial)
        {
            GiveUp();
        }
    }

    private readonly PatternOutcome Found(Regex pattern, ReadOnlySpan<byte> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            return _guard.Match(pattern, buffer.AsSpan(0, Encoding.UTF8.GetChars(text, buffer)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
