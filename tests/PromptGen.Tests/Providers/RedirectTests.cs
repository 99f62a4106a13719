using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using OpenAI;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Providers;

/// <summary>A redirect must not take a prompt to another host, whoever made the client.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xUnit calls DisposeAsync.")]
public sealed class RedirectTests : IAsyncLifetime
{
    private const string Prompt = "My card 4929-CANARY-TICKET";
    private const string Key = "sk-CANARY-KEY";
    private readonly Stranger _stranger = new();
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ModelServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _stranger.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task An_SDK_client_with_default_options_follows_none(string protocol, int status)
    {
        await AssertNotFollowedAsync(Connect(protocol, null), status);

        Assert.Empty(_stranger.Received);
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task An_HttpClient_that_would_follow_them_does_not(string protocol, int status)
    {
        using var http = new HttpClient(new Outer(new SocketsHttpHandler()));
        Assert.Equal(RedirectHandling.Followed, HttpRedirects.Of(http));
        var client = Connect(protocol, http);

        await AssertNotFollowedAsync(client, status);

        Assert.Empty(_stranger.Received);
        Assert.Equal(RedirectHandling.NotFollowed, HttpRedirects.Of(http));
        Assert.Equal(RedirectHandling.NotFollowed, client.GetService(typeof(RedirectHandling)));
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task An_HttpClient_that_can_no_longer_be_configured_sends_no_prompt_along(string protocol, int status)
    {
        using var http = new HttpClient();
        _ = await http.GetAsync(new Uri(_server.AnthropicEndpoint, "v1/models"));
        var client = Connect(protocol, http);

        if (protocol == "anthropic" || status >= 307)
        {
            await AssertNotFollowedAsync(client, status);
        }
        else
        {
            // .NET turns the request into a GET without body and key. Its response cannot be distinguished from the provider's answer.
            _server.Enqueue(ModelReply.Redirect(_stranger.Address, status));
            await client.GetResponseAsync(Prompt);
        }

        Assert.DoesNotContain("CANARY-TICKET", _stranger.Received, StringComparison.Ordinal);
        Assert.DoesNotContain("POST", _stranger.Received, StringComparison.Ordinal);
        Assert.Equal(status < 307, _stranger.Received.StartsWith("GET / ", StringComparison.Ordinal));
        Assert.Equal(RedirectHandling.Followed, client.GetService(typeof(RedirectHandling)));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_request_that_is_not_redirected_is_sent_as_ever(string protocol)
    {
        using var http = new HttpClient();
        var client = Connect(protocol, http);
        for (var i = 0; i < 3; i++)
        {
            _server.Enqueue(ModelReply.Text("ok"));
            Assert.Equal("ok", (await client.GetResponseAsync(Prompt)).Text);
        }

        Assert.All(_server.Requests, static request => Assert.Equal(Prompt, request.TextOf("user")));
        Assert.All(_server.Requests, static request => Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal));
    }

    [Fact]
    public void What_an_HttpClient_does_is_found_behind_its_handlers()
    {
        Assert.Equal(RedirectHandling.Followed, Of(new HttpClientHandler()));
        Assert.Equal(RedirectHandling.NotFollowed, Of(new HttpClientHandler { AllowAutoRedirect = false }));
        Assert.Equal(RedirectHandling.NotFollowed, Of(new Outer(new Outer(new SocketsHttpHandler { AllowAutoRedirect = false }))));
        Assert.Equal(RedirectHandling.Unknown, Of(new Outer(new Custom())));
        var circle = new Outer(new Custom());
        circle.InnerHandler = circle;
        Assert.Equal(RedirectHandling.Unknown, Of(circle));
        Assert.Equal(RedirectHandling.Unknown, HttpRedirects.TurnOff(new HttpClient(new Custom())));

        static RedirectHandling Of(HttpMessageHandler handler) => HttpRedirects.Of(new HttpClient(handler));
    }

    public static TheoryData<object?, string?> Clients => new()
    {
        { null, "does not say whether it follows HTTP redirects" },
        { RedirectHandling.Unknown, "does not say whether it follows HTTP redirects" },
        { RedirectHandling.Followed, "follows HTTP redirects" },
        { RedirectHandling.NotFollowed, null },
        { new HttpClient(), "follows HTTP redirects" },
        { new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }), null },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public void A_client_that_may_follow_them_is_warned_of_when_the_program_starts(object? service, string? warning)
    {
        using var log = new TestLog();
        using var client = new Foreign(service);
        using var runtime = PromptRuntime.Create(builder => builder.AddClient("mini", client).UseLoggerFactory(log));

        runtime.Require(Define());
        runtime.Require(Define());

        if (warning is null)
        {
            Assert.Empty(log.Lines);
        }
        else
        {
            Assert.StartsWith($"Warning: mini (openai): Foreign {warning}. A provider that answers with 307 or 308", Assert.Single(log.Lines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_that_a_factory_makes_is_warned_of_before_its_first_request()
    {
        using var log = new TestLog("redirects");
        using var client = new Foreign(null);
        client.Asked = () => Assert.Single(log.Lines);
        using var runtime = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).UseLoggerFactory(log));

        for (var i = 0; i < 2; i++)
        {
            using var call = runtime.Start(Define(), CancellationToken.None);
            Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Prompt)));
        }

        Assert.Single(log.Lines);
    }

    [Fact]
    public void The_SDKs_own_chat_client_is_warned_of_and_ours_are_not()
    {
        using var log = new TestLog("redirects");
        using var foreign = AnthropicClientExtensions.AsIChatClient(new AnthropicClient { ApiKey = Key }, "mini");
        using var ours = PromptRuntime.Create(builder => builder.AddClient("mini", Connect("openai", null)).AddClient("haiku", Connect("anthropic", null)).UseLoggerFactory(log));
        using var theirs = PromptRuntime.Create(builder => builder.AddClient("mini", foreign).UseLoggerFactory(log));

        ours.Require(Sample.Define(route: Sample.Fast));
        Assert.Empty(log.Lines);
        theirs.Require(Define());
        Assert.Single(log.Lines);
    }

    public static TheoryData<string, int> Redirects
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var status in (int[])[301, 302, 303, 307, 308])
            {
                data.Add("openai", status);
                data.Add("anthropic", status);
            }

            return data;
        }
    }

    private static PromptDefinition<int> Define() => Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Mini]));

    private IChatClient Connect(string protocol, HttpClient? http)
    {
        if (protocol == "openai")
        {
            var options = new OpenAIClientOptions { Endpoint = _server.OpenAIEndpoint };
            options.Transport = http is null ? options.Transport : new HttpClientPipelineTransport(http);
            return new OpenAIClient(new ApiKeyCredential(Key), options).GetChatClient("mini").AsPromptClient();
        }

        var settings = new ClientOptions { ApiKey = Key, BaseUrl = _server.AnthropicEndpoint.ToString() };
        return new AnthropicClient(http is null ? settings : settings with { HttpClient = http }).AsPromptClient("mini");
    }

    private async Task AssertNotFollowedAsync(IChatClient client, int status)
    {
        _server.Enqueue(ModelReply.Redirect(_stranger.Address, status));

        var error = await Assert.ThrowsAsync<ProviderRequestException>(() => client.GetResponseAsync(Prompt));

        Assert.Equal(PromptErrorCode.ProtocolError, error.Code);
        Assert.Single(_server.Requests);
    }

    private sealed class Outer(HttpMessageHandler inner) : DelegatingHandler(inner);

    private sealed class Custom : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Foreign(object? service) : IChatClient
    {
        public Action? Asked { get; set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Asked?.Invoke();
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value":3}""")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(service) ? service : null;

        public void Dispose()
        {
        }
    }
}
