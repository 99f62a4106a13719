using System.ComponentModel;
using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Tests.OpenAI;

public sealed class OpenAIRequestTests : OpenAITestBase
{
    [Fact]
    public async Task A_plain_request_holds_model_and_messages_and_nothing_else()
    {
        var body = await BodyOfAsync(null);

        AssertJson("""{"model":"gpt-test","messages":[{"role":"user","content":"Hello"}]}""", body);
        Assert.Equal("Bearer " + Key, Server.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task Roles_and_instructions_keep_their_order()
    {
        var body = await BodyOfAsync(
            new ChatOptions { Instructions = "First." },
            new(ChatRole.System, "Second."),
            new(new ChatRole("developer"), "Third."),
            new(ChatRole.User, [new TextContent("a"), new TextContent("b")]) { AuthorName = "Ann Ö" },
            new(ChatRole.Assistant, "c"));

        AssertJson(
            """
            [{"role":"system","content":"First."},{"role":"system","content":"Second."},{"role":"developer","content":"Third."},
             {"role":"user","name":"Ann__","content":"ab"},{"role":"assistant","content":"c"}]
            """,
            body.GetProperty("messages"));
    }

    [Fact]
    public async Task Images_audio_and_files_are_parts_of_a_message()
    {
        var image = new UriContent(new Uri("https://example.com/a b.png"), "image/png") { AdditionalProperties = new() { ["detail"] = "low" } };

        var body = await BodyOfAsync(null, new ChatMessage(ChatRole.User, [
            new TextContent("See:"),
            image,
            new DataContent(new byte[] { 1, 2, 3 }, "image/jpeg"),
            new DataContent(new byte[] { 1, 2, 3 }, "audio/wav"),
            new DataContent(new byte[] { 1, 2, 3 }, "application/pdf"),
            new HostedFileContent("file-1")]));

        AssertJson(
            """
            [{"type":"text","text":"See:"},{"type":"image_url","image_url":{"url":"https://example.com/a%20b.png","detail":"low"}},
             {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,AQID"}},{"type":"input_audio","input_audio":{"data":"AQID","format":"wav"}},
             {"type":"file","file":{"filename":"document.pdf","file_data":"data:application/pdf;base64,AQID"}},{"type":"file","file":{"file_id":"file-1"}}]
            """,
            body.GetProperty("messages")[0].GetProperty("content"));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/a.png")]
    public async Task Addresses_that_are_not_on_the_web_are_not_sent(string address)
    {
        var call = () => BodyOfAsync(null, new ChatMessage(ChatRole.User, [new UriContent(new Uri(address), "image/png")]));

        Assert.Equal(PromptErrorCode.Configuration, (await Assert.ThrowsAsync<ProviderRequestException>(call)).Code);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Content_without_a_form_on_the_wire_is_refused_before_it_is_sent()
    {
        var call = () => BodyOfAsync(null, new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "video/mp4")]));

        Assert.Contains("video/mp4", (await Assert.ThrowsAsync<ProviderRequestException>(call)).Message);
    }

    [Fact]
    public async Task Tool_calls_and_results_go_back_one_message_for_each_result()
    {
        var body = await BodyOfAsync(
            null,
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "lookup", new Dictionary<string, object?> { ["id"] = 7 }), new FunctionCallContent("c2", "now")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "seven"), new FunctionResultContent("c2", Json("""{"hour":9}"""))]));

        AssertJson(
            """
            [{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"lookup","arguments":"{\u0022id\u0022:7}"}},
              {"id":"c2","type":"function","function":{"name":"now","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"seven"},{"role":"tool","tool_call_id":"c2","content":"{\u0022hour\u0022:9}"}]
            """,
            body.GetProperty("messages"));
    }

    [Fact]
    public async Task A_refusal_goes_back_as_one()
    {
        var body = await BodyOfAsync(null, new ChatMessage(ChatRole.Assistant, [new ErrorContent("No.") { ErrorCode = "Refusal" }]));

        AssertJson("""[{"role":"assistant","refusal":"No."}]""", body.GetProperty("messages"));
    }

    [Fact]
    public async Task Tools_are_declared_with_choice_and_parallel_flag()
    {
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create(([Description("Which")] int id) => id, "lookup", "Finds one")],
            ToolMode = ChatToolMode.RequireSpecific("lookup"),
            AllowMultipleToolCalls = false,
        };

        var body = await BodyOfAsync(options);

        var function = body.GetProperty("tools")[0].GetProperty("function");
        Assert.Equal(("lookup", "Finds one"), (function.GetProperty("name").GetString(), function.GetProperty("description").GetString()));
        Assert.Equal("Which", function.GetProperty("parameters").GetProperty("properties").GetProperty("id").GetProperty("description").GetString());
        AssertJson("""{"type":"function","function":{"name":"lookup"}}""", body.GetProperty("tool_choice"));
        Assert.False(body.GetProperty("parallel_tool_calls").GetBoolean());
    }

    [Fact]
    public async Task Each_tool_mode_has_its_word_and_none_is_sent_without_tools()
    {
        AITool[] tools = [AIFunctionFactory.Create(() => 1, "one")];

        Assert.Equal("auto", (await BodyOfAsync(new() { Tools = tools, ToolMode = ChatToolMode.Auto })).GetProperty("tool_choice").GetString());
        Assert.Equal("none", (await BodyOfAsync(new() { Tools = tools, ToolMode = ChatToolMode.None })).GetProperty("tool_choice").GetString());
        Assert.Equal("required", (await BodyOfAsync(new() { Tools = tools, ToolMode = ChatToolMode.RequireAny })).GetProperty("tool_choice").GetString());
        Assert.False((await BodyOfAsync(new() { ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = true })).TryGetProperty("tool_choice", out _));
    }

    [Fact]
    public async Task Sampling_options_are_sent_under_their_names()
    {
        var body = await BodyOfAsync(new ChatOptions
        {
            Temperature = 0.1f,
            TopP = 0.9f,
            FrequencyPenalty = 0.5f,
            PresencePenalty = -0.5f,
            Seed = 42,
            MaxOutputTokens = 300,
            StopSequences = ["END", "\n\n"],
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.ExtraHigh },
            AdditionalProperties = new() { ["service_tier"] = "flex", ["store"] = false, ["metadata"] = Json("""{"a":"b"}""") },
        });

        AssertJson(
            """
            {"model":"gpt-test","messages":[{"role":"user","content":"Hello"}],"temperature":0.1,"top_p":0.9,"frequency_penalty":0.5,"presence_penalty":-0.5,
             "seed":42,"max_completion_tokens":300,"stop":["END","\n\n"],"reasoning_effort":"xhigh","service_tier":"flex","store":false,"metadata":{"a":"b"}}
            """,
            body);
    }

    [Fact]
    public async Task A_server_that_accepts_only_max_tokens_gets_that()
    {
        var body = await BodyOfAsync(new ChatOptions { MaxOutputTokens = 300, AdditionalProperties = new() { ["max_tokens"] = 300 } });

        Assert.Equal(300, body.GetProperty("max_tokens").GetInt32());
        Assert.False(body.TryGetProperty("max_completion_tokens", out _));
    }

    [Fact]
    public async Task The_model_of_the_options_replaces_the_clients()
    {
        Assert.Equal("gpt-other", (await BodyOfAsync(new ChatOptions { ModelId = "gpt-other" })).GetProperty("model").GetString());
    }

    [Fact]
    public async Task A_schema_is_sent_as_strict_with_a_name_that_OpenAI_takes()
    {
        var schema = Json("""{"type":"object","properties":{"a":{"type":"string","maxLength":3},"b":{"type":"integer","minimum":1}},"required":["a"]}""");

        var body = await BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "List<Triage>", "One ticket") });

        AssertJson(
            """
            {"type":"json_schema","json_schema":{"name":"List_Triage_","description":"One ticket","strict":true,"schema":{"type":"object","properties":
             {"a":{"type":"string","description":"maxLength: 3"},"b":{"type":["integer","null"],"minimum":1}},"required":["a","b"],"additionalProperties":false}}}
            """,
            body.GetProperty("response_format"));
    }

    [Fact]
    public async Task A_schema_that_strict_mode_cannot_express_is_sent_as_it_is()
    {
        var schema = Json("""{"type":"object","properties":{"map":{"type":"object","additionalProperties":{"type":"integer"}}},"required":["map"]}""");

        var format = (await BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) })).GetProperty("response_format").GetProperty("json_schema");

        Assert.False(format.GetProperty("strict").GetBoolean());
        Assert.Equal("answer", format.GetProperty("name").GetString());
        AssertJson(schema.GetRawText(), format.GetProperty("schema"));
    }

    [Fact]
    public async Task Json_without_a_schema_is_json_object_and_text_is_nothing()
    {
        AssertJson("""{"type":"json_object"}""", (await BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Json })).GetProperty("response_format"));
        Assert.False((await BodyOfAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Text })).TryGetProperty("response_format", out _));
    }

    [Fact]
    public async Task A_streamed_request_asks_for_usage()
    {
        await StreamAsync(ModelReply.Text("ok"));

        var body = Server.Requests[0].Body;
        Assert.True(body.GetProperty("stream").GetBoolean());
        AssertJson("""{"include_usage":true}""", body.GetProperty("stream_options"));
    }
}
