using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PromptGen.Testing.Protocols;

/// <summary>The chat completions that clients asked to store, found by their metadata. Thread-safe.</summary>
internal sealed class StoredCompletions
{
    private readonly List<(JsonElement Metadata, byte[] Answer)> _stored = [];

    /// <summary>Stores an answer as soon as it is made: the client may never get it.</summary>
    public void Add(ModelRequest request, WireProtocol protocol, ModelReply reply)
    {
        if (reply.Status == 200 && !request.IsStreaming && request.Body.TryGetProperty("store", out var store) && store.ValueKind == JsonValueKind.True
            && request.Body.TryGetProperty("metadata", out var metadata))
        {
            lock (_stored)
            {
                _stored.Add((metadata, protocol.WriteAnswer(request, reply)));
            }
        }
    }

    /// <summary>Writes the list that a query asks for, the latest first.</summary>
    public byte[] List(IQueryCollection query)
    {
        var asked = query.Where(static each => each.Key.StartsWith("metadata[", StringComparison.Ordinal)).Select(static each => (Name: each.Key["metadata[".Length..^1], Value: each.Value.ToString())).ToArray();
        var most = int.TryParse(query["limit"], out var limit) ? limit : 20;
        lock (_stored)
        {
            var found = Enumerable.Reverse(_stored)
                .Where(each => asked.All(pair => each.Metadata.TryGetProperty(pair.Name, out var value) && value.GetString() == pair.Value))
                .Take(most)
                .Select(static each => $"{Encoding.UTF8.GetString(each.Answer)[..^1]},\"metadata\":{each.Metadata.GetRawText()}}}");
            return Encoding.UTF8.GetBytes($$"""{"object":"list","data":[{{string.Join(',', found)}}],"has_more":false}""");
        }
    }
}
