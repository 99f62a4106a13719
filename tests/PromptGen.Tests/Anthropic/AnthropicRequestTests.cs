using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Tests.Anthropic;

public sealed class AnthropicRequestTests : AnthropicTestBase
{
    [Fact]
    public void The_clients_own_extension_is_this_packages()
    {
        var client = new AnthropicClient(new ClientOptions { ApiKey = Key }).AsIChatClient(Model);

        Assert.NotNull(client.GetService(typeof(IFailureClassifier)));
    }

    [Fact]
    public async Task A_plain_request_has_room_for_a_whole_answer()
    {
        AssertJson(
            """{"max_tokens":4096,"messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}],"model":"claude-test"}""",
            await BodyOfAsync(null));
        Assert.Contains(Key, string.Concat(Server.Requests[0].Headers.Values));
    }

    [Fact]
    public async Task System_messages_and_instructions_are_sent_as_system()
    {
        await BodyOfAsync(new ChatOptions { Instructions = "First." }, new(ChatRole.System, "Second."), new(ChatRole.User, "Hello"));

        Assert.Contains("First.", Server.Requests[0].TextOf("system"));
        Assert.Contains("Second.", Server.Requests[0].TextOf("system"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sampling_options_that_the_SDK_drops_are_sent(bool streamed)
    {
        var options = new ChatOptions
        {
            Temperature = 0.1f,
            TopP = 0.9f,
            TopK = 5,
            MaxOutputTokens = 300,
            StopSequences = ["END"],
            ModelId = "claude-other",
            Instructions = "Be brief.",
        };
        Server.Enqueue(ModelReply.Text("ok"));
        if (streamed)
        {
            await Client.GetStreamingResponseAsync("Hello", options).ToChatResponseAsync();
        }
        else
        {
            await Client.GetResponseAsync("Hello", options);
        }

        var body = Server.Requests[0].Body;
        Assert.Equal("0.1 0.9 5", $"{body.GetProperty("temperature")} {body.GetProperty("top_p")} {body.GetProperty("top_k")}");
        Assert.Equal("300 claude-other", $"{body.GetProperty("max_tokens")} {body.GetProperty("model")}");
        AssertJson("""["END"]""", body.GetProperty("stop_sequences"));
        AssertJson("""[{"role":"user","content":[{"type":"text","text":"Hello"}]}]""", body.GetProperty("messages"));
        Assert.Equal(streamed, Server.Requests[0].IsStreaming);
        Assert.Null(options.RawRepresentationFactory);
    }

    [Fact]
    public async Task Temperature_alone_keeps_the_clients_model_and_limit()
    {
        var body = await BodyOfAsync(new ChatOptions { Temperature = 0f });

        Assert.Equal("0 4096 claude-test", $"{body.GetProperty("temperature")} {body.GetProperty("max_tokens")} {body.GetProperty("model")}");
    }

    [Fact]
    public async Task A_schema_is_sent_as_structured_output_also_beside_a_temperature()
    {
        var schema = Json("""{"type":"object","properties":{"a":{"type":"string","maxLength":3}},"required":["a"],"additionalProperties":false}""");

        await BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "answer"), Temperature = 0.5f });

        var sent = Server.Requests[0].Schema!.Value;
        Assert.Contains("maxLength", sent.GetProperty("properties").GetProperty("a").GetProperty("description").GetString());
        Assert.False(sent.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public async Task Json_without_a_schema_is_asked_for_in_words()
    {
        await BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Json, Instructions = "Be brief." });

        Assert.Equal("Be brief.\n\nAnswer with one JSON object and nothing else.", Server.Requests[0].TextOf("system"));
    }

    [Fact]
    public async Task A_schema_without_an_object_at_its_root_is_asked_for_in_words()
    {
        await BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Json("""{"type":"array","items":{"type":"string"}}""")) });

        Assert.Contains("""{"type":"array","items":{"type":"string"}}""", Server.Requests[0].TextOf("system"));
        Assert.Null(Server.Requests[0].Schema);
    }

    [Fact]
    public async Task Images_tools_and_results_are_sent()
    {
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create((int id) => id, "lookup", "Finds one")],
            ToolMode = ChatToolMode.RequireAny,
            AllowMultipleToolCalls = false,
        };

        var body = await BodyOfAsync(
            options,
            new(ChatRole.User, [new TextContent("See:"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "lookup", new Dictionary<string, object?> { ["id"] = 7 })]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "seven")]));

        var messages = body.GetProperty("messages");
        AssertJson("""{"data":"AQID","media_type":"image/png","type":"base64"}""", Sorted(messages[0].GetProperty("content")[1].GetProperty("source")));
        Assert.Equal("tool_use", messages[1].GetProperty("content")[0].GetProperty("type").GetString());
        Assert.Equal("tool_result", messages[2].GetProperty("content")[0].GetProperty("type").GetString());
        Assert.Equal("lookup", body.GetProperty("tools")[0].GetProperty("name").GetString());
        AssertJson("""{"disable_parallel_tool_use":true,"type":"any"}""", Sorted(body.GetProperty("tool_choice")));
    }

    private static System.Text.Json.JsonElement Sorted(System.Text.Json.JsonElement element) =>
        Json("{" + string.Join(',', element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}")) + "}");
}
