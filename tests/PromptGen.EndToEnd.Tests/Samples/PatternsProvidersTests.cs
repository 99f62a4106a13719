extern alias patternsSample;

using patternsSample::Acme.Patterns;
using patternsSample::Acme.Patterns.Questions;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>What leaves the patterns once a provider has a key.</summary>
public class PatternsProvidersTests
{
    [Fact]
    public async Task A_provider_with_a_key_is_real_and_the_others_stay_simulated()
    {
        await using var provider = await ModelServer.StartAsync(_ => ModelReply.Json(new { text = "Somebody answers.", confidence = 0.9 }));
        var (code, text) = await RunAsync(provider.OpenAIEndpoint.ToString());

        Assert.Equal(0, code);
        Assert.Contains("REAL: openai.", text, StringComparison.Ordinal);
        Assert.Contains("SIMULATED: anthropic.", text, StringComparison.Ordinal);
        Assert.All(provider.Requests, request => Assert.Equal("Bearer a-key", request.Headers["Authorization"]));
        Assert.All(Question.All, question => Assert.Contains(provider.Requests, request => request.TextOf("user").Contains(question.Text, StringComparison.Ordinal)));
        Assert.DoesNotContain(provider.Requests, request => Question.All.Any(question => request.TextOf("user").Contains(question.Id, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_call_without_an_answer_is_a_row_and_does_not_end_the_program()
    {
        await using var provider = await ModelServer.StartAsync(_ => ModelReply.ContentFilter());
        var (code, text) = await RunAsync(provider.OpenAIEndpoint.ToString(), "rules");

        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^ Q01 .* – .*gpt-5.6-luna ✗ ContentFiltered → a person", text);
    }

    [Fact]
    public async Task An_address_that_is_none_is_explained()
    {
        var (code, text) = await RunAsync("localhost");

        Assert.Equal(1, code);
        Assert.Contains("OPENAI_BASE_URL is not an http address.", text, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Text)> RunAsync(string openAI, params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var code = await PatternsApp.RunAsync(
            arguments.Length > 0 ? arguments : [.. Pattern.All.Select(static pattern => pattern.Name)],
            output,
            variable => variable switch
            {
                "OPENAI_API_KEY" => "a-key",
                "OPENAI_BASE_URL" => openAI,
                "COLUMNS" => "250",
                _ => null,
            },
            CancellationToken.None);

        return (code, output.ToString());
    }
}
