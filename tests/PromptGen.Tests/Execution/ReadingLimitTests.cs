using Microsoft.Extensions.AI;
using PromptGen.Contracts;
using PromptGen.Routing;
using PromptGen.Streaming;
using PromptGen.Tests.Contracts;

namespace PromptGen.Tests.Execution;

/// <summary>Reading an answer ends with the deadline and the caller's token, and the attempt is charged.</summary>
public sealed class ReadingLimitTests
{
    private const int Items = 100_000;

    private static readonly string s_items = $$"""{"value":[{{string.Join(',', Enumerable.Repeat("1", Items))}}]}""";

    private static readonly UsageDetails s_usage = new() { InputTokenCount = 1_000, OutputTokenCount = 500 };

    [Fact]
    public async Task A_deadline_that_passes_while_an_answer_is_read_ends_the_call()
    {
        using var desk = new Desk();
        var contract = new MeddlingContract(() => desk.Clock.Advance(TimeSpan.FromSeconds(2)));
        desk.Mini.Then((_, _) => Task.FromResult(Answer()));

        var error = await desk.FailAsync(Define(contract, TimeSpan.FromSeconds(2)));

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());
        Assert.Equal(0.002m, error.Attempts[0].Cost.Usd);
        Assert.InRange(contract.Count, 1, Items - 1);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_caller_that_cancels_while_an_answer_is_read_need_not_wait_for_its_end()
    {
        using var desk = new Desk();
        using var source = new CancellationTokenSource();
        var contract = new MeddlingContract(source.Cancel);
        desk.Mini.Then((_, _) => Task.FromResult(Answer()));

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => desk.AskAsync(Define(contract), cancellationToken: source.Token));

        Assert.Equal(source.Token, cancelled.CancellationToken);
        var error = Assert.IsType<PromptException>(cancelled.InnerException);
        Assert.Equal("mini Initial Cancelled", error.Attempts.Line());
        Assert.Equal(0.002m, error.Attempts[0].Cost.Usd);
        Assert.InRange(contract.Count, 1, Items - 1);
    }

    [Fact]
    public async Task The_ladder_ends_with_the_deadline_too()
    {
        using var desk = new Desk();
        // Strict reading ends at once.
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, new string('<', 500_000))) { Usage = s_usage });
        });

        var error = await desk.FailAsync(Define(new MeddlingContract(static () => { }), TimeSpan.FromSeconds(1)));

        Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());
        Assert.Equal(0.002m, error.Attempts[0].Cost.Usd);
    }

    [Fact]
    public async Task A_short_answer_that_came_in_time_is_read_to_its_end()
    {
        using var desk = new Desk();
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value":3}""")));
        });

        Assert.Equal(3, (await desk.AskAsync(Sample.Define(deadline: TimeSpan.FromSeconds(1)))).Value);
    }

    [Fact]
    public async Task A_deadline_that_passes_while_elements_are_read_ends_the_stream()
    {
        using var desk = new Desk();
        desk.Mini.Streams((_, _) => StreamAsync());
        var items = new List<int>();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.UrgenciesAsync(StreamSample.Elements(TimeSpan.FromSeconds(2))).ToListAsync(items));

        Assert.Equal([1], items);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());

        async IAsyncEnumerable<ChatResponseUpdate> StreamAsync()
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "[1,");
            await Task.CompletedTask;
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            yield return new ChatResponseUpdate(ChatRole.Assistant, $"\"{new string('x', 300_000)}\"]");
            yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
        }
    }

    [Theory]
    [InlineData(false, PromptErrorCode.DeadlineExceeded)]
    [InlineData(true, PromptErrorCode.Cancelled)]
    public void Elements_and_snapshots_are_looked_for_as_long_as_the_call_may_take(bool isCancelled, PromptErrorCode code)
    {
        using var source = new CancellationTokenSource();
        if (isCancelled)
        {
            source.Cancel();
        }

        foreach (var text in (string[])[$"[\"{new string('x', 300_000)}", $"{{\"title\":\"{new string('x', 300_000)}"])
        {
            AssertEnds(new ElementItems<Note>(NoteContract.Instance), text);
            AssertEnds(new SnapshotItems<Note>(NoteContract.Instance, ["title", "stars", "tags"]), text);
        }

        return;

        void AssertEnds<T>(ItemReader<T> items, string text)
        {
            items.Begin();
            items.Guard!.Begin(TimeProvider.System, isCancelled ? long.MaxValue : 0, source.Token);
            items.Add(new ChatResponseUpdate(ChatRole.Assistant, text));

            Assert.False(items.MoveNext());
            Assert.Equal(code, items.Code);
            Assert.False(items.MoveNext());
        }
    }

    private static ChatResponse Answer() => new(new ChatMessage(ChatRole.Assistant, s_items)) { Usage = s_usage };

    private static PromptDefinition<int> Define(PromptContract<int> contract, TimeSpan? deadline = null) =>
        new("Desk.Urgency", "00c0ffee", contract, Sample.Fast) { Repairs = 0, Deadline = deadline };

    /// <summary>Reads a list, and calls back at the hundredth item.</summary>
    private sealed class MeddlingContract(Action meddle) : PromptContract<int>
    {
        public int Count { get; private set; }

        public override string Name => "Count";

        public override ReadOnlySpan<byte> SchemaUtf8 => """{"type":"object","properties":{"value":{"type":"array","items":{"type":"integer"}}},"required":["value"],"additionalProperties":false}"""u8;

        public override bool IsWrapped => true;

        public override int ReadValue(ref ContractReader reader)
        {
            if (reader.StartArray("an array"))
            {
                while (reader.NextItem())
                {
                    reader.Int32("an integer");
                    if (++Count == 100)
                    {
                        meddle();
                    }
                }
            }

            return Count;
        }
    }
}
