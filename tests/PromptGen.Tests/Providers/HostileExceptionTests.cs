using System.Collections;
using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Providers;

/// <summary>What clients throw can be of any depth, any width and any behaviour.</summary>
public sealed class HostileExceptionTests
{
    private static readonly ProviderRequestException Limited = new(PromptErrorCode.RateLimited, "Limited.") { RetryAfter = TimeSpan.FromSeconds(2) };

    public static TheoryData<string, Exception> Wrapped => new()
    {
        { "thrown as it is", Limited },
        { "inner exception", new InvalidOperationException("x", Limited) },
        { "inner exception of one that .NET knows", new HttpRequestException("x", Limited) },
        { "aggregate", new AggregateException(new IOException(), Limited) },
        { "aggregate in an aggregate", new AggregateException(new IOException(), new AggregateException(new TimeoutException(), new InvalidOperationException("x", Limited))) },
        { "10,000 deep", Deep(10_000, Limited) },
        { "behind 10,000 others", new AggregateException([.. Enumerable.Range(0, 10_000).Select(static _ => new FormatException()), Limited]) },
    };

    [Theory]
    [MemberData(nameof(Wrapped))]
    public async Task A_provider_failure_is_understood_from_any_client_however_it_is_wrapped(string how, Exception thrown)
    {
        using var desk = new Desk();
        desk.Mini.Fails(thrown).Answers("""{"value":3}""");

        var call = desk.AskAsync();
        var wait = await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        desk.Clock.Advance(wait);

        Assert.Equal("mini Initial RateLimited, mini Retry None", (await call).Attempts.Line());
        Assert.True(wait >= TimeSpan.FromSeconds(2), how);
    }

    [Fact]
    public async Task A_failure_that_a_delegating_client_wraps_is_understood_though_its_client_brings_a_classifier()
    {
        using var desk = new Desk(static builder => builder.WrapClients(static (_, client) => new Wrapper(client)));
        desk.Mini.Fails(new ProviderRequestException(PromptErrorCode.Auth, "No.")).Services.Add(ProviderFailureClassifier.Instance);
        desk.Haiku.Answers("""{"value":3}""");

        Assert.Equal("mini Initial Auth, haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public void An_exception_of_NET_is_known_behind_one_that_is_not()
    {
        Assert.Equal(PromptErrorCode.Transport, Classify(new InvalidOperationException("x", new IOException())));
        Assert.Equal(PromptErrorCode.AttemptTimeout, Classify(Deep(10_000, new TimeoutException())));
        Assert.Equal(PromptErrorCode.ProtocolError, Classify(new System.Text.Json.JsonException("x", new IOException())));
        Assert.Equal(PromptErrorCode.ProtocolError, Classify(Deep(10_000, new InvalidOperationException())));
    }

    [Theory]
    [InlineData(PromptErrorCode.None, PromptErrorCode.ProtocolError)]
    [InlineData((PromptErrorCode)(-1), PromptErrorCode.ProtocolError)]
    [InlineData((PromptErrorCode)999, PromptErrorCode.ProtocolError)]
    [InlineData(PromptErrorCode.Cancelled, PromptErrorCode.AttemptTimeout)]
    [InlineData(PromptErrorCode.DeadlineExceeded, PromptErrorCode.AttemptTimeout)]
    [InlineData(PromptErrorCode.Configuration, PromptErrorCode.Configuration)]
    public async Task A_client_cannot_report_codes_of_the_runtime(PromptErrorCode said, PromptErrorCode recorded)
    {
        using var desk = new Desk(static builder => builder.Resilience.MaxRetries = 0);
        desk.Mini.Fails(new ProviderException(said));
        desk.Haiku.Answers("""{"value":3}""");

        Assert.Equal($"mini Initial {recorded}, haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Theory]
    [InlineData(long.MinValue, false)]
    [InlineData(-1L, false)]
    [InlineData(long.MaxValue, true)]
    public async Task A_wait_that_a_classifier_makes_up_neither_breaks_the_call_nor_is_lost(long ticks, bool rests)
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.QuotaExhausted, TimeSpan.FromTicks(ticks))).Answers("""{"value":3}""");
        desk.Haiku.Answers("""{"value":3}""").Answers("""{"value":3}""");

        Assert.Equal("mini Initial QuotaExhausted, haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
        desk.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(rests ? "haiku Fallback None" : "mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Theory]
    [InlineData(PromptErrorCode.RateLimited)]
    [InlineData(PromptErrorCode.Overloaded)]
    public async Task A_wait_that_a_classifier_makes_up_does_not_break_a_retry(PromptErrorCode code)
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(code, TimeSpan.MinValue)).Answers("""{"value":3}""");

        var result = await desk.WaitOutAsync(desk.AskAsync());

        Assert.Equal($"mini Initial {code}, mini Retry None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_chain_of_10_000_exceptions_is_kept_to_a_depth_that_can_be_logged()
    {
        var error = await FailAsync(Deep(10_000, new IOException("CANARY")));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal(ClientFailure.MaxDepth + 1, ExceptionChain.Inward(error.InnerException).Count());
        Assert.Equal("Further inner exceptions are left out.", ExceptionChain.Inward(error).Last().Message);
        Assert.DoesNotContain("CANARY", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aggregates_of_many_exceptions_in_one_another_are_looked_at_within_bounds()
    {
        var wide = Enumerable.Repeat<Exception>(new FormatException("CANARY"), 100_000).ToList();
        var nested = new AggregateException("CANARY", wide);
        for (var i = 0; i < 200; i++)
        {
            nested = new AggregateException("CANARY", [nested, .. wide.Take(1_000)]);
        }

        Assert.Equal(ExceptionChain.MaxLength, ExceptionChain.All(nested).Count());
        var error = await FailAsync(nested);
        Assert.DoesNotContain("CANARY", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_aggregate_is_walked_in_order_and_each_inner_exception_after_its_outer_one()
    {
        Exception[] leaves = [new FormatException("1"), new FormatException("2"), new FormatException("3"), new FormatException("4")];
        var middle = new InvalidOperationException("m", leaves[1]);
        var inner = new AggregateException("i", middle, leaves[2]);
        var outer = new AggregateException("o", leaves[0], inner, leaves[3]);

        Assert.Equal([outer, leaves[0], inner, middle, leaves[1], leaves[2], leaves[3]], ExceptionChain.All(outer));
        Assert.Equal([outer, leaves[0]], ExceptionChain.Inward(outer));
        Assert.Empty(ExceptionChain.All(null));
        Assert.Single(ExceptionChain.All(new AggregateException()));
    }

    [Fact]
    public void A_chain_that_runs_in_a_circle_ends()
    {
        var (a, b) = (new InvalidOperationException(), new NotSupportedException());
        var field = typeof(Exception).GetField("_innerException", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!;
        field.SetValue(a, b);
        field.SetValue(b, a);

        Assert.Equal(PromptErrorCode.ProtocolError, Classify(a));
        Assert.False(FailureClassifier.IsCertificateError(a));
        Assert.Equal(ClientFailure.MaxDepth + 1, ExceptionChain.Inward(ClientFailure.WithoutMessages(a, PromptErrorCode.ProtocolError)).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exception_whose_members_throw_does_not_break_the_call(bool streamed)
    {
        using var log = new Telemetry.TestLog();
        using var desk = new Desk(builder => builder.UseLoggerFactory(log));
        var hostile = new Hostile(new InvalidOperationException("CANARY", new Hostile(null)));
        desk.Mini.Fails(hostile).Fails(hostile).Fails(hostile);

        var error = await desk.WaitOutAsync(streamed
            ? Assert.ThrowsAsync<PromptException>(() => StreamDesk.ToListAsync(desk.ReplyAsync(StreamSample.Text(route: new PromptStep(Tier.Fast, [Sample.Mini])))))
            : desk.FailAsync(Alone));

        Assert.Equal("mini Initial ProtocolError, mini Retry ProtocolError", error.Attempts.Line());
        Assert.Contains(nameof(Hostile), error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", error + string.Concat(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_trace_that_is_overridden_is_kept_within_bounds()
    {
        var clean = ClientFailure.WithoutMessages(new Talkative(), PromptErrorCode.Transport)!;

        Assert.InRange(clean.StackTrace!.Length, 1, 20_000);
    }

    private static PromptDefinition<int> Alone => Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Mini]));

    private static PromptErrorCode Classify(Exception exception) => FailureClassifier.Classify(exception, null, []).Code;

    private static Exception Deep(int depth, Exception innermost)
    {
        for (var i = 0; i < depth; i++)
        {
            innermost = new InvalidOperationException("CANARY", innermost);
        }

        return innermost;
    }

    private static async Task<PromptException> FailAsync(Exception thrown)
    {
        using var desk = new Desk(static builder => builder.Resilience.MaxRetries = 0);
        desk.Mini.Fails(thrown);
        return await desk.FailAsync(Alone);
    }

    private sealed class Wrapper(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            try
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
            catch (Exception exception)
            {
                throw new NotSupportedException("CANARY", exception);
            }
        }
    }

    private sealed class Hostile(Exception? inner) : Exception("CANARY", inner)
    {
        public override string Message => throw new FormatException();

        public override string? StackTrace => throw new FormatException();

        public override IDictionary Data => throw new FormatException();

        public override string? Source
        {
            get => throw new FormatException();
            set => throw new FormatException();
        }

        public override string? HelpLink => throw new FormatException();

        public override string ToString() => throw new FormatException();

        public override bool Equals(object? obj) => throw new FormatException();

        public override int GetHashCode() => throw new FormatException();

        public override Exception GetBaseException() => throw new FormatException();
    }

    private sealed class Talkative : Exception
    {
        public override string StackTrace => new('x', 10_000_000);
    }
}
