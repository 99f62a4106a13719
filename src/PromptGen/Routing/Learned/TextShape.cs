namespace PromptGen.Routing;

/// <summary>Length and structure of a text: what a router uses of it besides its words.</summary>
internal struct TextShape
{
    /// <summary>A word of this length counts as long.</summary>
    private const int Long = 8;

    private int _words;
    private int _lettersAndDigits;
    private int _digits;
    private int _uppers;
    private int _signs;
    private int _operators;
    private int _lines;
    private int _longWords;
    private int _firstLine;
    private int _lastLine;
    private int _underscores;
    private bool _hasBlank;
    private bool _hasQuestion;
    private bool _isBeyondAscii;

    /// <summary>The names of the numbers, in their order; files of routers name them.</summary>
    public static IReadOnlyList<string> Names => RouterFormat.ShapeNames;

    /// <summary>In UTF-16 units.</summary>
    public int Length { get; set; }

    public void Count(char character, CharacterKind kind)
    {
        _digits += (int)(kind & CharacterKind.Digit) >> 1;
        _uppers += (int)(kind & CharacterKind.Upper) >> 2;
        _signs += (int)(kind & CharacterKind.Sign) >> 4;
        _operators += (int)(kind & CharacterKind.Operator) >> 5;
        _isBeyondAscii |= character > 127;
        _lastLine++;
        if (character == '\n')
        {
            _firstLine = _lines == 0 ? _lastLine : _firstLine;
            _lines++;
            _lastLine = 0;
        }

        _hasQuestion |= character == '?';
        _underscores = character == '_' ? _underscores + 1 : 0;
        _hasBlank |= _underscores == 3;
    }

    public void CountWord(int length)
    {
        _words++;
        _lettersAndDigits += length;
        _longWords += length >= Long ? 1 : 0;
    }

    /// <summary>Writes the numbers, as many as there are <see cref="Names"/>. Counts are logarithms, so that a long text weighs little more than one that is half as long.</summary>
    public readonly void WriteTo(Span<double> numbers)
    {
        var all = Length + 1.0;
        var length = Math.Log(all);
        numbers[0] = length;
        numbers[1] = Math.Log(1 + _words);
        numbers[2] = Math.Log(1 + _digits);
        numbers[3] = _digits / all;
        numbers[4] = Math.Log(1 + _uppers);
        numbers[5] = _uppers / all;
        numbers[6] = _signs / all;
        numbers[7] = Math.Log(1 + _operators);
        numbers[8] = _operators / all;
        numbers[9] = Math.Log(1 + _lines);
        numbers[10] = _lettersAndDigits / (_words + 1.0);
        numbers[11] = _isBeyondAscii ? 1 : 0;
        numbers[12] = _longWords / (_words + 1.0);
        numbers[13] = Math.Log(1 + (_lines == 0 ? _lastLine : _firstLine));
        numbers[14] = Math.Log(1 + _lastLine);
        numbers[15] = length * length;
        numbers[16] = _hasBlank ? 1 : 0;
        numbers[17] = _hasQuestion ? 1 : 0;
    }
}
