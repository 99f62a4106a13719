using Microsoft.Extensions.AI;

namespace PromptGen.Streaming;

/// <summary>
/// The updates themselves, for callers without a contract. The first one that holds a part of an answer commits; what came before it (a
/// role, an id, thoughts) is held back until then, so that an answer which breaks off there can still be replaced.
/// </summary>
internal sealed class UpdateItems : ItemReader<ChatResponseUpdate>
{
    private readonly Queue<ChatResponseUpdate> _updates = new();
    private bool _hasAnswer;

    public override void Begin()
    {
        base.Begin();
        _updates.Clear();
        _hasAnswer = false;
    }

    public override void Add(ChatResponseUpdate update)
    {
        base.Add(update);
        _updates.Enqueue(update);
        foreach (var content in update.Contents)
        {
            _hasAnswer |= content is TextContent { Text.Length: > 0 } or FunctionCallContent or DataContent or UriContent;
        }
    }

    public override bool MoveNext()
    {
        if (!_hasAnswer || Code != PromptErrorCode.None || !_updates.TryDequeue(out var update))
        {
            return false;
        }

        Current = update;
        return true;
    }

    public override void End()
    {
        if (!_hasAnswer && Code == PromptErrorCode.None)
        {
            Fail(PromptErrorCode.EmptyOutput);
        }
    }
}
