using System.IO.Compression;
using System.Text;
using System.Text.Json;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Makes up answers that no provider should give: any status with any headers and any body. The same seed gives the same answers.</summary>
/// <param name="seed">The seed.</param>
/// <param name="good">The text of an answer that would be accepted.</param>
/// <param name="errorText">What was sent, to be repeated wherever there is room for it.</param>
internal sealed class HostileReplies(int seed, string good, string errorText)
{
    private static readonly int[] Statuses =
    [
        200, 200, 200, 200, 200, 200, 201, 202, 203, 204, 205, 206, 226, 299, 300, 301, 302, 303, 304, 305, 307, 308, 399, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410,
        413, 415, 418, 421, 422, 423, 425, 426, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 511, 520, 529, 598, 599, 600, 777, 999,
    ];

    // No wait from 4.4 s to 5 s: the wall sits out no longer ones, and from 5 s on nothing is waited for.
    private static readonly string[] RetryAfters =
    [
        "0", "1", "-1", "4", "0.001", "1e400", "abc", "NaN", "Infinity", "-Infinity", "0x10", ",,,", "2, 7, x", "99999999999999999999", new('9', 400),
        "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 32 Foo 2026 25:61:61 GMT", "P1D", "1;2", "\"3\"",
    ];

    private static readonly string[] Encodings = ["identity", "gzip", "br", "deflate", "gzip, gzip", "zstd", "none of these", "x-CANARY"];

    private static readonly string[] ContentTypes =
    [
        "application/json", "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=of-no-use", "text/event-stream",
        "text/event-stream", "text/html", "text/plain", "application/octet-stream", "application/problem+json", "multipart/mixed; boundary=x", "image/png", "*/*", "application/json;;;", "json",
    ];

    private readonly Random _random = new(seed);

    /// <summary>What the latest answers were, for the message of a test that fails.</summary>
    public Queue<string> Latest { get; } = new();

    public ModelReply Next(ModelRequest request)
    {
        lock (_random)
        {
            var status = Pick(Statuses);

            // Without a body the answer ends with its headers: a fault after that would strike the next request, before the server sees it.
            var hasBody = status is not (204 or 205 or 304);
            var (name, body) = hasBody ? Body(request.ModelId == Models.Mini) : ("none", []);
            var headers = Headers();
            Latest.Enqueue($"{request.Number}: {status} {name} {string.Join(' ', headers.Select(static header => $"{header.Key}={header.Value[..Math.Min(30, header.Value.Length)]}"))}");
            while (Latest.Count > 20)
            {
                Latest.Dequeue();
            }

            return ModelReply.Raw(status, Pick(ContentTypes), body) with { RetryAfter = Chance(3) ? Pick(RetryAfters) : null, Headers = headers, Fault = hasBody ? Fault() : ModelFault.None };
        }
    }

    private ModelFault Fault() => _random.Next(20) switch
    {
        0 => ModelFault.Cut,
        1 => ModelFault.CutAndReset,
        2 => ModelFault.MalformedChunk,
        3 => ModelFault.Reset,
        4 => ModelFault.NotHttp,
        _ => ModelFault.None,
    };

    private Dictionary<string, string> Headers()
    {
        var headers = new Dictionary<string, string>();
        Add("Content-Encoding", 6, () => Pick(Encodings));
        Add("retry-after-ms", 8, () => Pick(RetryAfters));
        Add("x-request-id", 3, () => errorText);
        Add("request-id", 3, () => errorText);
        Add("Location", 4, () => Chance(2) ? "http://127.0.0.1:1/CANARY" : "::CANARY::");
        Add("x-echo", 4, () => errorText);
        Add("x-huge", 12, () => new string('x', Pick([20_000, 70_000])));
        Add("Content-Language", 8, () => "\t , ;=\"");
        Add("Set-Cookie", 8, () => "CANARY=CANARY; expires=never");
        return headers;

        void Add(string name, int oneIn, Func<string> value)
        {
            if (Chance(oneIn))
            {
                headers[name] = value();
            }
        }
    }

    private (string Name, byte[] Body) Body(bool openAI)
    {
        var answer = openAI ? OpenAI(good) : Anthropic(good);
        return _random.Next(22) switch
        {
            0 or 1 => ("good", Utf8(answer)),
            2 => ("truncated", Utf8(answer[.._random.Next(answer.Length)])),
            3 => ("UTF-16", Encoding.Unicode.GetBytes(answer)),
            4 => ("Latin 1", Encoding.Latin1.GetBytes(answer.Replace("Charged", "Ünlößbar", StringComparison.Ordinal))),
            5 => ("BOM", [.. Encoding.UTF8.Preamble, .. Utf8(answer)]),
            6 => ("binary", Binary(_random.Next(4_096))),
            7 => ("gzip", GZip(Utf8(answer))),
            8 => ("gzip bomb", GZip(new byte[4 * 1024 * 1024])),
            9 => ("empty", []),
            10 => ("deep", Utf8(string.Concat(Enumerable.Repeat(Pick(["[", "{\"error\":"]), 20_000)))),
            11 => ("no object", Utf8(Pick(["null", "42", "\"CANARY\"", "[]", "[null]", "true", "{}", "-", "1e999"]))),
            12 => ("wrong kinds", Utf8(WrongKinds(openAI))),
            13 => ("impossible usage", Utf8(answer.Replace(":1,", Pick([":-9223372036854775808,", ":9223372036854775807,", ":1e308,", ":null,", ":\"1\","]), StringComparison.Ordinal))),
            14 or 15 => ("error", Utf8(Error())),
            16 => ("events", Utf8(Events(answer))),
            17 => ("events of an error", Utf8($"event: error\ndata: {Error()}\n\ndata: [DONE]\n\n")),
            18 => ("events without end", Utf8("data: " + new string('x', 50_000))),
            19 => ("NUL", new byte[1_000]),
            20 => ("web page", Utf8($"<html>{errorText}</html>")),
            _ => ("another answer", Utf8(openAI ? Anthropic(good) : OpenAI(good))),
        };
    }

    private string Error()
    {
        var text = JsonSerializer.Serialize(Pick([errorText, "sk-CANARY-KEY", "context_length_exceeded", "overloaded_error", "insufficient_quota", "invalid_request_error", new string('c', 5_000)]));
        var details = Pick([text, "null", "7", "{\"error_code\":" + text + "}", "[" + text + "]"]);
        var error = $$"""{"type":{{text}},"code":{{details}},"message":{{JsonSerializer.Serialize(errorText)}},"details":{{details}},"innererror":{{details}}}""";
        return Pick([$$"""{"error":{{error}}}""", $$"""[{"error":{{error}}}]""", error, $$"""{"error":{{text}}}""", $$"""{"type":"error","error":{{error}},"request_id":{{text}}}"""]);
    }

    private string Events(string answer) => string.Concat(Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Pick(
    [
        $"data: {answer}\n\n", "data: {\n\n", ": CANARY\n\n", "event: ping\ndata: {}\n\n", "data:\n\n", "retry: -1\n", "id: \0\n", "data: [DONE]\n\n", "\r\r\r",
        "event: message_start\ndata: {\"type\":\"message_start\"}\n\n", "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":-1,\"delta\":{}}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"Dear \"}}]}\n\n", "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n", "data: null\n\n",
    ])));

    private string WrongKinds(bool openAI)
    {
        var odd = Pick(["null", "7", "[]", "{}", "\"CANARY\"", "true", "[[]]", "-1"]);
        return openAI
            ? Pick([$$"""{"choices":{{odd}}}""", $$"""{"choices":[{{odd}}]}""", $$"""{"choices":[{"message":{{odd}}}]}""", $$"""{"choices":[{"message":{"content":{{odd}}},"finish_reason":{{odd}}}],"usage":{{odd}}}"""])
            : Pick([$$"""{"content":{{odd}}}""", $$"""{"type":"message","role":{{odd}},"content":[{{odd}}],"stop_reason":{{odd}},"usage":{{odd}}}""", $$"""{"id":{{odd}},"model":{{odd}},"content":[{"type":"text","text":{{odd}}}]}"""]);
    }

    private static string OpenAI(string text) =>
        $$"""{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{JsonSerializer.Serialize(text)}}},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2} }""";

    private static string Anthropic(string text) =>
        $$"""{"id":"m1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":{{JsonSerializer.Serialize(text)}}}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1,"cache_read_input_tokens":0} }""";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] GZip(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }

    private byte[] Binary(int length)
    {
        var body = new byte[length];
        _random.NextBytes(body);
        return body;
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
