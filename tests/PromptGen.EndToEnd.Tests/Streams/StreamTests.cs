using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Streams;

/// <summary>What all tests of streams start from.</summary>
public abstract class StreamTests : ServerTests
{
    protected const string Letter = "I was charged twice";
    protected const string Text = "Dear Ada, thank you for your letter.";
    protected const string Mini = Models.Mini;
    protected const string Haiku = Models.Haiku;
    protected const string Sonnet = Models.Sonnet;

    private Writer? _writer;

    protected Writer Writer => _writer ??= new Writer(Prompts);

    /// <summary>A list of triages on the wire.</summary>
    protected static string List(params double[] confidences) =>
        $$"""{"value":[{{string.Join(',', confidences.Select(confidence => FormattableString.Invariant($$"""{"queue":"Billing","urgency":3,"confidence":{{confidence}}}""")))}}]}""";

    /// <summary>Text of one of the two kinds of stream, by the provider that is asked.</summary>
    protected IAsyncEnumerable<string> ReplyBy(string provider, CancellationToken cancellationToken = default) =>
        provider == "openai" ? Writer.ReplyAsync(Letter, cancellationToken) : Writer.ReplyBySonnetAsync(Letter, cancellationToken);

    protected static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> items, List<T>? list = null)
    {
        list ??= [];
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    /// <summary>Reads a stream that breaks off after its first item; returns the error and the text received.</summary>
    protected static async Task<(PromptStreamException Error, string Text)> BreakAsync(IAsyncEnumerable<string> items)
    {
        var list = new List<string>();
        var error = await Assert.ThrowsAsync<PromptStreamException>(() => ReadAsync(items, list));
        Assert.Equal(list.Count, error.Items);
        Assert.NotEmpty(list);
        return (error, string.Concat(list));
    }

    /// <summary>Asserts what holds for every call that fails: as many attempts as requests, in the same order.</summary>
    protected void AssertLedger(PromptException error, params string[] expected)
    {
        Assert.Equal(expected, error.Attempts.Select(attempt => $"{attempt.ModelId} {attempt.Reason} {attempt.Outcome}"));
        Assert.Equal(Asked(), error.Attempts.Select(attempt => attempt.ModelId));
        Assert.DoesNotContain(Letter, error.ToString(), StringComparison.Ordinal);
    }

    protected string[] Asked() => [.. Server.Requests.Select(request => request.ModelId)];

    /// <summary>Moves the clock through the pauses before retries until the call is over.</summary>
    protected async Task<TResult> WaitOutAsync<TResult>(Task<TResult> call)
    {
        await Time.AdvanceUntilAsync(call, TimeSpan.Zero, TimeSpan.FromSeconds(3)).WaitAsync(Hanging);
        return await call;
    }
}
