using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptGen.OpenAI.Responses;

/// <summary>Puts together tool calls, whole ones and those that come in pieces over a stream.</summary>
internal sealed class ToolCallAssembler
{
    private readonly SortedDictionary<int, Call> _calls = [];

    /// <summary>Takes the <c>tool_calls</c> of a message or of a piece of one.</summary>
    /// <returns>Whether they brought anything.</returns>
    public bool Add(JsonElement message)
    {
        if (message.Member("tool_calls"u8) is not { ValueKind: JsonValueKind.Array } calls)
        {
            return false;
        }

        var (position, hasGrown) = (0, false);
        foreach (var piece in calls.EnumerateArray())
        {
            hasGrown |= Add(piece, position++);
        }

        return hasGrown;
    }

    /// <summary>The calls in order. Arguments that are not JSON are reported by <see cref="FunctionCallContent.Exception"/>.</summary>
    public IEnumerable<AIContent> Take()
    {
        foreach (var (index, call) in _calls)
        {
            yield return FunctionCallContent.CreateFromParsedArguments(
                call.Arguments.ToString(),
                call.Id ?? $"call_{index}",
                call.Name.ToString(),
                static arguments => Parse(arguments));
        }

        _calls.Clear();
    }

    private static Dictionary<string, object?> Parse(string arguments)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(arguments))
        {
            return result;
        }

        using var document = JsonDocument.Parse(arguments);
        foreach (var argument in document.RootElement.EnumerateObject())
        {
            result[argument.Name] = argument.Value.Clone();
        }

        return result;
    }

    private bool Add(JsonElement piece, int position)
    {
        var id = piece.Text("id"u8);
        var call = CallAt(piece.Member("index"u8) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var index) ? index : IndexOf(id, position));
        call.Id ??= id;
        var before = call.Length;
        if (piece.Member("function"u8) is { } function)
        {
            call.Name.Append(function.Text("name"u8));
            call.Arguments.Append(function.Member("arguments"u8) is { ValueKind: JsonValueKind.Object } parsed ? parsed.GetRawText() : function.Text("arguments"u8));
        }

        return call.Length > before;
    }

    /// <summary>Some servers leave the index out: then a new id begins a new call, and a piece without an id goes on with the last one.</summary>
    private int IndexOf(string? id, int position)
    {
        if (id is null)
        {
            return _calls.Count == 0 ? position : _calls.Keys.Last();
        }

        foreach (var (index, call) in _calls)
        {
            if (call.Id == id)
            {
                return index;
            }
        }

        return _calls.Count == 0 ? 0 : _calls.Keys.Last() + 1;
    }

    private Call CallAt(int index)
    {
        if (!_calls.TryGetValue(index, out var call))
        {
            _calls.Add(index, call = new Call());
        }

        return call;
    }

    private sealed class Call
    {
        public string? Id { get; set; }

        public StringBuilder Name { get; } = new();

        public StringBuilder Arguments { get; } = new();

        public int Length => Name.Length + Arguments.Length;
    }
}
