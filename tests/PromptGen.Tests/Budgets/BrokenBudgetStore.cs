using System.Collections.Concurrent;
using PromptGen.Budgets;

namespace PromptGen.Tests.Budgets;

/// <summary>What a store can get wrong.</summary>
public enum Defect
{
    IgnoresTheLimit,
    RoundsToCents,
    StopsAtTheFirstRefusal,
    ChecksBeforeItActs,
    KeepsTheReservationBesideTheCost,
    CapsTheCostAtTheReservation,
    ForgetsToRelease,
    ReservesTwice,
    SettlesTwice,
    ChecksBeforeItSettles,
    ReopensWhatWasClosed,
    ForgetsWhatWasClosed,
    ReservesWhatWasReleased,
    DropsCostWithoutReservation,
    MixesKeys,
    RemembersTheFirstLimit,
    NeverExpires,
    DropsLateCost,
    SettlesLateTwice,
    NeverBeginsAnew,
}

/// <summary>A store with one defect: the in-memory store behind a layer that spoils what passes.</summary>
internal sealed class BrokenBudgetStore(Defect defect, TimeProvider clock) : IBudgetStore
{
    private readonly InMemoryBudgetStore _inner = new(clock);
    private readonly ConcurrentDictionary<Guid, BudgetReservation> _known = new();
    private readonly ConcurrentDictionary<string, decimal> _limits = new();
    private readonly TaskCompletionSource _manyLooked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Guid, int> _closed = new();
    private int _looked;

    public async ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
    {
        var spoiled = Spoil(reservation);
        _known.TryAdd(reservation.Id, spoiled);
        switch (defect)
        {
            case Defect.StopsAtTheFirstRefusal:
                foreach (var budget in spoiled.Budgets)
                {
                    if (await _inner.ReserveAsync(spoiled with { Id = Guid.NewGuid(), Budgets = [budget] }, cancellationToken) is { IsGranted: false } refused)
                    {
                        return refused;
                    }
                }

                return BudgetDecision.Granted;
            case Defect.ChecksBeforeItActs:
                var seen = await _inner.GetBalanceAsync(spoiled.Budgets[0], cancellationToken);
                var left = spoiled.Budgets[0].MaxUsd - seen.SpentUsd - seen.ReservedUsd;
                await ManyHaveLookedAsync();
                return spoiled.Usd > left
                    ? new BudgetDecision(spoiled.Budgets[0].Key, left)
                    : await _inner.ReserveAsync(spoiled with { Budgets = [spoiled.Budgets[0] with { MaxUsd = decimal.MaxValue }] }, cancellationToken);
            default:
                return await _inner.ReserveAsync(spoiled, cancellationToken);
        }
    }

    public async ValueTask SettleAsync(BudgetReservation reservation, decimal usd, CancellationToken cancellationToken = default)
    {
        var (known, made) = (Known(reservation), _known.ContainsKey(reservation.Id));
        switch (defect)
        {
            case Defect.KeepsTheReservationBesideTheCost:
                await _inner.SettleAsync(known with { Id = Guid.NewGuid() }, usd, cancellationToken);
                break;
            case Defect.CapsTheCostAtTheReservation:
                await _inner.SettleAsync(known, Math.Min(usd, reservation.Usd), cancellationToken);
                break;
            case Defect.SettlesTwice:
                await _inner.ReleaseAsync(known, cancellationToken);
                await _inner.SettleAsync(known with { Id = Guid.NewGuid() }, usd, cancellationToken);
                break;
            case Defect.ChecksBeforeItSettles when !_closed.ContainsKey(reservation.Id):
                await ManyHaveLookedAsync();
                _closed.TryAdd(reservation.Id, 0);
                await _inner.ReleaseAsync(known, cancellationToken);
                await _inner.SettleAsync(known with { Id = Guid.NewGuid() }, usd, cancellationToken);
                break;
            case Defect.ForgetsWhatWasClosed when _closed.TryGetValue(reservation.Id, out var since) && _closed.Count - since > 100:
            case Defect.SettlesLateTwice when made && await IsExpiredAsync(reservation):
                await _inner.SettleAsync(known with { Id = Guid.NewGuid() }, usd, cancellationToken);
                break;
            case Defect.DropsCostWithoutReservation when !made:
            case Defect.DropsLateCost when made && await IsExpiredAsync(reservation):
                break;
            default:
                _closed.TryAdd(reservation.Id, _closed.Count);
                await _inner.SettleAsync(known, defect == Defect.RoundsToCents ? Math.Round(usd, 2) : usd, cancellationToken);
                break;
        }
    }

    public async ValueTask ReleaseAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
    {
        if (defect == Defect.ForgetsToRelease || (defect == Defect.ReservesWhatWasReleased && !_known.ContainsKey(reservation.Id)))
        {
            return;
        }

        _closed.TryAdd(reservation.Id, _closed.Count);
        await _inner.ReleaseAsync(Known(reservation), cancellationToken);
        if (defect == Defect.ReopensWhatWasClosed)
        {
            _known[reservation.Id] = Known(reservation) with { Id = Guid.NewGuid() };
        }
    }

    public ValueTask<BudgetBalance> GetBalanceAsync(BudgetLimit budget, CancellationToken cancellationToken = default) =>
        _inner.GetBalanceAsync(Spoil(budget), cancellationToken);

    private Task ManyHaveLookedAsync()
    {
        if (Interlocked.Increment(ref _looked) == 20)
        {
            _manyLooked.SetResult();
        }

        return _manyLooked.Task;
    }

    private BudgetReservation Known(BudgetReservation reservation) => _known.GetValueOrDefault(reservation.Id) ?? Spoil(reservation);

    private async Task<bool> IsExpiredAsync(BudgetReservation reservation) =>
        (await _inner.GetBalanceAsync(reservation.Budgets[0])).ReservedUsd == 0m && clock.GetTimestamp() >= reservation.Lifetime.Ticks;

    private BudgetReservation Spoil(BudgetReservation reservation) => reservation with
    {
        Id = defect == Defect.ReservesTwice ? Guid.NewGuid() : reservation.Id,
        Usd = defect == Defect.RoundsToCents ? Math.Round(reservation.Usd, 2) : reservation.Usd,
        Lifetime = defect == Defect.NeverExpires ? TimeSpan.FromDays(10_000) : reservation.Lifetime,
        Budgets = [.. reservation.Budgets.Select(Spoil)],
    };

    private BudgetLimit Spoil(BudgetLimit budget) => defect switch
    {
        Defect.IgnoresTheLimit => budget with { MaxUsd = decimal.MaxValue },
        Defect.MixesKeys => budget with { Key = budget.Key.Split('/')[0], Period = BudgetPeriod.Month },
        Defect.RemembersTheFirstLimit => budget with { MaxUsd = _limits.GetOrAdd(budget.Key, budget.MaxUsd) },
        Defect.NeverBeginsAnew => budget with { Period = BudgetPeriod.Month },
        _ => budget,
    };
}
