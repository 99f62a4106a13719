using System.Buffers;
using System.Text;
using System.Text.Json;
using PromptGen.Contracts.Repair;

namespace PromptGen.Contracts;

/// <summary>
/// The rungs below strict reading, taken only once that has failed: each piece of the answer that may be its JSON has its syntax repaired, then
/// its shape and values fitted to the contract's schema; after either, the contract's own reader judges. The first piece that it accepts is
/// the answer, readings without a loss before those with one.
/// </summary>
internal struct AnswerLadder<T>(PromptContract<T> contract, Tolerance tolerance, ReadingGuard guard)
{
    /// <summary>What every look at a piece may take together, in lengths of the answer.</summary>
    private const int Passes = 4;

    private readonly SchemaNode _root = SchemaNode.Of(contract.Schema);

    private KnownNames? _names;
    private bool _areNamesRead;
    private long _lastStep = long.MaxValue;

    /// <summary>The schema of the answer itself, without its wrapper object.</summary>
    private readonly SchemaNode Schema => contract.IsWrapped ? _root.Property("value") ?? SchemaNode.Of(default) : _root;

    /// <summary>Whether the ladder has used up the work allowed for one answer.</summary>
    private readonly bool IsExhausted => guard.Steps > _lastStep;

    /// <summary>Reads an answer that strict reading has failed on.</summary>
    /// <param name="text">The answer without byte order mark and thinking.</param>
    /// <param name="strict">The outcome of strict reading, which is returned where no rung helps.</param>
    public ContractReading<T> Read(ReadOnlySpan<byte> text, ContractReading<T> strict)
    {
        _lastStep = guard.Steps + ((long)ContractLimits.LadderPasses * (text.Length + 64));
        for (var level = Tolerance.Lenient; level <= tolerance; level++)
        {
            // In an answer that begins with prose, fences are read before the prose: formulas and code in the prose have brackets, too.
            var reading = Nothing;
            if (!AnswerText.StartsBlock(text, guard) && TryReadFences(text, level, out reading))
            {
                return reading;
            }

            reading = ReadPieces(text, level);
            if (reading.Code == PromptErrorCode.Truncated)
            {
                if (tolerance == Tolerance.Salvage && TryReadByName(text, out var closed))
                {
                    return closed;
                }

                // Where a whole piece broke the contract, its violations say more than a later one's early end.
                return strict.Code == PromptErrorCode.InvalidJson ? reading : strict;
            }

            if (reading.Code is PromptErrorCode.None or PromptErrorCode.SchemaMismatch || TryReadScalar(text, level, out reading))
            {
                return reading;
            }
        }

        if (tolerance != Tolerance.Salvage)
        {
            return strict;
        }

        // An object in a fence of its own may be what the model wrote after it had given up the one before; in other answers fences were read first.
        return TryReadByName(text, out var salvaged) || (AnswerText.StartsBlock(text, guard) && TryReadFences(text, Tolerance.Salvage, out salvaged)) ? salvaged : strict;
    }

    /// <summary>Reads a text that consists of one value.</summary>
    public ContractReading<T> ReadElement(ReadOnlySpan<byte> text, ContractReading<T> strict)
    {
        for (var level = Tolerance.Lenient; level <= tolerance; level++)
        {
            var json = new ArrayBufferWriter<byte>(text.Length + 16);
            var repairer = new JsonRepairer(text, json, guard);
            if (repairer.Repair() == RepairOutcome.Repaired
                && AnswerText.TrimStart(text[repairer.Length..], guard).IsEmpty
                && TryRead(json.WrittenMemory, repairer.Rungs, level, isWrapped: false, out var reading))
            {
                return reading;
            }
        }

        return strict;
    }

    /// <summary>Reads only the contents of the fences.</summary>
    private bool TryReadFences(ReadOnlySpan<byte> text, Tolerance level, out ContractReading<T> reading)
    {
        reading = Nothing;
        var list = new ItemPieces(text.Length, guard);
        var position = 0;
        for (var fences = 0; fences < ContractLimits.Candidates && !IsExhausted && AnswerText.TryNextFence(text, ref position, guard, out var start); fences++)
        {
            if (text[start] is not ((byte)'{' or (byte)'[') || !CanBegin(text[..start], text[start..]))
            {
                continue;
            }

            var (outcome, length, rungs) = TryPiece(text, start, null, level, list, out reading);
            if (reading.Code != PromptErrorCode.None && (outcome != RepairOutcome.Repaired || rungs != Rungs.None) && Names() is { } names)
            {
                length = TryPiece(text, start, names, level, list, out reading).Length;
            }

            if (reading.Code == PromptErrorCode.None)
            {
                reading = Latest(text, start, start + length, level, reading);
                return true;
            }
        }

        return false;
    }

    private ContractReading<T> ReadPieces(ReadOnlySpan<byte> text, Tolerance level)
    {
        var list = new ItemPieces(text.Length, guard);
        var position = 0;
        var budget = (long)Passes * text.Length;
        for (var pieces = 0; pieces < ContractLimits.Candidates && budget >= 0 && !IsExhausted; pieces++)
        {
            var offset = text[position..].IndexOfAny(AnswerText.Openers, guard);
            if (offset < 0)
            {
                break;
            }

            position += offset;
            var piece = text[position..];
            if (!CanBegin(text[..position], piece))
            {
                position++;
                continue;
            }

            var (outcome, length, rungs) = TryPiece(text, position, null, level, list, out var reading);
            var end = position + length;
            if (reading.Code != PromptErrorCode.None
                && (outcome == RepairOutcome.Repaired ? rungs != Rungs.None && !list.EndsAt(position + length) : AnswerText.EndsWithCloser(piece, guard))
                && Names() is { } names)
            {
                // Once more with the contract's names, which distinguish a member from a quotation that looks like one.
                budget -= piece.Length;
                end = position + TryPiece(text, position, names, level, list, out reading).Length;
            }

            if (reading.Code == PromptErrorCode.None)
            {
                return Latest(text, position, end, level, reading);
            }

            length = outcome == RepairOutcome.Refused ? AnswerText.LengthOfBlock(piece, guard) : length;
            budget -= outcome == RepairOutcome.Repaired ? length : piece.Length;
            if (outcome == RepairOutcome.Ended && AnswerText.IsOpen(piece, contract.IsWrapped, guard) && !AnswerText.EndsWithCloser(piece, guard))
            {
                return ContractReading<T>.Failed(PromptErrorCode.Truncated);
            }

            if (outcome == RepairOutcome.Ended || length == 0)
            {
                // The rest of the text is inside this piece.
                return Nothing;
            }

            position += length;
        }

        return list.Count > 0 && list.AreAdjacent && TryRead(list.Json, list.Rungs | list.Around(text), level, isWrapped: false, out var items) ? items : Nothing;
    }

    /// <summary>Repairs the piece of an answer that begins at a place and has the contract read it, unless it is an item of a list of which there may be more.</summary>
    private (RepairOutcome Outcome, int Length, Rungs Rungs) TryPiece(ReadOnlySpan<byte> text, int start, KnownNames? names, Tolerance level, ItemPieces list, out ContractReading<T> reading)
    {
        reading = Nothing;
        var piece = text[start..];
        var json = new ArrayBufferWriter<byte>(Math.Min(piece.Length, 4096) + 16);
        var repairer = new JsonRepairer(piece, json, guard, names);
        var outcome = repairer.Repair();
        if (outcome != RepairOutcome.Repaired)
        {
            return (outcome, 0, Rungs.None);
        }

        if (AnswerText.GoesOn(piece[repairer.Length..], guard))
        {
            return (RepairOutcome.Ended, 0, Rungs.None);
        }

        var isWrapped = contract.IsWrapped && IsWrapper(json.WrittenMemory);
        if (contract.IsWrapped && !isWrapped && piece[0] == '{' && Schema.Type == "array")
        {
            list.Add(text, start, repairer.Length, json.WrittenSpan, repairer.Rungs);
        }
        else
        {
            TryRead(json.WrittenMemory, repairer.Rungs | AnswerText.Around(text[..start], piece[repairer.Length..], guard), level, isWrapped, out reading);
        }

        return (outcome, repairer.Length, repairer.Rungs);
    }

    /// <summary>The answer, as long as no other whole one comes behind it that differs, as strict reading has it.</summary>
    private ContractReading<T> Latest(ReadOnlySpan<byte> text, int start, int end, Tolerance level, ContractReading<T> reading)
    {
        var answer = text[start..end];
        var list = new ItemPieces(text.Length, guard);
        var budget = answer[0] == '{' ? (long)Passes * text.Length : -1;
        var position = end;
        for (var looks = 0; looks < ContractLimits.Candidates && budget >= 0 && !IsExhausted && text[position..].IndexOf("{"u8, guard) is >= 0 and var offset; looks++)
        {
            var next = position + offset;
            position = next + 1;
            if (!CanBegin(text[..next], text[next..]) || AnswerText.TrimStart(text[position..], guard) is [(byte)'}', ..])
            {
                continue;
            }

            budget -= text.Length - next;
            var (outcome, length, _) = TryPiece(text, next, null, level, list, out var later);
            if (later.Code != PromptErrorCode.None && Names() is { } names)
            {
                (outcome, length, _) = TryPiece(text, next, names, level, list, out later);
            }

            // What had to be stripped of members may be anything.
            if (later.Code == PromptErrorCode.None && !later.Rungs.Contains(nameof(Rungs.ExtraMember))
                && AnswerText.IsProse(text[end..next], guard) && !answer.SequenceEqual(text.Slice(next, length)))
            {
                answer = text.Slice(next, length);
                reading = AnswerChoice.Later(text[end..next], answer, later, tolerance, guard);
                if (reading.Code != PromptErrorCode.None)
                {
                    return reading;
                }
            }

            length = outcome == RepairOutcome.Repaired ? length : AnswerText.LengthOfBlock(text[next..], guard);
            if (outcome == RepairOutcome.Ended || length == 0)
            {
                break;
            }

            end = next + length;
            position = end;
        }

        return reading;
    }

    /// <summary>Reads an object whose members can only be recognized by their names.</summary>
    private bool TryReadByName(ReadOnlySpan<byte> text, out ContractReading<T> reading)
    {
        reading = Nothing;
        var json = new ArrayBufferWriter<byte>(text.Length + 16);
        return !contract.IsWrapped
            && !IsExhausted
            && new MemberSplitter(text, new KnownNames(Schema.Members.Names), json, guard).TrySplit(out var start, out var end)
            && JsonRepairer.IsJson(json.WrittenSpan, guard)
            && TryRead(json.WrittenMemory, Rungs.ByName | AnswerText.Around(text[..start], text[end..], guard), Tolerance.Salvage, isWrapped: false, out reading);
    }

    /// <summary>The names of all members, which distinguish a member from a quotation that looks like one; null where members may have any name.</summary>
    private KnownNames? Names()
    {
        _names = _areNamesRead ? _names : _root.AllNames();
        _areNamesRead = true;
        return _names;
    }

    private static ContractReading<T> Nothing => ContractReading<T>.Failed(PromptErrorCode.InvalidJson);

    /// <summary>Whether what begins with a brace or bracket may be the answer's JSON.</summary>
    private bool CanBegin(ReadOnlySpan<byte> before, ReadOnlySpan<byte> piece)
    {
        if (piece[0] == '{')
        {
            return new JsonRepairer(piece, new ArrayBufferWriter<byte>(), guard).BeginsObject();
        }

        var next = AnswerText.TrimStart(piece[1..], guard);
        if (next.IsEmpty || next[0] is (byte)'{' || !contract.IsWrapped)
        {
            return !next.IsEmpty && next[0] == '{';
        }

        // A bracket in the middle of a sentence is a reference or a link.
        var line = AnswerText.TrimLine(before, guard);
        return next[0] is (byte)'[' or (byte)'"' or (byte)'\'' or (byte)'`' || line.IsEmpty || line[^1] is (byte)'\n' or (byte)':' or (byte)'`' || line.EndsWith("json"u8);
    }

    private readonly bool IsWrapper(ReadOnlyMemory<byte> json)
    {
        var tokens = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = ContractLimits.Depth });
        if (!tokens.Read() || tokens.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (tokens.Read() && tokens.TokenType == JsonTokenType.PropertyName)
        {
            guard.ChargeToken(tokens.ValueSpan.Length);
            if (Words.Fold(tokens.GetString(), "value".Length) == "value")
            {
                return true;
            }

            tokens.Read();
            tokens.TrySkip(guard);
        }

        return false;
    }

    /// <summary>Reads a number, name or other scalar that is the whole answer, or the whole content of a fence.</summary>
    private bool TryReadScalar(ReadOnlySpan<byte> text, Tolerance level, out ContractReading<T> reading)
    {
        reading = default;
        var body = AnswerText.InFence(text, guard, out var rungs);
        if (!TryParse(body, out var json) && !TryParseEscaped(body, out json))
        {
            var target = contract.IsWrapped ? Schema.Choices is [var choice] ? choice : Schema : Schema.Members.Names is [var only] ? Schema.Property(only)! : SchemaNode.Of(default);
            var isText = target.Type == "string" && target.Names.Count == 0 && target.Format.Length == 0;
            guard.ChargeToken(body.Length);
            var content = Encoding.UTF8.GetString(body);
            var isNull = contract.IsWrapped && !isText && Words.Fold(content, "none".Length, guard) is "none" or "null";
            // Prose in the place of a record is no record, whatever its one member is.
            if (!isNull && (target.Type is "" or "object" or "array" || (isText && !contract.IsWrapped) || LooksLikeJson(body)))
            {
                return false;
            }

            rungs |= isNull ? Rungs.Constant : Rungs.None;
            json = isNull ? "null"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(content, RepairJson.Default.String);
        }

        return TryRead(json, rungs, level, isWrapped: false, out reading);
    }

    private readonly bool LooksLikeJson(ReadOnlySpan<byte> text) => text[0] is (byte)'{' or (byte)'[' or (byte)'"' || text.IndexOf("\"value\""u8, guard) >= 0;

    /// <summary>An object that was escaped for a string, whose quotation marks were then left away.</summary>
    private readonly bool TryParseEscaped(ReadOnlySpan<byte> body, out byte[] json)
    {
        json = [];
        return body[0] == '{' && body.IndexOf("\\\""u8, guard) > 0 && TryParse([(byte)'"', .. body, (byte)'"'], out json);
    }

    private readonly bool TryParse(ReadOnlySpan<byte> body, out byte[] json)
    {
        json = body.ToArray();
        return body[0] is not ((byte)'{' or (byte)'[') && JsonRepairer.IsJson(body, guard);
    }

    private bool TryRead(ReadOnlyMemory<byte> json, Rungs rungs, Tolerance level, bool isWrapped, out ContractReading<T> reading)
    {
        rungs |= contract.IsWrapped && !isWrapped ? Rungs.Unwrapped : Rungs.None;
        if (TryJudge([.. json.Span, (byte)'\n'], rungs, isWrapped, out reading))
        {
            return true;
        }

        // Parsed once, written once.
        guard.ChargeToken(2L * json.Length);
        using var document = Parse(json);
        using var fitter = new ContractFitter(level, contract.Name, guard);
        var fitted = fitter.Fit(document.RootElement, isWrapped ? _root : Schema);
        // Where text had to be separated from names by guessing, an unknown name is no name.
        return fitter.Rungs != Rungs.None
            && (level == Tolerance.Salvage || (rungs & (Rungs.Unquoted | Rungs.InnerQuotes)) == 0 || !fitter.Rungs.HasFlag(Rungs.ExtraMember))
            && TryJudge(fitted, rungs | fitter.Rungs, isWrapped, out reading);
    }

    private bool TryJudge(ReadOnlySpan<byte> line, Rungs rungs, bool isWrapped, out ContractReading<T> reading)
    {
        reading = new AnswerReader<T>(contract, Ascii.IsValid(line), guard).ReadValue(line, isWrapped);
        if (reading.Code != PromptErrorCode.None)
        {
            return false;
        }

        rungs |= reading.Rungs.Contains("Case") ? Rungs.Case : Rungs.None;
        reading = reading with { Rungs = rungs.Names() };
        return true;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ContractLimits.Depth });
}
