using System.Buffers;

namespace PromptGen.Contracts.Repair;

/// <summary>Objects in sequence where a list is required: they are its items, as long as only separators are between them.</summary>
internal sealed class ItemPieces(int length, ReadingGuard guard)
{
    private readonly ArrayBufferWriter<byte> _json = new(Math.Min(length, 4096) + 16);
    private int _start;
    private int _end;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether prose between them makes it doubtful that they are the items of one list.</summary>
    public bool AreAdjacent { get; private set; } = true;

    /// <summary>What was repaired in them, and that they were put together.</summary>
    public Rungs Rungs { get; private set; } = Rungs.SingleToList;

    /// <summary>The list.</summary>
    public ReadOnlyMemory<byte> Json => (byte[])[.. "["u8, .. _json.WrittenSpan, (byte)']'];

    /// <summary>Adds an object of an answer.</summary>
    public void Add(ReadOnlySpan<byte> text, int start, int pieceLength, ReadOnlySpan<byte> json, Rungs rungs)
    {
        if (Count == 0)
        {
            _start = start;
        }
        else
        {
            AreAdjacent &= !AnswerText.IsProse(text[_end..start], guard);
            _json.Write(","u8);
        }

        _json.Write(json);
        _end = start + pieceLength;
        Rungs = (Rungs | rungs | (++Count > 1 ? Rungs.Joined : Rungs.None)) & (Count > 1 ? ~Rungs.SingleToList : ~Rungs.None);
    }

    /// <summary>Whether the last one ends at a place.</summary>
    public bool EndsAt(int end) => Count > 0 && _end == end;

    /// <summary>What surrounds them.</summary>
    public Rungs Around(ReadOnlySpan<byte> text) => AnswerText.Around(text[.._start], text[_end..], guard);
}
