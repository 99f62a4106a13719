using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using PromptGen.Testing;
using PromptGen.Tests.Providers;

namespace PromptGen.Tests.Anthropic;

/// <summary>What the tests of Anthropic's client have in common.</summary>
public abstract class AnthropicTestBase : ProviderTestBase
{
    protected const string Model = "claude-test";
    protected const string Key = "sk-ant-canary-0123456789";

    protected override IChatClient Connect(ModelServer server) =>
        new AnthropicClient(new ClientOptions { ApiKey = Key, BaseUrl = server.AnthropicEndpoint.ToString() }).AsPromptClient(Model);
}
