using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Contracts;

// Patterns: found, not found, or not to be told in the time that all patterns of an answer have together.
public ref partial struct ContractReader
{
    /// <summary>Whether a pattern is found in the name of the current member. A name of which that can't be told in time is recorded.</summary>
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

    /// <summary>Whether the string that the reader stands on keeps its constraints.</summary>
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

    /// <summary>What is expected, and why it could not be told whether it is there: a text that keeps a pattern busy this long is not one that its author had in mind.</summary>
    private static string WithReason(string expected, PatternOutcome outcome) => outcome switch
    {
        PatternOutcome.TimedOut => expected + " (matching its pattern took too long)",
        PatternOutcome.NotChecked => expected + " (its pattern was not checked, since those before took too long)",
        _ => expected,
    };

    /// <summary>Records a pattern of which nothing can be told, in a trial too: neither that it is found nor that it is not may let an answer pass.</summary>
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
