using Microsoft.Extensions.AI;
using PromptGen.Streaming;

namespace PromptGen.Chat;

/// <summary>
/// The updates themselves. The first one that a caller can act on commits the call; what came before it (a role, an id) is handed over with
/// it. A model's thoughts alone do not commit: another model that has to take over would think anew.
/// </summary>
internal sealed class ChatUpdates : ItemReader<ChatResponseUpdate>
{
    private readonly Queue<ChatResponseUpdate> _updates = new();
    private bool _hasAnswer;

    public override bool TakesAnyEnd => true;

    public override ItemReader<ChatResponseUpdate> Another() => new ChatUpdates();

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
        _hasAnswer |= ChatAnswer.Holds(update.Contents) || update.FinishReason == ChatFinishReason.ContentFilter;
    }

    protected override bool FindNext()
    {
        if (Code != PromptErrorCode.None || !_hasAnswer || !_updates.TryDequeue(out var update))
        {
            return false;
        }

        Current = update;
        return true;
    }

    protected override void Judge()
    {
        if (Code == PromptErrorCode.None && !_hasAnswer)
        {
            Fail(PromptErrorCode.EmptyOutput);
        }
    }
}
