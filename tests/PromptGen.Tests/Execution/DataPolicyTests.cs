using Microsoft.Extensions.Configuration;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

public class DataPolicyTests
{
    private static readonly PromptStep Mixed = new(Tier.SelfHosted, [Sample.Mini, Sample.Llama], Sample.Sonnet);

    [Fact]
    public async Task A_prompt_for_self_hosted_models_asks_no_other_whatever_its_route_says()
    {
        using var desk = new Desk();
        desk.Llama.Fails(new ProviderException(PromptErrorCode.Auth));

        var error = await desk.FailAsync(Sample.Define(selfHostedOnly: true, route: Mixed));

        Assert.Equal("llama3.1:70b Initial Auth", error.Attempts.Line());
        Assert.Contains("mini (not self-hosted); sonnet (not self-hosted)", error.Message, StringComparison.Ordinal);
        Assert.Empty(desk.Mini.Requests);
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Theory]
    [InlineData(null, PromptErrorCode.RouteExhausted)]
    [InlineData("true", null)]
    public async Task A_model_moved_to_another_provider_is_self_hosted_only_if_configuration_says_so(string? selfHosted, PromptErrorCode? expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Models:llama3.1:70b:Provider"] = "openai",
            ["Models:llama3.1:70b:SelfHosted"] = selfHosted,
        }).Build();
        using var desk = new Desk(builder => builder.UseConfiguration(configuration));
        desk.Llama.Answers("""{"value":3}""");
        var prompt = Sample.Define(selfHostedOnly: true, route: Mixed);

        if (expected is { } code)
        {
            Assert.Equal(code, (await desk.FailAsync(prompt)).Code);
            Assert.Empty(desk.Llama.Requests);
        }
        else
        {
            Assert.Equal("llama3.1:70b", (await desk.AskAsync(prompt)).ModelId);
        }
    }
}
