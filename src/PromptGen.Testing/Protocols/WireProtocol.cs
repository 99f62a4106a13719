using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PromptGen.Testing.Protocols;

/// <summary>How one provider's requests are read and its answers written. Independent of sockets and transport faults.</summary>
internal abstract class WireProtocol
{
    // The longest piece of text that one event of a stream carries: short, so that tests can cut between pieces.
    private const int PieceLength = 8;

    public abstract ModelProtocol Protocol { get; }

    /// <summary>The header that carries the provider's request id.</summary>
    public abstract string RequestIdHeader { get; }

    public abstract IReadOnlyList<ModelMessage> ReadMessages(JsonElement body);

    public abstract JsonElement? ReadSchema(JsonElement body);

    public abstract int? ReadMaxOutputTokens(JsonElement body);

    /// <summary>A plain answer.</summary>
    public abstract byte[] WriteAnswer(ModelRequest request, ModelReply reply);

    /// <summary>A streamed answer, up to and including its end mark.</summary>
    public abstract IEnumerable<StreamEvent> WriteEvents(ModelRequest request, ModelReply reply);

    /// <summary>The body of an error answer.</summary>
    public abstract byte[] WriteError(ModelReply reply);

    /// <summary>An error in the midst of a stream.</summary>
    public abstract StreamEvent WriteErrorEvent(ModelReply reply);

    /// <summary>An event that breaks off within its JSON.</summary>
    public abstract StreamEvent WriteMalformedEvent();

    /// <summary>The error for a request that the provider does not take; null where it takes it.</summary>
    public virtual ModelReply? Reject(ModelRequest request) => null;

    /// <summary>Turns some replies into the form that the protocol has for them.</summary>
    public virtual ModelReply Adapt(ModelReply reply) => reply;

    protected static int InputTokens(ModelRequest request, ModelReply reply) =>
        reply.InputTokens ?? Estimate(request.Messages.Sum(message => message.Text.Length));

    protected static int OutputTokens(ModelReply reply) =>
        reply.OutputTokens ?? Estimate(reply.Content.Length + (reply.RefusalText?.Length ?? 0) + reply.ToolCalls.Sum(call => call.Arguments.Length));

    protected static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part =>
            Property(part, "text") is { ValueKind: JsonValueKind.String } text ? text.GetString() : Property(part, "content") is { } inner ? TextOf(inner) : "")),
        _ => "",
    };

    protected static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } owner && owner.TryGetProperty(name, out var value) ? value : null;

    protected static int? Integer(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    protected static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    protected static string JsonText(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Json(write));

    /// <summary>Cuts the text of a reply into the pieces that the reply asks for.</summary>
    protected static IEnumerable<string> Pieces(ModelReply reply, string text) => reply.WordByWord ? Words(text) : Pieces(text);

    /// <summary>Cuts text into pieces, never within a surrogate pair.</summary>
    protected static IEnumerable<string> Pieces(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + PieceLength, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
            {
                end++;
            }

            yield return text[start..end];
            start = end;
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf(' ', start + 1) is > 0 and var space ? space : text.Length;
            yield return text[start..end];
            start = end;
        }
    }

    private static int Estimate(int characters) => Math.Max(1, (characters + 3) / 4);
}
