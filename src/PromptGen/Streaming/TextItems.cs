namespace PromptGen.Streaming;

/// <summary>Text as it comes: one item for each update, never half of a surrogate pair, and nothing before the first visible character.</summary>
internal sealed class TextItems : ItemReader<string>
{
    private int _handedOver;
    private int _blank;
    private bool _hasEnded;

    public override ItemReader<string> Another() => new TextItems();

    public override void Begin()
    {
        base.Begin();
        _handedOver = 0;
        _blank = 0;
        _hasEnded = false;
    }

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
        if (Code == PromptErrorCode.None && IsBlank())
        {
            Fail(PromptErrorCode.EmptyOutput);
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
