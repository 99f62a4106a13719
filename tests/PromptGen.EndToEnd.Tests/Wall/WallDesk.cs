// These limits are there to be run into.
#pragma warning disable PG0502 // the budget is smaller than the worst case
#pragma warning disable PG0503 // the deadline may pass before the last step

using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>The prompts of the wall: one model, another provider's in its place when it is down, a stronger one when it is wrong, a minute in all.</summary>
public sealed partial class WallDesk
{
    private const string Template = """
        {{role "system"}}
        You report on tickets.
        {{role "user"}}
        {{ticket}}
        """;

    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Models.Sonnet, Fallbacks = [Models.Mini], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>The same with a check that takes its time.</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [AcceptIf(nameof(CheckAsync))]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> CheckedAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Room for one attempt with Mini ($0.0006 of output) and none with Sonnet ($0.006).</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300, Repairs = 0)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Budget(0.005), Deadline(60)]
    public partial Task<PromptResult<Report>> CheapAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Less time than the second model's time-out.</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300, Repairs = 0)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(8)]
    public partial Task<PromptResult<Report>> HastyAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>A model without a price that reads images and gets the schema as text in the prompt.</summary>
    [RoutedPrompt(Models.Llava)]
    [PromptTemplate("""
        {{role "user"}}
        {{ticket}} {{media url=picture}}
        """)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> LookAsync(string ticket, string picture, CancellationToken cancellationToken = default);

    /// <summary>An answer whose root is not an object.</summary>
    [RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku])]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial Task<IReadOnlyList<int>> NumbersAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Text in pieces.</summary>
    [RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> WriteViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Fallbacks = [Models.Mini], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> WriteViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Text from a model without a fallback.</summary>
    [RoutedPrompt(Models.Mini, MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> WriteAloneAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Reports one by one.</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial IAsyncEnumerable<Report> ListViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Models.Sonnet, Fallbacks = [Models.Mini], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial IAsyncEnumerable<Report> ListViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>An output whose check has a bug.</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial Task<Audit> AuditAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>One model, and a person as the fallback, with a time limit of two seconds.</summary>
    [RoutedPrompt(Models.Mini, MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Fallback(nameof(AskPersonAsync), Seconds = 2)]
    public partial Task<PromptResult<Report>> ReportOrAskAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>The person that <see cref="ReportOrAskAsync"/> falls back to.</summary>
    public Func<Task<Report>> Person { get; set; } = static () => throw new NotSupportedException();

    private Task<Report> AskPersonAsync(string ticket) => Person();

    /// <summary>What <see cref="CheckedAsync"/> asks.</summary>
    public Func<Report, CancellationToken, Task<string?>> Check { get; set; } = static (_, _) => Task.FromResult<string?>(null);

    private Task<string?> CheckAsync(Report report, CancellationToken cancellationToken) => Check(report, cancellationToken);
}
