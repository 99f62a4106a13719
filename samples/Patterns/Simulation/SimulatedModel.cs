using Acme.Support.Simulation;

namespace Acme.Patterns.Simulation;

/// <summary>What one simulated model can do.</summary>
/// <param name="References">How many references ("See …") it follows from one article of the handbook to the next.</param>
/// <param name="Threading">How much it knows about threads, from 0 to 3.</param>
/// <param name="Guesses">Whether it makes up an answer about code that it does not understand, instead of saying so.</param>
/// <param name="Failures">How its requests fail, and how many of a hundred.</param>
internal sealed record SimulatedModel(int References, int Threading, bool Guesses, params (Failure Failure, int Percent)[] Failures)
{
    private const int Seed = 1;

    private static readonly SimulatedModel Luna = new(
        References: 0, Threading: 0, Guesses: true, (Failure.Prose, 10), (Failure.RateLimited, 6), (Failure.ServerError, 6), (Failure.Overloaded, 8));

    private static readonly SimulatedModel Haiku = new(References: 0, Threading: 1, Guesses: false, (Failure.Prose, 8));

    private static readonly SimulatedModel Terra = new(References: 1, Threading: 2, Guesses: false, (Failure.ServerError, 8), (Failure.Overloaded, 4));

    private static readonly SimulatedModel Sonnet = new(References: 1, Threading: 2, Guesses: false, (Failure.Prose, 4));

    private static readonly SimulatedModel Sol = new(References: 2, Threading: 3, Guesses: false, (Failure.ServerError, 6));

    private static readonly SimulatedModel Opus = new(References: 2, Threading: 3, Guesses: false, (Failure.RateLimited, 4));

    /// <summary>Whether it is one of the cheap models, which follow no reference.</summary>
    public bool IsWeak => References == 0;

    /// <summary>The stand-in for a model of the catalog.</summary>
    public static SimulatedModel For(string modelId) => modelId switch
    {
        Models.Haiku => Haiku,
        Models.Terra => Terra,
        Models.Sonnet => Sonnet,
        Models.Sol => Sol,
        Models.Opus => Opus,
        _ => Luna,
    };

    /// <summary>How a request fails. It follows from its text and the seed, so that the same question always takes the same way.</summary>
    public Failure FailureOf(string request)
    {
        var roll = StableHash.Of($"{Seed}\n{request}", 100);
        foreach (var (failure, percent) in Failures)
        {
            roll -= percent;
            if (roll < 0)
            {
                return failure;
            }
        }

        return Failure.None;
    }
}
