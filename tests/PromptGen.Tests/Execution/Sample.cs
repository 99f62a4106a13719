using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

/// <summary>A prompt written by hand, as the generator would write it: urgency of a ticket, on two fast models and a strong one.</summary>
internal static class Sample
{
    public const string Ticket = "My card was charged twice: 4929-CANARY-TICKET";

    public static readonly ModelInfo Mini = new("mini", "openai", Tier.Fast)
    {
        InputPrice = 1m,
        OutputPrice = 2m,
        CachedInputPrice = 0.5m,
        ContextWindow = 8_000,
        MaxOutputTokens = 1_000,
    };

    public static readonly ModelInfo Haiku = new("haiku", "anthropic", Tier.Fast)
    {
        InputPrice = 3m,
        OutputPrice = 4m,
        ContextWindow = 8_000,
        MaxOutputTokens = 2_000,
    };

    public static readonly ModelInfo Sonnet = new("sonnet", "anthropic", Tier.General)
    {
        InputPrice = 30m,
        OutputPrice = 40m,
        ContextWindow = 100_000,
        MaxOutputTokens = 2_000,
    };

    public static readonly ModelInfo Llama = new("llama3.1:70b", "ollama", Tier.SelfHosted) { Features = ModelFeatures.JsonMode };

    public static readonly PromptStep General = new(Tier.General, [Sonnet]);

    public static readonly PromptStep Fast = new(Tier.Fast, [Mini, Haiku]) { Next = General };

    public static PromptDefinition<int> Prompt { get; } = Define();

    public static PromptDefinition<int> Define(
        int repairs = 1,
        decimal? maxUsd = null,
        TimeSpan? deadline = null,
        bool selfHostedOnly = false,
        int? maxOutputTokens = null,
        params PromptStep[] route) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), route.Length > 0 ? Chain(route) : Fast)
        {
            Repairs = repairs,
            MaxUsd = maxUsd,
            Deadline = deadline,
            SelfHostedOnly = selfHostedOnly,
            MaxOutputTokens = maxOutputTokens,
        };

    /// <summary>Steps one after the other, each a copy that leads to the next.</summary>
    public static PromptStep? Chain(params PromptStep[] steps) => steps.Reverse().Aggregate(
        default(PromptStep),
        static (next, step) => new PromptStep(step.Tier, [.. step.Models], [.. step.Fallbacks]) { Next = next });
}

/// <summary>An integer from 1 to 5, wrapped in an object.</summary>
internal sealed class UrgencyContract : PromptContract<int>
{
    public override string Name => "Urgency";

    public override ReadOnlySpan<byte> SchemaUtf8 =>
        """{"type":"object","properties":{"value":{"type":"integer","minimum":1,"maximum":5}},"required":["value"],"additionalProperties":false}"""u8;

    public override bool IsWrapped => true;

    public override int ReadValue(ref ContractReader reader) => reader.Int32("an integer from 1 to 5", minimum: 1, maximum: 5);
}

internal readonly struct UrgencyTemplate(string ticket, bool writesSchema = false) : IPromptTemplate
{
    public void Render(ModelInfo model, PromptWriter prompt)
    {
        prompt.Role(PromptRole.System);
        prompt.Append("Rate the urgency. Model: ");
        prompt.Append(model.Id);
        if (writesSchema)
        {
            prompt.Schema();
        }

        prompt.Role(PromptRole.User);
        prompt.Append(ticket);
    }
}

/// <summary>The runtime of one test: a manual clock and one scripted model per id.</summary>
internal sealed class Desk : IDisposable
{
    private readonly Dictionary<string, ScriptedChatClient> _models = [];

    public Desk(Action<PromptRuntimeBuilder>? configure = null, ManualTimeProvider? clock = null)
    {
        Clock = clock ?? new ManualTimeProvider();
        Runtime = PromptRuntime.Create(builder =>
        {
            builder.UseTimeProvider(Clock)
                .AddProvider("openai", Model)
                .AddProvider("anthropic", Model)
                .AddProvider("ollama", Model);
            builder.AddFailureClassifier(new ProviderClassifier());
            builder.Resilience.Randomizer = static () => 0.5;
            configure?.Invoke(builder);
        });
    }

    public static TimeSpan LongestPause { get; } = TimeSpan.FromSeconds(3);

    public ManualTimeProvider Clock { get; }

    public PromptRuntime Runtime { get; }

    public ScriptedChatClient Mini => Model("mini");

    public ScriptedChatClient Haiku => Model("haiku");

    public ScriptedChatClient Sonnet => Model("sonnet");

    public ScriptedChatClient Llama => Model("llama3.1:70b");

    public ScriptedChatClient Model(string id) => _models.TryGetValue(id, out var model) ? model : _models[id] = new ScriptedChatClient();

    /// <summary>What a generated method with a result of type PromptResult does.</summary>
    public async Task<PromptResult<int>> AskAsync(
        PromptDefinition<int>? prompt = null,
        Func<int, string?>? reject = null,
        string ticket = Sample.Ticket,
        CancellationToken cancellationToken = default)
    {
        prompt ??= Sample.Prompt;
        using var call = reject is null ? Runtime.Start(prompt, cancellationToken) : Runtime.Start(prompt, reject, cancellationToken);
        return await call.TakeAsync(prompt.Route, new UrgencyTemplate(ticket));
    }

    public async Task<PromptException> FailAsync(PromptDefinition<int>? prompt = null, Func<int, string?>? reject = null, string ticket = Sample.Ticket) =>
        await Assert.ThrowsAsync<PromptException>(() => AskAsync(prompt, reject, ticket: ticket));

    /// <summary>Waits for a call and moves the clock whenever the call pauses before a retry. Time-outs of attempts are longer than any pause.</summary>
    public async Task<TResult> WaitOutAsync<TResult>(Task<TResult> call)
    {
        await Clock.AdvanceUntilAsync(call, TimeSpan.Zero, LongestPause);
        return await call;
    }

    public void Dispose() => Runtime.Dispose();
}

internal static class LedgerText
{
    /// <summary>The ledger on one line, as <c>mini Initial SchemaMismatch, mini Repair None</c>.</summary>
    public static string Line(this IEnumerable<PromptAttempt> attempts) =>
        string.Join(", ", attempts.Select(static attempt => $"{attempt.ModelId} {attempt.Reason} {attempt.Outcome}"));
}

/// <summary>A failure that says by itself what it is, and the classifier that reads it.</summary>
internal sealed class ProviderException(PromptErrorCode code, TimeSpan? retryAfter = null) : Exception("CANARY: text of the provider with sk-secret")
{
    public PromptFailure Failure => new(code, retryAfter);
}

internal sealed class ProviderClassifier : IFailureClassifier
{
    public PromptFailure? Classify(Exception exception) => (exception as ProviderException)?.Failure;
}
