using System.Globalization;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Pipelines;

/// <summary>Stages over lists and streams: order, number at once, look-ahead, failures.</summary>
public sealed class MapTests
{
    [Fact]
    public async Task The_items_of_a_list_come_in_its_order_with_their_keys()
    {
        using var desk = Numbers.Answering(3);
        await using var run = desk.Runtime.StartPipeline("rate");

        var items = await run.MapAsync("classify", ["a", "b", "c"], (ticket, token) => desk.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: token), key: static ticket => ticket + "!");

        Assert.Equal(["a!", "b!", "c!"], items.Select(static item => item.Key));
        Assert.All(items, static item => Assert.Equal((3, Numbers.Usd), (item.Value.Value, item.Cost.Usd)));
        Assert.Equal(3, run.Attempts.Count);
        Assert.Equal(new PromptCost(3 * Numbers.Usd, IsComplete: true), run.Cost);
        Assert.Equal([new PipelineStage("classify", 3, 0, 3, run.Cost)], run.Stages);
    }

    [Fact]
    public async Task Without_a_key_an_item_has_its_position()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate");

        Assert.Equal(["0", "1"], (await run.MapAsync("a", [5, 6], static (number, _) => Task.FromResult(number))).Select(static item => item.Key));
        Assert.Equal(["0", "1"], (await Numbers.ToListAsync(run.MapAsync("b", Numbers.StreamAsync(2), static (number, _) => Task.FromResult(number)))).Select(static item => item.Key));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task As_many_items_run_at_once_as_the_options_say(int concurrency)
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = concurrency });
        var (running, most) = (0, 0);
        var go = new TaskCompletionSource();
        var full = new TaskCompletionSource();

        var stage = run.MapAsync("wait", Enumerable.Range(0, 40), async (number, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == concurrency)
            {
                full.TrySetResult();
            }

            await go.Task;
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return number;
        });
        await full.Task.WaitAsync(Numbers.Hanging);
        go.SetResult();

        Assert.Equal(Enumerable.Range(0, 40), (await stage).Select(static item => item.Value));
        Assert.Equal(concurrency, most);
    }

    [Fact]
    public async Task Items_start_in_order()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 1 });
        var started = new List<int>();

        await run.MapAsync("order", Enumerable.Range(0, 50), async (number, _) =>
        {
            started.Add(number);
            await Task.Yield();
            return number;
        });

        Assert.Equal(Enumerable.Range(0, 50), started);
    }

    [Fact]
    public async Task An_item_that_fails_is_no_end_of_the_others()
    {
        using var desk = new Desk();
        desk.Mini.Answers("nonsense");
        await using var run = desk.Runtime.StartPipeline("rate");

        var items = await run.MapAsync<int, int>("mixed", [0, 1, 2, 3, 4], async (number, token) => number switch
        {
            1 => throw new FormatException("A line is not valid."),
            2 => throw new OperationCanceledException("A time-out of the delegate."),
            3 => (await desk.AskAsync(Numbers.OnlyMini, cancellationToken: token)).Value,
            _ => number,
        });

        Assert.Equal(["None", "FormatException", "OperationCanceledException", "RouteExhausted", "None"], items.Codes());
        Assert.Equal(4, items[4].Value);
        Assert.Same(items[1].Error, Assert.Throws<InvalidOperationException>(() => items[1].Value).InnerException);
        Assert.Equal((5, 3, 1), (run.Stages[0].Done, run.Stages[0].Failed, run.Stages[0].Attempts));
    }

    [Fact]
    public async Task A_delegate_that_throws_at_once_or_returns_no_task_fails_its_item()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate");

        Assert.Equal(["NotSupportedException"], (await run.MapAsync<int, int>("throws", [1], static (_, _) => throw new NotSupportedException())).Codes());
        Assert.Equal(["NullReferenceException"], (await run.MapAsync<int, int>("null", [1], static (_, _) => null!)).Codes());
    }

    [Fact]
    public async Task The_items_of_a_stream_come_in_its_order()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 4 });

        var items = await Numbers.ToListAsync(run.MapAsync(
            "square",
            Numbers.StreamAsync(200),
            static async (number, _) =>
            {
                for (var i = 0; i < number % 7; i++)
                {
                    await Task.Yield();
                }

                return number % 5 == 0 ? throw new FormatException() : number * number;
            },
            key: static number => number.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(Enumerable.Range(0, 200).Select(static number => number.ToString(CultureInfo.InvariantCulture)), items.Select(static item => item.Key));
        Assert.All(items.Where(static (_, i) => i % 5 != 0), static item => Assert.Equal(int.Parse(item.Key, CultureInfo.InvariantCulture) * int.Parse(item.Key, CultureInfo.InvariantCulture), item.Value));
        Assert.Equal((200, 40), (run.Stages[0].Done, run.Stages[0].Failed));
    }

    [Fact]
    public async Task Of_a_stream_no_more_is_read_than_the_look_ahead_allows()
    {
        const int concurrency = 3;
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = concurrency });
        var taken = 0;
        var isFull = new TaskCompletionSource();

        var read = 0;
        await foreach (var _ in run.MapAsync("slow", Numbers.StreamAsync(2_000, Taken), static (number, _) => Task.FromResult(number)))
        {
            read++;
            if (read == 1)
            {
                await isFull.Task.WaitAsync(Numbers.Hanging);
            }

            if (read % 100 == 0)
            {
                await Task.Yield();
            }

            Assert.InRange(Volatile.Read(ref taken), read, read + (2 * concurrency));
        }

        Assert.Equal((2_000, 2_000), (read, taken));

        void Taken(int number)
        {
            Interlocked.Increment(ref taken);
            if (number == 2 * concurrency)
            {
                isFull.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_reader_that_stops_ends_what_still_runs_and_closes_the_source()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 2 });
        var (started, ended, closed) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());

        await foreach (var item in run.MapAsync("first", SourceAsync(), async (number, token) =>
        {
            if (number > 0)
            {
                started.TrySetResult();
                await EndOf(token);
                ended.TrySetResult();
            }

            return number;
        }))
        {
            Assert.Equal(0, item.Value);
            await started.Task.WaitAsync(Numbers.Hanging);
            break;
        }

        await ended.Task.WaitAsync(Numbers.Hanging);
        await closed.Task.WaitAsync(Numbers.Hanging);

        async IAsyncEnumerable<int> SourceAsync()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    yield return i;
                    await Task.Yield();
                }
            }
            finally
            {
                closed.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_source_or_a_key_that_throws_ends_the_stage_with_its_exception()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate");
        var read = new List<int>();

        await Assert.ThrowsAsync<FormatException>(() => run.MapAsync("list", List(), static (number, _) => Task.FromResult(number)));
        await Assert.ThrowsAsync<NotSupportedException>(() => run.MapAsync("key", [1], static (number, _) => Task.FromResult(number), key: static _ => throw new NotSupportedException()));
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var item in run.MapAsync("stream", List().ToAsyncEnumerable(), static (number, _) => Task.FromResult(number)))
            {
                read.Add(item.Value);
            }
        });
        Assert.Equal([1, 2], read);

        static IEnumerable<int> List()
        {
            yield return 1;
            yield return 2;
            throw new FormatException();
        }
    }

    [Fact]
    public async Task A_stage_of_one_item_returns_what_its_delegate_does_and_throws_what_it_throws()
    {
        using var desk = Numbers.Answering(2);
        await using var run = desk.Runtime.StartPipeline("rate");

        Assert.Equal(3, (await run.RunAsync("sum", token => desk.AskAsync(Numbers.OnlyMini, cancellationToken: token))).Value);
        await Assert.ThrowsAsync<FormatException>(() => run.RunAsync<int>("sum", static _ => throw new FormatException()));
        Assert.Equal([new PipelineStage("sum", 2, 1, 1, run.Cost)], run.Stages);
    }

    [Fact]
    public async Task Progress_is_reported_after_each_item_and_what_it_throws_is_ignored()
    {
        using var desk = Numbers.Answering(3);
        var reports = new Reports(fails: true);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 1, Progress = reports });

        await run.MapAsync("ask", [1, 2, 3], (number, token) => number == 2 ? throw new FormatException() : desk.AskAsync(Numbers.OnlyMini, cancellationToken: token));
        await Numbers.ToListAsync(run.MapAsync("read", Numbers.StreamAsync(1), static (number, _) => Task.FromResult(number)));

        Assert.Equal(
            [
                new("ask", 1, 0, 3, new PromptCost(Numbers.Usd, true)),
                new("ask", 2, 1, 3, new PromptCost(Numbers.Usd, true)),
                new("ask", 3, 1, 3, new PromptCost(2 * Numbers.Usd, true)),
                new("read", 1, 0, null, new PromptCost(2 * Numbers.Usd, true)),
            ],
            reports.All);
    }

    [Fact]
    public async Task With_warm_up_the_first_item_of_each_stage_runs_alone()
    {
        using var desk = new Desk();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { WarmUp = true });
        foreach (var stage in new[] { "a", "b" })
        {
            var (isWarm, early) = (false, 0);
            await run.MapAsync(stage, Enumerable.Range(0, 20), async (number, _) =>
            {
                if (number > 0)
                {
                    early += Volatile.Read(ref isWarm) ? 0 : 1;
                    return number;
                }

                for (var i = 0; i < 1_000; i++)
                {
                    await Task.Yield();
                }

                Volatile.Write(ref isWarm, true);
                return number;
            });

            Assert.Equal(0, early);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_025)]
    public void A_concurrency_out_of_range_is_refused(int concurrency) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PipelineOptions { Concurrency = concurrency });

    [Fact]
    public void A_limit_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PipelineOptions { MaxUsd = -0.01m });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PipelineOptions { Deadline = TimeSpan.Zero });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_the_delegates_do_order_and_counts_hold(int seed)
    {
        var random = new Random(seed);
        using var desk = new Desk();
        for (var round = 0; round < 25; round++)
        {
            var count = random.Next(60);
            var steps = Enumerable.Range(0, count).Select(_ => (Yields: random.Next(6), Fails: random.Next(4) == 0)).ToArray();
            var reports = new Reports();
            await using var run = desk.Runtime.StartPipeline("any", new PipelineOptions { Concurrency = random.Next(1, 9), WarmUp = random.Next(2) == 0, Progress = reports });
            async Task<int> RunAsync(int number, CancellationToken token)
            {
                for (var i = 0; i < steps[number].Yields; i++)
                {
                    await Task.Yield();
                }

                return steps[number].Fails ? throw new FormatException() : number;
            }

            var listed = await run.MapAsync("list", Enumerable.Range(0, count), RunAsync);
            var streamed = await Numbers.ToListAsync(run.MapAsync("stream", Numbers.StreamAsync(count), RunAsync));

            var failed = steps.Count(static step => step.Fails);
            foreach (var (items, stage) in new[] { (listed, run.Stages[0]), (streamed, run.Stages[1]) })
            {
                Assert.Equal(Enumerable.Range(0, count).Select(static number => number.ToString(CultureInfo.InvariantCulture)), items.Select(static item => item.Key));
                Assert.Equal(steps.Select(static step => step.Fails), items.Select(static item => item.Error is not null));
                Assert.Equal((count, failed), (stage.Done, stage.Failed));
            }

            Assert.Equal(2 * count, reports.All.Count);
            Assert.Equal(Enumerable.Range(1, count).Select(static done => (long)done), reports.All.Where(static report => report.Stage == "list").Select(static report => report.Done).Order());
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    /// <summary>Ends once the token is cancelled.</summary>
    private static async Task EndOf(CancellationToken token)
    {
        var end = new TaskCompletionSource();
        await using var link = token.Register(() => end.TrySetResult());
        await end.Task;
    }
}
