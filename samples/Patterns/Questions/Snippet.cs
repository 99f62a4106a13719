namespace Acme.Patterns.Questions;

/// <summary>Code to review.</summary>
/// <param name="Id">Shown in the tables; the models never see it.</param>
/// <param name="Expected">The right verdict; the models never see it.</param>
/// <param name="Code">The code.</param>
internal sealed record Snippet(string Id, Verdict Expected, string Code)
{
    /// <summary>Five where a look for locks or immutable types is enough, and three where it misleads.</summary>
    public static IReadOnlyList<Snippet> All { get; } =
    [
        new("C01", Verdict.Unsafe, """
            public sealed class TicketNumbers
            {
                private int _last;

                public int Next() => ++_last;
            }
            """),
        new("C02", Verdict.Safe, """
            public sealed class RequestCounter
            {
                private long _count;

                public void Add() => Interlocked.Increment(ref _count);
            }
            """),
        new("C03", Verdict.Unsafe, """
            public sealed class People
            {
                private readonly Dictionary<int, string> _names = [];

                public void Keep(int id, string name) => _names[id] = name;
            }
            """),
        new("C04", Verdict.Safe, """
            public sealed record Money(string Currency, decimal Amount)
            {
                public static readonly Money None = new("EUR", 0);
            }
            """),
        new("C05", Verdict.Safe, """
            public sealed class AuditLog
            {
                private readonly object _gate = new();
                private readonly List<string> _lines = [];

                public void Add(string line)
                {
                    lock (_gate)
                    {
                        _lines.Add(line);
                    }
                }
            }
            """),
        new("C06", Verdict.Unsafe, """
            public sealed class Gate
            {
                private volatile int _open;

                public void Enter() => _open++;
            }
            """),
        new("C07", Verdict.Unsafe, """
            public sealed class Bookings
            {
                private readonly ConcurrentDictionary<string, int> _left = new();

                public void Take(string room)
                {
                    if (_left[room] > 0)
                    {
                        _left[room]--;
                    }
                }
            }
            """),
        new("C08", Verdict.Unsafe, """
            public sealed class Quota
            {
                private volatile int _used;

                public void Use() => _used += 1;
            }
            """),
    ];
}
