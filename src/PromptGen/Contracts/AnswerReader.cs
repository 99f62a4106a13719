using System.Text.Json;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Contracts;

/// <summary>
/// Finds the JSON of an answer and has the contract read it. An answer that is nothing but JSON is read in place; otherwise
/// every outermost object and array is tried in order, and the first one that fits the contract is the answer, unless a different one follows.
/// </summary>
/// <param name="contract">The contract.</param>
/// <param name="isAscii">Whether the answer consists of ASCII.</param>
/// <param name="guard">Bounds the work.</param>
/// <param name="tolerance">What may be overlooked.</param>
internal struct AnswerReader<T>(PromptContract<T> contract, bool isAscii, ReadingGuard guard, Tolerance tolerance = Tolerance.Lenient)
{
    private int _answerLength;
    private bool _isBeyondRepair;

    /// <summary>Reads an answer, which ends in an additional line feed.</summary>
    public ContractReading<T> Read(ReadOnlySpan<byte> line)
    {
        if (tolerance == Tolerance.Exact)
        {
            return ReadExactly(line);
        }

        var hasBom = line.StartsWith(AnswerText.Bom);
        line = AnswerText.TrimStart(hasBom ? line[AnswerText.Bom.Length..] : line, guard);
        var hasThinking = !line.IsEmpty && line[0] is not ((byte)'{' or (byte)'[') && ThinkingText.TryRemove(ref line, guard);
        var text = AnswerText.TrimEnd(line, guard);
        if (text.IsEmpty)
        {
            return ContractReading<T>.Failed(PromptErrorCode.EmptyOutput);
        }

        _answerLength = text.Length;
        if (!contract.IsWrapped || !TryReadScalar(line, out var reading))
        {
            reading = ReadFirstFit(text);
        }

        if (reading.Code is PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch
            && text.Length <= ContractLimits.RepairLength
            && !(_isBeyondRepair && tolerance == Tolerance.Lenient))
        {
            reading = new AnswerLadder<T>(contract, tolerance, guard).Read(text, reading);
        }

        return (!hasBom && !hasThinking) || reading.Code != PromptErrorCode.None ? reading
            : reading with { Rungs = [.. (string[])(hasBom ? ["Bom"] : []), .. (string[])(hasThinking ? ["Thinking"] : []), .. reading.Rungs] };
    }

    /// <summary>Reads a text that consists of one value, followed by an additional line feed.</summary>
    public ContractReading<T> ReadElement(ReadOnlySpan<byte> line)
    {
        var reading = ReadDocument(line, isWrapped: false, out var length);
        if (reading.Code == PromptErrorCode.None && AnswerText.TrimStart(line[length..], guard).IsEmpty)
        {
            return reading;
        }

        reading = reading.Code is PromptErrorCode.Truncated or PromptErrorCode.None ? AnswerText.Invalid<T>(line) : reading;
        return tolerance == Tolerance.Exact || line.Length > ContractLimits.RepairLength ? reading : new AnswerLadder<T>(contract, tolerance, guard).ReadElement(AnswerText.TrimEnd(line, guard), reading);
    }

    /// <summary>Reads a value without a search and without repairs. An additional line feed follows it.</summary>
    public ContractReading<T> ReadValue(ReadOnlySpan<byte> line, bool isWrapped) => ReadDocument(line, isWrapped, out _);

    /// <summary>Reads an answer that is to be the contract's JSON and nothing else.</summary>
    private ContractReading<T> ReadExactly(ReadOnlySpan<byte> line)
    {
        line = AnswerText.TrimStart(line, guard);
        if (line.IsEmpty)
        {
            return ContractReading<T>.Failed(PromptErrorCode.EmptyOutput);
        }

        var reading = ReadDocument(line, contract.IsWrapped, out var length);
        var rest = AnswerText.TrimStart(line[length..], guard);
        return reading.Code == PromptErrorCode.None && !rest.IsEmpty
            ? ContractReading<T>.Failed(PromptErrorCode.InvalidJson, [new SchemaViolation("", "nothing behind the JSON", ContractReader.Snippet(rest))])
            : reading;
    }

    private ContractReading<T> ReadFirstFit(ReadOnlySpan<byte> text)
    {
        ContractReading<T>? mismatch = null;
        ContractReading<T>? invalid = null;
        var position = 0;
        for (var candidates = 0; candidates < ContractLimits.Candidates; candidates++)
        {
            var offset = text[position..].IndexOfAny(AnswerText.Openers, guard);
            if (offset < 0)
            {
                break;
            }

            position += offset;
            var candidate = text[position..];
            var length = 0;
            var reading = AnswerText.LooksLikeJson(candidate, guard) ? ReadCandidate(candidate, out length) : AnswerText.Invalid<T>(candidate);
            switch (reading.Code)
            {
                case PromptErrorCode.None when AnswerText.GoesOn(candidate[length..], guard):
                    invalid ??= AnswerText.Invalid<T>(candidate);
                    break;
                case PromptErrorCode.None:
                    reading = WithRungs(reading, text[..position], candidate[length..]);
                    return candidate[0] == '{' ? Latest(text, position, position + length, reading) : reading;
                case PromptErrorCode.SchemaMismatch:
                    mismatch ??= reading;
                    break;
                case PromptErrorCode.Truncated when AnswerText.IsOpen(candidate, contract.IsWrapped, guard):
                    return reading;
                default:
                    invalid ??= reading;
                    length = AnswerText.LengthOfBlock(candidate, guard);
                    break;
            }

            if (length == 0 && AnswerText.IsOpen(candidate, contract.IsWrapped, guard))
            {
                // The rest of the text is inside this block, so nothing in it is the answer.
                break;
            }

            position += Math.Max(length, 1);
        }

        return mismatch ?? invalid ?? ContractReading<T>.Failed(
            PromptErrorCode.InvalidJson,
            [new SchemaViolation("", "a JSON object", ContractReader.Snippet(text))]);
    }

    /// <summary>The answer, as long as no other whole one comes behind it that differs. Of objects side by side the first one is the answer.</summary>
    private ContractReading<T> Latest(ReadOnlySpan<byte> text, int start, int end, ContractReading<T> reading)
    {
        var answer = text[start..end];
        var hash = default(int?);
        var next = AnswerText.NextObject(text, end, guard);
        for (var candidates = 0; candidates < ContractLimits.Candidates && next >= 0; candidates++)
        {
            var candidate = text[next..];
            var later = ReadCandidate(candidate, out var length);
            if (later.Code != PromptErrorCode.None || AnswerText.GoesOn(candidate[length..], guard))
            {
                length = AnswerText.LengthOfBlock(candidate, guard);
                if (length == 0)
                {
                    break;
                }
            }
            else if (AnswerText.IsProse(text[end..next], guard) && !IsSame(answer, ref hash, candidate[..length]))
            {
                answer = candidate[..length];
                hash = null;
                reading = AnswerChoice.Later(text[end..next], answer, WithRungs(later, text[..next], candidate[length..]), tolerance, guard);
                if (reading.Code != PromptErrorCode.None)
                {
                    _isBeyondRepair = true;
                    return reading;
                }
            }

            end = next + length;
            next = AnswerText.NextObject(text, end, guard);
        }

        return reading;
    }

    /// <summary>Whether a value equals the answer. The answer's hash is kept, so that a value that differs is compared without reading the answer again.</summary>
    private readonly bool IsSame(ReadOnlySpan<byte> answer, ref int? hash, ReadOnlySpan<byte> other)
    {
        hash ??= JsonEquality.Hash(answer, guard);
        return hash == JsonEquality.Hash(other, guard) && JsonEquality.AreEqual(answer, other, guard);
    }

    private ContractReading<T> ReadCandidate(ReadOnlySpan<byte> json, out int length)
    {
        if (!contract.IsWrapped)
        {
            return ReadDocument(json, isWrapped: false, out length);
        }

        var wrapped = ReadDocument(json, isWrapped: true, out length);
        if (wrapped.Code != PromptErrorCode.SchemaMismatch)
        {
            return wrapped;
        }

        // A list, a dictionary or a nullable object as it is.
        var bare = ReadDocument(json, isWrapped: false, out length);
        return bare.Code == PromptErrorCode.None ? bare with { Rungs = ["Unwrapped", .. bare.Rungs] } : json[0] == '[' ? bare : wrapped;
    }

    /// <summary>A number, string, true, false or null that is the whole answer, in a fence or not.</summary>
    private bool TryReadScalar(ReadOnlySpan<byte> line, out ContractReading<T> reading)
    {
        var isFenced = AnswerText.TryUnfence(ref line, guard);
        reading = default;
        if (!AnswerText.StartsScalar(line))
        {
            return false;
        }

        reading = ReadDocument(line, isWrapped: false, out var length);
        if (reading.Code is not (PromptErrorCode.None or PromptErrorCode.SchemaMismatch) || AnswerText.TrimStart(line[length..], guard).Length > 0)
        {
            return false;
        }

        reading = reading.Code == PromptErrorCode.None ? reading with { Rungs = isFenced ? ["Fence", "Unwrapped", .. reading.Rungs] : ["Unwrapped", .. reading.Rungs] } : reading;
        return true;
    }

    private ContractReading<T> ReadDocument(ReadOnlySpan<byte> json, bool isWrapped, out int length)
    {
        var reader = new ContractReader(json, isAscii, guard, isExact: tolerance == Tolerance.Exact);
        length = 0;
        try
        {
            var value = !reader.Start() ? default! : isWrapped ? ReadWrapped(ref reader) : contract.ReadValue(ref reader);
            reader.Charge();
            if (reader.HasStopped)
            {
                length = AnswerText.LengthOfBlock(json, guard);
                return ContractReading<T>.Failed(PromptErrorCode.SchemaMismatch, reader.Violations);
            }

            if (reader.Ended)
            {
                return ContractReading<T>.Failed(PromptErrorCode.Truncated);
            }

            length = reader.Consumed;
            _isBeyondRepair |= reader.IsBeyondRepair && json.Length >= _answerLength && AnswerText.TrimStart(json[length..], guard).IsEmpty;
            return reader.HasFailed ? ContractReading<T>.Failed(PromptErrorCode.SchemaMismatch, reader.Violations)
                : reader.HasOtherCase ? ContractReading<T>.Valid(value) with { Rungs = ["Case"] }
                : ContractReading<T>.Valid(value);
        }
        catch (JsonException)
        {
            reader.Charge();
            reader.BreakOff();
            return ContractReading<T>.Failed(PromptErrorCode.InvalidJson, reader.Violations);
        }
        catch (ArgumentException exception)
        {
            // The output type's own constructor or setter has a say as well.
            reader.Refuse(exception.Message);
            length = AnswerText.LengthOfBlock(json, guard);
            return ContractReading<T>.Failed(PromptErrorCode.SchemaMismatch, reader.Violations);
        }
    }

    private T ReadWrapped(ref ContractReader reader)
    {
        T value = default!;
        var seen = 0UL;
        if (!reader.StartObject("an object with the member \"value\""))
        {
            return value;
        }

        while (reader.NextMember())
        {
            if (reader.Is("value"u8, ref seen, 0))
            {
                value = contract.ReadValue(ref reader);
            }
            else
            {
                reader.Unknown("\"value\"");
            }
        }

        reader.Require(seen, 0, "value", "a member of this name that holds the answer");
        return value;
    }

    private readonly ContractReading<T> WithRungs(ContractReading<T> reading, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        before = AnswerText.TrimEnd(before, guard);
        after = AnswerText.TrimStart(after, guard);
        if (before.IsEmpty && after.IsEmpty)
        {
            return reading;
        }

        var isFenced = AnswerText.TryRemoveFence(ref before, ref after, guard);
        string[] rungs = !isFenced ? ["Prose"] : before.IsEmpty && after.IsEmpty ? ["Fence"] : ["Fence", "Prose"];
        return reading with { Rungs = [.. rungs, .. reading.Rungs] };
    }
}
