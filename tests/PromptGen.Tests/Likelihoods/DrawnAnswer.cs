using System.Text;

namespace PromptGen.Tests.Likelihoods;

/// <summary>A drawn answer of JSON, with the places of its value and of that value's members as they were written.</summary>
internal sealed class DrawnAnswer
{
    private static readonly string[] Pieces = ["a", "é", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "}", "{", "[", ",", ":", " ", "漢"];

    private readonly List<byte> _json = [];
    private readonly Random _random;

    private DrawnAnswer(Random random) => _random = random;

    public byte[] Utf8 => [.. _json];

    /// <summary>Whether the value is a member named <c>value</c> of an object.</summary>
    public bool IsWrapped { get; private init; }

    /// <summary>The place of the value.</summary>
    public (int Start, int End) Whole { get; private set; }

    /// <summary>The places of the members, where the value is an object.</summary>
    public Dictionary<string, (int Start, int End)> Members { get; } = [];

    public static DrawnAnswer Draw(Random random)
    {
        var answer = new DrawnAnswer(random) { IsWrapped = random.Next(2) == 0 };
        answer.Space();
        if (answer.IsWrapped)
        {
            answer.Write("{");
            answer.Space();
            answer.Write("\"value\"");
            answer.Colon();
            answer.Whole = random.Next(2) == 0 ? answer.Object(0, answer.Members) : answer.Value(0);
            answer.Space();
            answer.Write("}");
        }
        else
        {
            answer.Whole = answer.Object(0, answer.Members);
        }

        answer.Space();
        return answer;
    }

    private (int, int) Value(int depth) => _random.Next(depth > 3 ? 4 : 6) switch
    {
        0 => Token(_random.Next(-1000, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        1 => Token(_random.Next(2) == 0 ? "true" : "null"),
        2 or 3 => Text(),
        4 => List(depth),
        _ => Object(depth, []),
    };

    private (int, int) Token(string text)
    {
        var start = _json.Count;
        Write(text);
        return (start, _json.Count);
    }

    /// <summary>The place of a text is what its quotes enclose, unless that is nothing.</summary>
    private (int, int) Text()
    {
        var (start, end) = Token("\"" + string.Concat(Enumerable.Range(0, _random.Next(5)).Select(_ => Pieces[_random.Next(Pieces.Length)])) + "\"");
        return end - start == 2 ? (start, end) : (start + 1, end - 1);
    }

    private (int, int) List(int depth)
    {
        var start = _json.Count;
        Write("[");
        for (var i = _random.Next(4); i > 0; i--)
        {
            Space();
            Value(depth + 1);
            Space();
            Write(i > 1 ? "," : "");
        }

        Write("]");
        return (start, _json.Count);
    }

    private (int, int) Object(int depth, Dictionary<string, (int, int)> members)
    {
        var start = _json.Count;
        Write("{");
        for (var i = _random.Next(4); i > 0; i--)
        {
            var name = "m" + i;
            Space();
            Write(_random.Next(3) == 0 ? $"\"\\u006d{i}\"" : $"\"{name}\"");
            Colon();
            members[name] = Value(depth + 1);
            Space();
            Write(i > 1 ? "," : "");
        }

        Write("}");
        return (start, _json.Count);
    }

    private void Colon()
    {
        Space();
        Write(":");
        Space();
    }

    private void Space() => Write(_random.Next(3) == 0 ? "\n  " : "");

    private void Write(string text) => _json.AddRange(Encoding.UTF8.GetBytes(text));
}
