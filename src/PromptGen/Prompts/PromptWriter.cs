using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace PromptGen.Prompts;

/// <summary>
/// Collects the messages that a template renders. Values are data: they are appended once and never parsed, so that nothing in a value can
/// open a role or a placeholder. Written to by generated code; not thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class PromptWriter
{
    /// <summary>The most characters that one prompt may have: beyond it, a mistake is likelier than a model that takes it.</summary>
    internal const int MaxCharacters = 16_000_000;

    /// <summary>What a writer that is idle holds, so that it keeps no prompt in memory.</summary>
    private static readonly List<ChatMessage> s_none = [];

    [ThreadStatic]
    private static PromptWriter? t_idle;

    private string _schemaText;
    private List<ChatMessage> _messages = new(2);
    private List<AIContent>? _contents;
    private char[] _buffer = ArrayPool<char>.Shared.Rent(1024);
    private int _length;

    /// <summary>The only text of the message so far, not copied yet: a message that is one argument is the argument's own string.</summary>
    private string? _only;
    private PromptRole _role = PromptRole.User;
    private PromptJson? _json;
    private PromptSize _size;
    private RejectedAnswer? _previous;

    /// <summary>Starts an empty prompt.</summary>
    /// <param name="schemaText">What <c>{{schema}}</c> writes.</param>
    internal PromptWriter(string schemaText) => _schemaText = schemaText;

    /// <summary>Takes this thread's idle writer, so that a request allocates none.</summary>
    /// <param name="schemaText">What <c>{{schema}}</c> writes.</param>
    /// <param name="previous">What <c>{{previous}}</c> means; null = no answer was rejected before.</param>
    internal static PromptWriter Rent(string schemaText, RejectedAnswer? previous = null)
    {
        if (t_idle is not { } writer)
        {
            return new PromptWriter(schemaText) { _previous = previous };
        }

        t_idle = null;
        writer._schemaText = schemaText;
        writer._previous = previous;
        writer._messages = new(2);
        writer._buffer = ArrayPool<char>.Shared.Rent(1024);
        return writer;
    }

    /// <summary>Returns a writer, once its prompt is built. Generated templates keep none.</summary>
    internal static void Return(PromptWriter writer)
    {
        writer._schemaText = "";
        writer._previous = null;
        writer._messages = s_none;
        writer._json = null;
        writer._size = default;
        writer._role = PromptRole.User;
        writer.WroteSchema = false;
        t_idle = writer;
    }

    /// <summary>Whether the template wrote the schema.</summary>
    internal bool WroteSchema { get; private set; }

    /// <summary>
    /// Estimate of the prompt's tokens, complete after <see cref="Build"/>: a quarter of the ASCII characters, one per other character,
    /// 4 per message and 1,000 per medium.
    /// </summary>
    internal int EstimatedTokens => _size.Tokens;

    /// <summary>Whether a collection has an element.</summary>
    /// <param name="items">The collection; null has none.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <returns>Whether there is one.</returns>
    public static bool HasAny<T>(IEnumerable<T>? items) => items is not null && items.Any();

    /// <summary>Ends the current message and starts one. A message that is blank is dropped.</summary>
    /// <param name="role">Who says the new message.</param>
    public void Role(PromptRole role)
    {
        EndMessage();
        _role = role;
    }

    /// <summary>Appends text as it is.</summary>
    /// <param name="value">The text; null appends nothing.</param>
    public void Append(string? value)
    {
        if (value is null)
        {
            return;
        }

        if (_length == 0 && _only is null)
        {
            _only = value;
        }
        else
        {
            Append(value.AsSpan());
        }
    }

    /// <summary>Appends <c>true</c> or <c>false</c>.</summary>
    /// <param name="value">The value.</param>
    public void Append(bool value) => Append(value ? "true" : "false");

    /// <summary>Appends <c>true</c> or <c>false</c>.</summary>
    /// <param name="value">The value; null appends nothing.</param>
    public void Append(bool? value)
    {
        if (value is { } present)
        {
            Append(present);
        }
    }

    /// <summary>Appends a value in the invariant culture: dates and times as ISO 8601.</summary>
    /// <param name="value">The value; null appends nothing.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public void Append<T>(T value)
        where T : ISpanFormattable
    {
        if (value is null)
        {
            return;
        }

        CopyOnly();
        int written;
        while (!value.TryFormat(_buffer.AsSpan(_length), out written, FormatOf<T>(), CultureInfo.InvariantCulture))
        {
            Reserve(_buffer.Length - _length + 1);
        }

        _length += written;
    }

    /// <summary>Appends a value in the invariant culture: dates and times as ISO 8601.</summary>
    /// <param name="value">The value; null appends nothing.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public void Append<T>(T? value)
        where T : struct, ISpanFormattable
    {
        if (value is { } present)
        {
            Append(present);
        }
    }

    /// <summary>Appends the name of an enum member.</summary>
    /// <param name="value">The value; one that is not defined appends its number.</param>
    /// <typeparam name="T">The enum.</typeparam>
    public void AppendEnum<T>(T value)
        where T : struct, Enum
    {
        CopyOnly();
        int written;
        while (!Enum.TryFormat(value, _buffer.AsSpan(_length), out written))
        {
            Reserve(_buffer.Length - _length + 1);
        }

        _length += written;
    }

    /// <summary>Appends the name of an enum member.</summary>
    /// <param name="value">The value; null appends nothing.</param>
    /// <typeparam name="T">The enum.</typeparam>
    public void AppendEnum<T>(T? value)
        where T : struct, Enum
    {
        if (value is { } present)
        {
            AppendEnum(present);
        }
    }

    /// <summary>Starts a JSON value at the end of the prompt. It must be complete before anything else is appended.</summary>
    /// <param name="indent">Blanks per level; 0 = all on one line.</param>
    /// <returns>Writes the value.</returns>
    public PromptJson Json(int indent = 0)
    {
        _json ??= new PromptJson(this);
        _json.Start(indent);
        return _json;
    }

    /// <summary>Appends the JSON Schema of the output contract.</summary>
    public void Schema()
    {
        WroteSchema = true;
        Append(_schemaText);
    }

    /// <summary>The last answer of an earlier step of the call, which was rejected.</summary>
    /// <typeparam name="T">The output type of the prompt in its nullable form.</typeparam>
    /// <returns>The answer; null where none was rejected before.</returns>
    public PreviousAnswer<T>? Previous<T>() =>
        _previous is { } rejected ? new PreviousAnswer<T>(rejected.Answer, rejected.Reason, rejected.Value is T value ? value : default) : null;

    /// <summary>Ends the prompt. Nothing can be appended after it.</summary>
    /// <returns>The messages in order.</returns>
    internal List<ChatMessage> Build()
    {
        EndMessage();
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
        return _messages;
    }

    internal void Append(ReadOnlySpan<char> value)
    {
        CopyOnly();
        if (value.Length > _buffer.Length - _length)
        {
            Reserve(value.Length);
        }

        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    internal void Append(char value)
    {
        CopyOnly();
        if (_length == _buffer.Length)
        {
            Reserve(1);
        }

        _buffer[_length++] = value;
    }

    internal void Append(char value, int count)
    {
        CopyOnly();
        if (count > _buffer.Length - _length)
        {
            Reserve(count);
        }

        _buffer.AsSpan(_length, count).Fill(value);
        _length += count;
    }

    /// <summary>ISO 8601 for dates and times: their default formats lose precision or the year's place. Decided when the method is compiled.</summary>
    private static string? FormatOf<T>()
    {
        if (typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly))
        {
            return "O";
        }

        return typeof(T) == typeof(TimeOnly) ? "HH:mm:ss.FFFFFFF" : null;
    }

    private void EndMessage()
    {
        EndText();
        if (_contents is null)
        {
            return;
        }

        _messages.Add(new ChatMessage(ChatRoleOf(_role), _contents));
        _size.AddMessage();
        _contents = null;
    }

    /// <summary>Converts the current text to content. Blank text only separates tags and is not content.</summary>
    private void EndText()
    {
        var only = _only;
        var text = only is null ? _buffer.AsSpan(0, _length) : only.AsSpan();
        _only = null;
        _length = 0;
        if (text.IsWhiteSpace())
        {
            return;
        }

        _size.AddText(text);
        (_contents ??= new List<AIContent>(1)).Add(new TextContent(only ?? new string(text)));
    }

    private static ChatRole ChatRoleOf(PromptRole role) => role switch
    {
        PromptRole.System => ChatRole.System,
        PromptRole.Assistant => ChatRole.Assistant,
        _ => ChatRole.User,
    };

    private void CopyOnly()
    {
        if (_only is { } only)
        {
            _only = null;
            Append(only.AsSpan());
        }
    }

    private void Reserve(int count)
    {
        var needed = (long)_length + count;
        if (_size.Characters + needed > MaxCharacters)
        {
            throw PromptSize.TooLarge();
        }

        var larger = ArrayPool<char>.Shared.Rent((int)Math.Min(Math.Max(needed, _buffer.Length * 2L), MaxCharacters));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
