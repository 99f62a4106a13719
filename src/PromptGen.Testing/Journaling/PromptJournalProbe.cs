using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptGen.Testing;

/// <summary>A journal under test: what a check does to it and what it expects.</summary>
internal sealed class PromptJournalProbe(string check, Func<IPromptJournal> open) : IAsyncDisposable
{
    private readonly string _pipeline = $"conformance-{Guid.NewGuid():N}";
    private IPromptJournal _journal = open();

    /// <summary>An item of a pipeline that no other check has.</summary>
    public JournalItem Item(string key = "item", string stage = "stage", string pipeline = "") => new(_pipeline + pipeline, stage, key);

    public static JournalEntry Sent(string request) => new() { Request = request, Call = "call", ModelId = "model", State = JournalState.Sent };

    public static JournalEntry Answered(string request, string text) => Sent(request) with
    {
        State = JournalState.Answered,
        Answer = new JournalAnswer { Text = text },
        Cost = PromptCost.Zero,
    };

    public Task WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default) => _journal.WriteAsync(item, entry, cancellationToken).AsTask();

    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item) => await _journal.ReadAsync(item).ConfigureAwait(false);

    /// <summary>Expects an item to have exactly these entries, in this order.</summary>
    public async Task HasAsync(JournalItem item, params JournalEntry[] entries)
    {
        var found = await ReadAsync(item).ConfigureAwait(false);
        Expect(Requests(found) == Requests(entries), $"the requests {Requests(entries)}", $"there are {Requests(found)}");
        foreach (var (expected, actual) in entries.Zip(found))
        {
            Expect(expected with { Answer = null } == actual with { Answer = null }, $"{expected with { Answer = null }}", $"it is {actual with { Answer = null }}");
            Expect(Json(expected.Answer) == Json(actual.Answer), $"the answer {Shortened(Json(expected.Answer))}", $"it is {Shortened(Json(actual.Answer))}");
        }
    }

    /// <summary>Closes the journal and opens it again.</summary>
    public async Task ReopenAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        _journal = open();
    }

    public void Expect(bool holds, string expected, string actual)
    {
        if (!holds)
        {
            throw new PromptJournalViolationException($"{check}: expected {expected}, but {actual}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_journal is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (_journal as IDisposable)?.Dispose();
        }
    }

    private static string Requests(IEnumerable<JournalEntry> entries) => $"[{string.Join(", ", entries.Select(static entry => entry.Request))}]";

    /// <summary>All of an answer, in a form that can be compared: the types in it compare by reference.</summary>
    private static string Json(JournalAnswer? answer) => answer is null ? "none" : JsonSerializer.Serialize(new
    {
        Code = answer.Code.ToString(),
        Text = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(answer.Text)),
        answer.ModelId,
        answer.FinishReason,
        Usage = answer.Usage is null ? null : JsonSerializer.Serialize(answer.Usage, AIJsonUtilities.DefaultOptions),
        Tokens = answer.Tokens?.Select(static token => $"{Convert.ToBase64String(token.Utf8Bytes.Span)} {token.LogProbability:R}"),
    });

    private static string Shortened(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
