namespace Acme.Patterns.Questions;

/// <summary>A comment in the forum.</summary>
/// <param name="Id">Shown in the tables; the models never see it.</param>
/// <param name="Expected">The right ruling; the models never see it.</param>
/// <param name="Text">What somebody wrote.</param>
internal sealed record Comment(string Id, Ruling Expected, string Text)
{
    /// <summary>Eight where words decide, and two where the policy does.</summary>
    public static IReadOnlyList<Comment> All { get; } =
    [
        new("M01", Ruling.Allowed, "Thanks, the new import tool saved us a week of work."),
        new("M02", Ruling.Allowed, "The sync client crashed twice today. Please fix it."),
        new("M03", Ruling.Spam, "CHEAP FOLLOWERS, buy now at http://follow.example"),
        new("M04", Ruling.Harassment, "You are an idiot and so is your whole team."),
        new("M05", Ruling.Allowed, "I disagree: the old layout was easier to read."),
        new("M06", Ruling.Spam, "Win a free phone!!! Visit http://phone.example"),
        new("M07", Ruling.Harassment, "Only a moron would pay for this, and that means you."),
        new("M08", Ruling.Allowed, "Does the free plan include shared folders?"),
        new("M09", Ruling.Allowed, "My boss called me an \"idiot\" in this thread. Can that post be removed?"),
        new("M10", Ruling.Threat, "Nice house you have. It would be a pity if something happened to it tonight."),
    ];
}
