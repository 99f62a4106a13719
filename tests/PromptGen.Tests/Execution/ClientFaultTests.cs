using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Prompts;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

public class ClientFaultTests
{
    [Fact]
    public async Task A_client_that_throws_before_it_returns_a_task_is_replaced_like_any_other()
    {
        using var desk = new Desk();
        desk.Mini.Then(static (_, _) => throw new InvalidOperationException("CANARY")).Then(static (_, _) => throw new NotSupportedException());
        desk.Haiku.Answers("""{"value":3}""");

        var result = await desk.WaitOutAsync(desk.AskAsync());

        Assert.Equal("mini Initial ProtocolError, mini Retry ProtocolError, haiku Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task Null_instead_of_a_task_or_an_answer_is_a_protocol_error()
    {
        using var desk = new Desk();
        desk.Mini.Then(static (_, _) => null!).Answers(null as ChatResponse);
        desk.Haiku.Answers("""{"value":3}""");

        var result = await desk.WaitOutAsync(desk.AskAsync());

        Assert.Equal("mini Initial ProtocolError, mini Retry ProtocolError, haiku Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task An_answer_without_messages_is_empty_and_one_with_null_inside_a_protocol_error()
    {
        using var desk = new Desk();
        desk.Mini.Answers(new ChatResponse { Messages = null! });
        desk.Haiku.Answers(new ChatResponse { Messages = [null!] }).Answers("""{"value":3}""");

        var result = await desk.WaitOutAsync(desk.AskAsync());

        Assert.Equal("mini Initial EmptyOutput, haiku Fallback ProtocolError, haiku Retry None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_client_that_changes_what_it_is_handed_changes_no_later_attempt()
    {
        var seen = new List<string>();
        using var desk = new Desk();
        using var vandal = new Vandal(seen);
        using var runtime = PromptRuntime.Create(builder => builder.AddClient("mini", vandal).UseTimeProvider(desk.Clock));
        using var call = runtime.Start(Sample.Prompt, CancellationToken.None);

        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));

        Assert.Equal(2, seen.Count);
        Assert.StartsWith("mini|1000|2|", seen[0], StringComparison.Ordinal);
        Assert.StartsWith("mini|1000|4|", seen[1], StringComparison.Ordinal);
        Assert.Equal(seen[0].Split('|')[3], seen[1].Split('|')[3]);
    }

    [Fact]
    public async Task A_client_whose_GetService_throws_can_still_answer()
    {
        using var client = new Vandal([]) { GetServiceThrows = true };
        using var runtime = PromptRuntime.Create(builder => builder.AddClient("mini", client));
        using var call = runtime.Start(Sample.Prompt, CancellationToken.None);

        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));
    }

    [Fact]
    public async Task A_factory_that_throws_is_a_configuration_error_that_names_provider_and_model()
    {
        using var runtime = PromptRuntime.Create(static builder => builder.AddProvider("openai", static _ => throw new FormatException("CANARY")));
        using var call = runtime.Start(Sample.Prompt, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PromptException>(() => call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)).AsTask());

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal("The factory given to AddProvider(\"openai\", …) threw FormatException for model 'mini'.", error.Message);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_rendered_is_an_error_before_any_request()
    {
        using var desk = new Desk();
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PromptException>(() => call.TryAsync(Sample.Fast, new BrokenTemplate()).AsTask());

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal("Desk.Urgency could not be rendered for mini: a parameter threw FormatException.", error.Message);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_client_is_made_once_per_model_and_disposed_with_the_runtime_unless_it_was_handed_in()
    {
        var made = new List<string>();
        using var own = new ScriptedChatClient(static _ => """{"value":3}""");
        using var handedIn = new ScriptedChatClient(static _ => "no");
        var runtime = PromptRuntime.Create(builder => builder
            .AddClient("mini", handedIn)
            .AddProvider("openai", static _ => throw new InvalidOperationException())
            .AddProvider("anthropic", id =>
            {
                made.Add(id);
                return own;
            }));

        for (var i = 0; i < 3; i++)
        {
            using var call = runtime.Start(Sample.Prompt, CancellationToken.None);
            Assert.False(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));
            Assert.True(await call.TryAsync(Sample.General, new UrgencyTemplate(Sample.Ticket)));
        }

        runtime.Dispose();

        Assert.Equal(["sonnet"], made);
        Assert.True(own.IsDisposed);
        Assert.False(handedIn.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => runtime.Start(Sample.Prompt, CancellationToken.None));
    }

    private readonly struct BrokenTemplate : IPromptTemplate
    {
        public void Render(ModelInfo model, PromptWriter prompt) => throw new FormatException("CANARY");
    }

    /// <summary>Answers wrongly first, and leaves nothing of a request as it was.</summary>
    private sealed class Vandal(List<string> seen) : IChatClient
    {
        public bool GetServiceThrows { get; init; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var list = (List<ChatMessage>)messages;
            seen.Add($"{options!.ModelId}|{options.MaxOutputTokens}|{list.Count}|{list[0].Text}{list[1].Text}");
            var answer = list.Count > 2 || GetServiceThrows ? """{"value":3}""" : "no";
            foreach (var message in list)
            {
                message.Contents.Clear();
            }

            list.Clear();
            options.ModelId = "other";
            options.MaxOutputTokens = 1;
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => GetServiceThrows ? throw new InvalidOperationException() : null;

        public void Dispose()
        {
        }
    }
}
