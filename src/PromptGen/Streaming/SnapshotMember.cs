using PromptGen.Streaming;

namespace PromptGen;

/// <summary>A member of an answer that is still coming.</summary>
public sealed class SnapshotMember
{
    private readonly AnswerBuffer _values;
    private readonly int _start;
    private readonly int _end;
    private string? _text;

    internal SnapshotMember(string name, SnapshotState state, AnswerBuffer values, int start, int end)
    {
        Name = name;
        State = state;
        _values = values;
        _start = start;
        _end = end;
    }

    /// <summary>Its name in the JSON of the answer.</summary>
    public string Name { get; }

    /// <summary>How much of it has come.</summary>
    public SnapshotState State { get; }

    /// <summary>
    /// What has arrived of it: of a string its characters, of any other value its JSON; empty where nothing has. Not checked against the
    /// contract. Put together when it is asked for.
    /// </summary>
    public string Text => _text ??= _start == _end ? "" : _values.Text(_start, _end);

    /// <summary>For example <c>summary: Partial</c>. Holds no text of the answer.</summary>
    /// <returns>Name and state.</returns>
    public override string ToString() => $"{Name}: {State}";
}
