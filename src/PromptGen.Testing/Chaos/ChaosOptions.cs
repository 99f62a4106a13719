namespace PromptGen.Testing;

/// <summary>
/// The rates of faults. They are shares of all requests and mutually exclusive. Which request gets which fault depends on the seed
/// and on the request's number alone, never on threads or time: two runs with one seed inject the same faults.
/// </summary>
public sealed class ChaosOptions
{
    // In the order of the enumeration, which starts with None.
    private readonly double[] _rates = new double[Enum.GetValues<ChaosFault>().Length];

    /// <summary>The seed of the faults. Default: 0.</summary>
    public int Seed { get; set; }

    /// <summary>How long a <see cref="ChaosFault.Slow"/> answer is held back. Default: 1 s.</summary>
    public TimeSpan SlowBy { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock that <see cref="SlowBy"/> is measured with. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The share of requests that meet a fault.</summary>
    /// <param name="fault">The fault; not <see cref="ChaosFault.None"/>.</param>
    /// <returns>0–1; default: 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such fault, the rate is not from 0 to 1, or all rates together exceed 1.</exception>
    public double this[ChaosFault fault]
    {
        get => _rates[Index(fault)];
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(_rates.Sum() - _rates[Index(fault)] + value, 1 + 1e-9, nameof(value));
            _rates[Index(fault)] = value;
        }
    }

    /// <summary>Sets the same rate for each of some faults.</summary>
    /// <param name="rate">0–1.</param>
    /// <param name="faults">The faults; none = all.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">As for the indexer.</exception>
    public ChaosOptions Inject(double rate, params ChaosFault[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (var fault in faults.Length > 0 ? faults : [.. Enum.GetValues<ChaosFault>().Where(static fault => fault != ChaosFault.None)])
        {
            this[fault] = rate;
        }

        return this;
    }

    /// <summary>Gets the fault of a request.</summary>
    /// <param name="number">The request's number.</param>
    /// <returns>The fault; mostly <see cref="ChaosFault.None"/>.</returns>
    public ChaosFault FaultOf(long number)
    {
        var drawn = Draw(Seed, number);
        for (var i = 1; i < _rates.Length; i++)
        {
            if ((drawn -= _rates[i]) < 0)
            {
                return (ChaosFault)i;
            }
        }

        return ChaosFault.None;
    }

    /// <summary>SplitMix64 of seed and number: even for numbers in a row the results are spread evenly over 0–1.</summary>
    private static double Draw(int seed, long number)
    {
        var mixed = ((ulong)(uint)seed << 32) + ((ulong)number * 0x9E3779B97F4A7C15UL);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    private static int Index(ChaosFault fault) =>
        fault != ChaosFault.None && Enum.IsDefined(fault) ? (int)fault : throw new ArgumentOutOfRangeException(nameof(fault), fault, "There is no such fault.");
}
