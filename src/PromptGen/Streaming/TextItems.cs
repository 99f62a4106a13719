using Microsoft.Extensions.AI;

namespace PromptGen.Streaming;

/// <summary>Text as it comes: one item for each update, never half of a surrogate pair, and nothing before the first visible character.</summary>
internal sealed class TextItems : ItemReader<string>
{
    private TextContinuation? _continuation;
    private int _handedOver;
    private int _blank;
    private bool _hasEnded;

    public override ItemReader<string> Another() => new TextItems();

    public override bool CanContinue => true;

    public override bool HasDiverged => _continuation is { HasDiverged: true };

    public override void Begin()
    {
        base.Begin();
        _continuation = null;
        _handedOver = 0;
        _blank = 0;
        _hasEnded = false;
    }

    public override Continuation ContinuationBehind(int count) => Continuation.OfText(Answer.Text(0, _handedOver));

    public override void Continue(int count)
    {
        Answer.Truncate(_handedOver);
        Reset();
        _continuation = new TextContinuation(Answer.ToString());
        _hasEnded = false;
    }

    public override void Add(ChatResponseUpdate update)
    {
        base.Add(update);
        if (HasDiverged)
        {
            Fail(PromptErrorCode.NotAccepted);
        }
    }

    protected override void Append(string text) => Answer.Append(_continuation is { } continuation ? continuation.Add(text) : text);

    protected override bool FindNext()
    {
        var end = Answer.Length;
        if (Code != PromptErrorCode.None || IsBlank())
        {
            return false;
        }

        if (!_hasEnded && char.IsHighSurrogate(Answer[end - 1]))
        {
            end--;
        }

        if (end <= _handedOver)
        {
            return false;
        }

        Current = Answer.Text(_handedOver, end);
        _handedOver = end;
        return true;
    }

    protected override void Judge()
    {
        _hasEnded = true;
        if (_continuation is { } continuation)
        {
            Answer.Append(continuation.End());
        }

        if (Code == PromptErrorCode.None && (HasDiverged || IsBlank() || _continuation is { IsBlank: true }))
        {
            Fail(HasDiverged ? PromptErrorCode.NotAccepted : PromptErrorCode.EmptyOutput);
        }
    }

    private bool IsBlank()
    {
        while (_blank < Answer.Length && char.IsWhiteSpace(Answer[_blank]))
        {
            _blank++;
        }

        return _blank == Answer.Length && _handedOver == 0;
    }
}
