using Acme.Patterns.Compilation;
using Acme.Patterns.Providers;
using Acme.Patterns.Questions;
using Acme.Patterns.Report;
using PromptGen;

namespace Acme.Patterns;

/// <summary>One way to choose the models of a call.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Subject">What its cases are, in words. Patterns with the same subject have the same cases.</param>
/// <param name="Cases">The calls that are made with it.</param>
internal sealed record Pattern(string Name, string Title, string Subject, IReadOnlyList<Case> Cases)
{
    private const string Alone = "alone";
    private const string AloneTitle = "The strongest model alone";

    /// <summary>The patterns, in the order in which they run.</summary>
    public static IReadOnlyList<Pattern> All { get; } =
    [
        Answers("rules", "Rules router: phrases, code and length of the question decide", static (prompts, question, token) =>
            new RulesRouter(prompts).AnswerAsync(Question.Handbook, question.Text, token)),
        Answers("llm", "LLM router: a prompt on a cheap model decides", static (prompts, question, token) =>
            new LlmRouter(prompts).AnswerAsync(Question.Handbook, question.Text, token)),
        Answers("learned", "Learned router: trained from labelled questions", static (prompts, question, token) =>
            new LabelsRouter(prompts).AnswerAsync(Question.Handbook, question.Text, token)),
        Answers("plan", "Value router: the customer's plan decides, and sets a ceiling", static (prompts, question, token) =>
            new ValueRouter(prompts).AnswerAsync(Question.Handbook, question.Text, question.Plan, token)),
        Answers("judge", "Judge: another prompt has to accept the answer", static (prompts, question, token) =>
            new JudgedAnswer(prompts).AnswerAsync(Question.Handbook, question.Text, token)),
        Reviews("vote", "Ensemble: two of three models have to agree", static (prompts, code, token) =>
            new ThreadSafetyReview(prompts).ReviewAsync(code, token)),
        Reviews("weights", "Weighted ensemble: votes count by measured accuracy", static (prompts, code, token) =>
            new WeightedReview(prompts).ReviewAsync(code, token)),
        Reviews("jury", "Judged ensemble: where two models disagree, a third one selects", static (prompts, code, token) =>
            new JudgedReview(prompts).ReviewAsync(code, token)),
        Programs("code", "Compile check: code has to compile and to pass tests", static (prompts, task, token) =>
            new CodeWriter(prompts, CodeCheck.Default).WriteAsync(task, token)),
        Moderations("moderate", "Moderation cascade: where a cheap model is not sure, the strongest one gets the whole policy", static (prompts, comment, token) =>
            new ModerationCascade(prompts).ModerateAsync(comment, token)),
        Announcements("polish", "Draft and polish: the strongest model gets the rejected draft and the reason", static (prompts, facts, token) =>
            new DraftAndPolish(prompts).WriteAsync(facts, token)),
        Claims("extract", "Extract and decide: a cheap model reads, the strongest one decides", static async (prompts, claim, token) =>
        {
            var (facts, decision) = await new ExtractAndDecide(prompts).SettleAsync(claim.Mails, token);
            return Settled(claim, decision) with { Attempts = [.. facts.Attempts, .. decision.Attempts], Cost = facts.Cost + decision.Cost, HasStages = true };
        }),
    ];

    private static IReadOnlyList<Pattern> Baselines { get; } =
    [
        Answers(Alone, AloneTitle, static (prompts, question, token) => new StrongestAlone(prompts).AnswerAsync(Question.Handbook, question.Text, token)),
        Reviews(Alone, AloneTitle, static (prompts, code, token) => new StrongestAlone(prompts).ReviewAsync(code, token)),
        Programs(Alone, AloneTitle, static (prompts, task, token) => new StrongestAlone(prompts).WriteAsync(task, token)),
        Moderations(Alone, AloneTitle, static (prompts, comment, token) => new StrongestAlone(prompts).ModerateAsync(comment, token)),
        Announcements(Alone, AloneTitle, static (prompts, facts, token) => new StrongestAlone(prompts).AnnounceAsync(facts, token)),
        Claims(Alone, AloneTitle, static async (prompts, claim, token) => Settled(claim, await new StrongestAlone(prompts).SettleAsync(claim.Mails, token))),
    ];

    /// <summary>What the patterns with a subject are compared with.</summary>
    public static Pattern Baseline(string subject) => Baselines.Single(pattern => pattern.Subject == subject);

    /// <summary>Makes all calls, one after the other. Each run has a runtime of its own, so that no circuit that another pattern opened changes its way.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<ProviderAccess> providers, ICallLedger? ledger, CancellationToken cancellationToken)
    {
        await using var access = await ModelAccess.OpenAsync(providers, ledger);
        var outcomes = new List<Outcome>();
        foreach (var one in Cases)
        {
            var outcome = await AskAsync(one, access.Prompts, cancellationToken);
            if (ledger is not null && outcome.CallId is { } call)
            {
                await ledger.AddVerdictAsync(new CallVerdict(call, "expected", outcome.IsRight ? 1 : 0), cancellationToken);
            }

            outcomes.Add(outcome);
        }

        return outcomes;
    }

    private static async Task<Outcome> AskAsync(Case one, PromptRuntime prompts, CancellationToken cancellationToken)
    {
        using var watch = new DecisionWatch();
        try
        {
            var outcome = await one.AskAsync(prompts, cancellationToken);
            return outcome with { DecidedIn = watch.Time };
        }
        catch (PromptException exception) when (exception.Code != PromptErrorCode.Configuration)
        {
            return Outcome.Of(one.Id, exception);
        }
    }

    private static Pattern Answers(string name, string title, Func<PromptRuntime, Question, CancellationToken, Task<PromptResult<Answer>>> ask) => new(
        name,
        title,
        "questions",
        [.. Question.All.Select(question => new Case(question.Id, async (prompts, token) =>
            Outcome.Of(question.Id, await ask(prompts, question, token), answer => answer.Text.Contains(question.Expected, StringComparison.OrdinalIgnoreCase))))]);

    private static Pattern Reviews(string name, string title, Func<PromptRuntime, string, CancellationToken, Task<PromptResult<Finding>>> ask) => new(
        name,
        title,
        "pieces of code",
        [.. Snippet.All.Select(snippet => new Case(snippet.Id, async (prompts, token) =>
            Outcome.Of(snippet.Id, await ask(prompts, snippet.Code, token), finding => finding.Verdict == snippet.Expected)))]);

    private static Pattern Programs(string name, string title, Func<PromptRuntime, ProgrammingTask, CancellationToken, Task<PromptResult<Code>>> ask) => new(
        name,
        title,
        "methods",
        [.. Programming.All.Select(program => new Case(program.Id, async (prompts, token) =>
        {
            var result = await ask(prompts, program.Task, token);
            var passes = await CodeCheck.Default.TestAsync(result.Value.Text, program.Task, token) is null;

            return Outcome.Of(program.Id, result, _ => passes);
        }))]);

    private static Pattern Moderations(string name, string title, Func<PromptRuntime, string, CancellationToken, Task<PromptResult<Moderation>>> ask) => new(
        name,
        title,
        "comments",
        [.. Comment.All.Select(comment => new Case(comment.Id, async (prompts, token) =>
            Outcome.Of(comment.Id, await ask(prompts, comment.Text, token), moderation => moderation.Ruling == comment.Expected)))]);

    private static Pattern Announcements(string name, string title, Func<PromptRuntime, string, CancellationToken, Task<PromptResult<Announcement>>> ask) => new(
        name,
        title,
        "announcements",
        [.. News.All.Select(news => new Case(news.Id, async (prompts, token) =>
            Outcome.Of(news.Id, await ask(prompts, news.Facts, token), announcement => DraftAndPolish.MissingIn(announcement, news.Facts) is null)))]);

    private static Pattern Claims(string name, string title, Func<PromptRuntime, Claim, CancellationToken, Task<Outcome>> ask) => new(
        name,
        title,
        "claims",
        [.. Claim.All.Select(claim => new Case(claim.Id, (prompts, token) => ask(prompts, claim, token)))]);

    private static Outcome Settled(Claim claim, PromptResult<ClaimDecision> decision) => Outcome.Of(claim.Id, decision, decided => decided.Settlement == claim.Expected);
}
