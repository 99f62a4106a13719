using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite.Kpis;

/// <summary>
/// The rows that key figures are computed from, in the order of their table. They are grouped and added up here and not by SQL, whose <c>GROUP BY</c> and window functions sort all rows first.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="query">Of which calls, and how they are grouped.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class KpiRows(SqliteConnection connection, KpiQuery query, CancellationToken cancellationToken)
{
    private const long DayInMicroseconds = TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond;

    private readonly Dictionary<long, string> _days = [];

    /// <summary>The column by which calls are grouped: the first one of each statement.</summary>
    public string KeyColumn { get; } = query.By switch
    {
        KpiGroup.Prompt => "call.prompt",
        KpiGroup.Model => "coalesce(call.model, 'none')",
        KpiGroup.Tier => "coalesce(call.tier, 'none')",
        KpiGroup.Version => "call.prompt || ' ' || call.version",
        KpiGroup.Day => $"call.started_us / {DayInMicroseconds}",
        KpiGroup.Scope => "coalesce(call.scope, 'none')",
        var other => throw new ArgumentOutOfRangeException(nameof(query), other, "There is no such group."),
    };

    /// <summary>The group of a row.</summary>
    public string Key(SqliteDataReader row)
    {
        if (query.By != KpiGroup.Day)
        {
            return row.GetString(0);
        }

        var day = row.GetInt64(0);
        if (!_days.TryGetValue(day, out var text))
        {
            _days[day] = text = LedgerTime.Moment(day * DayInMicroseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return text;
    }

    /// <summary>Reads the rows of the query's period.</summary>
    /// <param name="statement">The statement, from the condition of its calls.</param>
    public IEnumerable<SqliteDataReader> Read(Func<string, string> statement) => Read(statement, query.From, query.Until);

    /// <summary>Reads the rows of a period.</summary>
    /// <param name="statement">The statement, from the condition of its calls.</param>
    /// <param name="from">The beginning of the period; null = there is none.</param>
    /// <param name="until">Its end.</param>
    public IEnumerable<SqliteDataReader> Read(Func<string, string> statement, DateTimeOffset? from, DateTimeOffset? until)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement(command.Where(
            ("call.prompt =", query.Prompt), ("call.scope =", query.Scope), ("call.started_us >=", LedgerTime.Of(from)), ("call.started_us <", LedgerTime.Of(until))));
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return rows;
        }
    }
}
