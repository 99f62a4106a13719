namespace Acme.Patterns.Questions;

/// <summary>News to announce.</summary>
/// <param name="Id">Shown in the tables; the models never see it.</param>
/// <param name="Facts">What there is to announce, one fact per line.</param>
internal sealed record News(string Id, string Facts)
{
    /// <summary>Five that are short enough for a cheap model, and one that is not.</summary>
    public static IReadOnlyList<News> All { get; } =
    [
        new("N01", """
            Version 4.2 is out on 7 December.
            Uploads are 3 times faster.
            """),
        new("N02", """
            The free plan grows from 5 to 10 GB.
            The change takes effect on 1 January.
            """),
        new("N03", """
            Maintenance is on 12 December from 22:00 to 23:30 UTC.
            Files cannot be opened in these 90 minutes.
            """),
        new("N04", """
            Folders keep up to 180 versions of each file.
            Older plans keep 30.
            A version can be restored for 365 days.
            """),
        new("N05", """
            The region Frankfurt 2 opens on 15 January.
            Moving 1 TB takes about 4 hours.
            """),
        new("N06", """
            The Team plan costs 12 EUR from 1 March.
            Customers of 2025 keep their price for 24 months.
            The plan gets 3 TB for each user.
            Invoices show the new price from 15 March.
            The right to cancel ends on 28 February.
            """),
    ];
}
