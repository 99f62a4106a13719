using System.ClientModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using static PromptGen.Benchmarks.ThreadTime;
using ChatMessage = OpenAI.Chat.ChatMessage;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace PromptGen.Benchmarks;

/// <summary>
/// Typed calls over HTTP on loopback, against the official OpenAI SDK used by hand: the same messages, the same schema, source-generated System.Text.Json. Both take turns in one
/// run, one call at a time and 32 at once; the server is in the same process. Ends with 1 where the throughput at 32 at once is below 0.95 × of the SDK's.
/// </summary>
internal static class HttpTimes
{
    private const int AtOnce = 32;
    private const int Rounds = 15;
    private const int CallsPerRound = 6_400;
    private const double LeastThroughput = 0.95;

    private const string Product = "Acme Checkout";
    private const string Answer =
        """
        {"id":"chatcmpl-1","object":"chat.completion","created":1764460800,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant",
        "content":"{\"severity\":\"High\",\"urgency\":4,\"summary\":\"Stop after three attempts\",\"confidence\":0.93}","refusal":null},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":400,"completion_tokens":25,"total_tokens":425,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
        "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}},"system_fingerprint":"fp_1"}
        """;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(40);
    private static readonly string s_code = new('x', 1_500);

    public static async Task<int> RunAsync()
    {
        using var server = new LoopbackServer(Answer);
        using var prompts = PromptRuntime.Create(builder => builder.AddOpenAI("sk-benchmark", server.Endpoint).AddProvider("anthropic", static _ => new NoOpChatClient("")));
        var reviewer = new Reviewer(prompts);
        await reviewer.JudgeAsync(Product, s_code);
        var sdk = new OpenAIClient(new ApiKeyCredential("sk-benchmark"), new OpenAIClientOptions { Endpoint = server.Endpoint }).GetChatClient(Models.Mini);
        var options = OptionsLike(server.LatestBody);
        server.KeepsBodies = false;

        var (client, requested) = (sdk.AsPromptClient(), RequestLike(server.LatestBody));
        (string Name, Func<Task> CallAsync)[] rows =
        [
            ("SDK by hand", () => AskByHandAsync(sdk, options)),
            ("PromptGen", () => reviewer.JudgeAsync(Product, s_code)),
            ("its client", () => AskClientAsync(client, requested)),
        ];
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(began) < s_warmUp; i++)
        {
            // Methods that run often are compiled again in the background, which takes its time on a busy machine.
            await RunAsync(rows[i % rows.Length].CallAsync, CallsPerRound, AtOnce);
        }

        await CompareAsync(rows, 1);
        return await CompareAsync(rows, AtOnce) < LeastThroughput ? 1 : 0;
    }

    /// <returns>The throughput of the second row, of that of the first one.</returns>
    private static async Task<double> CompareAsync((string Name, Func<Task> CallAsync)[] rows, int atOnce)
    {
        var calls = atOnce == 1 ? CallsPerRound / 8 : CallsPerRound;
        var wall = rows.Select(static _ => new List<double>()).ToArray();
        var cpu = rows.Select(static _ => new List<double>()).ToArray();
        var bytes = new long[rows.Length];
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var (allocated, spent, started) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
                await RunAsync(rows[i].CallAsync, calls, atOnce);
                var (took, used) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - spent);
                if (round >= 0)
                {
                    wall[i].Add(took.TotalMicroseconds / calls);
                    cpu[i].Add(used.TotalMicroseconds / calls);
                    bytes[i] = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / calls;
                }
            }
        }

        for (var i = 0; i < rows.Length; i++)
        {
            Console.WriteLine($"{atOnce,2} at once  {rows[i].Name,-12} {1e6 / Quartile(wall[i]),9:N0} calls/s {Quartile(wall[i]),7:0.0} µs, CPU of client and server {Quartile(cpu[i]),7:0.0} µs, {bytes[i],7:N0} B per call");
        }

        var ratio = Quartile(wall[0]) / Quartile(wall[1]);
        Console.WriteLine($"{atOnce,2} at once  throughput {ratio:0.00} × of the SDK's, CPU {Quartile(cpu[1]) / Quartile(cpu[0]):0.00} ×");
        return ratio;
    }

    private static async Task RunAsync(Func<Task> callAsync, int calls, int atOnce)
    {
        var left = calls;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            await Task.Yield();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await callAsync();
            }
        }));
    }

    private static async Task<Verdict?> AskByHandAsync(ChatClient sdk, ChatCompletionOptions options)
    {
        ChatMessage[] messages = [new SystemChatMessage($"You review code for {Product}. Answer in JSON."), new UserChatMessage(s_code)];
        ChatCompletion completion = await sdk.CompleteChatAsync(messages, options);
        return JsonSerializer.Deserialize(completion.Content[0].Text, StrictJson.Default.Verdict);
    }

    /// <summary>PromptGen's client by hand: no route, no contract, no ledger.</summary>
    private static async Task<Verdict?> AskClientAsync(IChatClient client, ChatOptions options)
    {
        Microsoft.Extensions.AI.ChatMessage[] messages = [new(ChatRole.System, $"You review code for {Product}. Answer in JSON."), new(ChatRole.User, s_code)];
        var response = await client.GetResponseAsync(messages, options);
        return JsonSerializer.Deserialize(response.Text, StrictJson.Default.Verdict);
    }

    private static (int Limit, JsonElement Format) Sent(string body)
    {
        var sent = JsonElement.Parse(body);
        return (sent.GetProperty("max_completion_tokens").GetInt32(), sent.GetProperty("response_format").GetProperty("json_schema"));
    }

    /// <summary>The options that PromptGen has sent, for its client.</summary>
    private static ChatOptions RequestLike(string body)
    {
        var (limit, format) = Sent(body);
        return new ChatOptions
        {
            ModelId = Models.Mini,
            MaxOutputTokens = limit,
            ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.ForJsonSchema(format.GetProperty("schema").Clone(), format.GetProperty("name").GetString()),
        };
    }

    /// <summary>The options that PromptGen has sent, for the SDK.</summary>
    private static ChatCompletionOptions OptionsLike(string body)
    {
        var (limit, format) = Sent(body);
        return new ChatCompletionOptions
        {
            MaxOutputTokenCount = limit,
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                format.GetProperty("name").GetString(), BinaryData.FromString(format.GetProperty("schema").GetRawText()), jsonSchemaIsStrict: format.GetProperty("strict").GetBoolean()),
        };
    }
}
