namespace PromptGen.Evaluation;

/// <summary>Random numbers that are the same in every version of .NET (SplitMix64), which those of <see cref="Random"/> are not promised to be.</summary>
internal sealed class Shuffler(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The numbers from 0 to below a count, in random order.</summary>
    public int[] Shuffle(int count)
    {
        var numbers = new int[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = i;
        }

        Shuffle(numbers);
        return numbers;
    }

    /// <summary>Puts numbers in random order (Fisher and Yates).</summary>
    public void Shuffle(int[] numbers)
    {
        for (var i = numbers.Length - 1; i > 0; i--)
        {
            var other = (int)(Next() % (ulong)(i + 1));
            (numbers[i], numbers[other]) = (numbers[other], numbers[i]);
        }
    }

    /// <summary>A number from 0 to below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
