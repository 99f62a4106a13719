namespace Acme.Patterns.Questions;

/// <summary>One question of a customer.</summary>
/// <param name="Id">Shown in the tables; the models never see it.</param>
/// <param name="Plan">What the customer pays for.</param>
/// <param name="Text">What the customer wrote.</param>
/// <param name="Expected">Words that a right answer has; the models never see them.</param>
internal sealed record Question(string Id, Plan Plan, string Text, string Expected)
{
    /// <summary>Six that one article of the handbook answers, three that take a second one, and one that takes a third.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        new("Q01", Plan.Free, "How do I reset my password?", "Forgot password"),
        new("Q02", Plan.Free, "Where do I find last month's invoice?", "Billing"),
        new("Q03", Plan.Team, "How do I share a folder with a colleague?", "choose Share"),
        new("Q04", Plan.Free, "How much storage does the free plan have?", "5 GB"),
        new("Q05", Plan.Team, "Can I get back a file that was deleted yesterday?", "30 days"),
        new("Q06", Plan.Enterprise, "How do I invite somebody to our team?", "Settings, Team"),
        new("Q07", Plan.Team, "Our upload stops. What does this mean?\n```\nPUT /v1/files/plan.iso\nHTTP/1.1 413\n```", "in parts"),
        new(
            "Q08",
            Plan.Team,
            "I edited a budget on my laptop, on a train and without a connection, while Maria edited the same file in the office. Is that a conflict, and whose version is left once both of us are connected?",
            "both versions"),
        new(
            "Q09",
            Plan.Free,
            "We are ten people with an old file server. Before we pay for anything I want to know how the migration of two million small files works, and whether folders keep their rights.",
            "keep their rights"),
        new("Q10", Plan.Enterprise, "Our lawyer asks about your liability: who pays if a backup in another region is lost?", "twelve months"),
    ];

    /// <summary>The handbook that the answers are in.</summary>
    public static string Handbook { get; } = ReadHandbook();

    private static string ReadHandbook()
    {
        using var reader = new StreamReader(typeof(Question).Assembly.GetManifestResourceStream("handbook.txt")!);

        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }
}
