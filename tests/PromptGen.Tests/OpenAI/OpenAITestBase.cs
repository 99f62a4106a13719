using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;
using PromptGen.Testing;
using PromptGen.Tests.Providers;

namespace PromptGen.Tests.OpenAI;

/// <summary>What the tests of OpenAI's client have in common.</summary>
public abstract class OpenAITestBase : ProviderTestBase
{
    protected const string Model = "gpt-test";
    protected const string Key = "sk-canary-0123456789";

    protected override IChatClient Connect(ModelServer server) =>
        new OpenAIClient(new ApiKeyCredential(Key), new OpenAIClientOptions { Endpoint = server.OpenAIEndpoint }).GetChatClient(Model).AsPromptClient();
}
