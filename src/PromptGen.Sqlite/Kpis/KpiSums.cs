using Microsoft.Data.Sqlite;

namespace PromptGen.Sqlite.Kpis;

/// <summary>What is counted and added up of a group of calls: all that rates, means, percentiles and their tests need.</summary>
/// <param name="key">What the calls have in common.</param>
internal sealed class KpiSums(string key)
{
    /// <summary>The columns of a call that <see cref="Add"/> reads, behind the key.</summary>
    public const string Columns = """
        outcome = 'None', model IS NOT NULL, duration_us, cost_usd, full_cost_usd, full_cost_complete, saved_usd, saved_complete, requests, agreement, is_escalated, is_repaired, is_fallback,
          is_retried, is_broken, is_rejected, is_substituted, from_cache, has_rungs, CASE tier WHEN 'Fast' THEN 0 WHEN 'General' THEN 1 WHEN 'Deep' THEN 2 WHEN 'SelfHosted' THEN 3 END
        """;

    private static readonly Tier[] s_tiers = [Tier.Fast, Tier.General, Tier.Deep, Tier.SelfHosted];

    /// <summary>How long each answer took, in microseconds.</summary>
    private readonly List<long> _times = [];

    private readonly long[] _tiers = new long[s_tiers.Length];
    private double _agreement;
    private long _agreements;

    public string Key => key;

    public long Calls { get; private set; }

    public long Answers => _times.Count;

    public long ModelAnswers { get; private set; }

    public long Attempts { get; private set; }

    public double CostUsd { get; private set; }

    public double FullCostUsd { get; private set; }

    public double FullCostSquared { get; private set; }

    public bool IsCostComplete { get; private set; } = true;

    public double SavedUsd { get; private set; }

    public bool IsSavedComplete { get; private set; } = true;

    public double AnswerSeconds { get; private set; }

    public double AnswerSecondsSquared { get; private set; }

    public long Escalated { get; private set; }

    public long Repaired { get; private set; }

    public long FellBack { get; private set; }

    public long Retried { get; private set; }

    public long Broken { get; private set; }

    public long Rejected { get; private set; }

    public long Substituted { get; private set; }

    public long FromCache { get; private set; }

    public long WithRungs { get; private set; }

    /// <summary>The mean agreement of the votes that were won; null where there was none.</summary>
    public double? Agreement => _agreements > 0 ? _agreement / _agreements : null;

    /// <summary>How many of the answers each tier gave.</summary>
    public IEnumerable<(Tier Tier, long Answers)> Tiers => s_tiers.Zip(_tiers);

    /// <summary>Adds a call.</summary>
    /// <param name="row">Its key and its <see cref="Columns"/>.</param>
    public void Add(SqliteDataReader row)
    {
        Calls++;
        AddMoney(row);
        var isFromCache = row.GetInt64(18);
        Attempts += row.GetInt64(9);
        Escalated += row.GetInt64(11);
        Repaired += row.GetInt64(12);
        FellBack += row.GetInt64(13);
        Retried += row.GetInt64(14);
        Broken += row.GetInt64(15);
        Rejected += row.GetInt64(16);
        Substituted += row.GetInt64(17);
        FromCache += isFromCache;
        if (row.RealOrNull(10) is { } agreement)
        {
            _agreement += agreement;
            _agreements++;
        }

        if (row.GetInt64(1) != 0)
        {
            AddAnswer(row, isFromCache == 0 && row.GetInt64(2) != 0);
        }
    }

    /// <summary>The time within which so many of 100 answers came, by the nearest rank; null where there is none.</summary>
    public TimeSpan? Percentile(int percent)
    {
        if (_times.Count == 0)
        {
            return null;
        }

        _times.Sort();
        return LedgerTime.Time(_times[(int)((((long)_times.Count * percent) + 99) / 100) - 1]);
    }

    private void AddMoney(SqliteDataReader row)
    {
        var fullCost = row.GetDouble(5);
        CostUsd += row.GetDouble(4);
        FullCostUsd += fullCost;
        FullCostSquared += fullCost * fullCost;
        IsCostComplete &= row.GetInt64(6) != 0;
        SavedUsd += row.GetDouble(7);
        IsSavedComplete &= row.GetInt64(8) != 0;
    }

    private void AddAnswer(SqliteDataReader row, bool isOfModel)
    {
        var time = row.GetInt64(3);
        _times.Add(time);
        AnswerSeconds += time / 1e6;
        AnswerSecondsSquared += time / 1e6 * (time / 1e6);
        ModelAnswers += isOfModel ? 1 : 0;
        WithRungs += row.GetInt64(19);
        if (row.NumberOrNull(20) is { } tier)
        {
            _tiers[tier]++;
        }
    }
}
