namespace Acme.Support.Simulation;

/// <summary>The character of one simulated model.</summary>
/// <param name="Vocabulary">The phrases that it knows, and with them its languages.</param>
/// <param name="Skills">What it can do beyond counting them.</param>
/// <param name="Doubt">How much evidence it wants before it is sure; weak models are sure too early.</param>
/// <param name="Habits">How it goes wrong, and on how many of a hundred texts.</param>
/// <param name="Latency">How long it takes to answer.</param>
/// <param name="RefusesAbuse">Whether it declines to deal with abusive texts.</param>
internal sealed record SimulatedModel(
    Vocabulary Vocabulary,
    Skills Skills,
    double Doubt,
    (Habit Habit, int Percent)[] Habits,
    TimeSpan Latency,
    bool RefusesAbuse = false)
{
    private static readonly SimulatedModel Luna = new(
        Vocabulary.Of("keywords"),
        Skills.None,
        Doubt: 0.6,
        [
            (Habit.Fence, 10), (Habit.Prose, 6), (Habit.UnknownQueue, 8), (Habit.UrgencyOfTen, 8), (Habit.RunsOn, 4),
            (Habit.ServerErrorOnce, 4), (Habit.RateLimitedOnce, 10), (Habit.Overloaded, 10),
        ],
        TimeSpan.FromMilliseconds(60),
        RefusesAbuse: true);

    private static readonly SimulatedModel Haiku = new(
        Vocabulary.Of("keywords"),
        Skills.Negation,
        Doubt: 0.8,
        [(Habit.Fence, 40), (Habit.Prose, 20), (Habit.UnknownQueue, 10)],
        TimeSpan.FromMilliseconds(80),
        RefusesAbuse: true);

    private static readonly SimulatedModel Llama = new(
        Vocabulary.Of("en", "de", "fr", "es"),
        Skills.None,
        Doubt: 1.0,
        [(Habit.Fence, 20), (Habit.Prose, 15), (Habit.UnknownQueue, 15), (Habit.RawNewline, 20)],
        TimeSpan.FromMilliseconds(150));

    private static readonly SimulatedModel Terra = new(
        Vocabulary.Of("en", "de", "fr", "es", "it", "nl", "pt"),
        Skills.Negation | Skills.PlainInjection,
        Doubt: 1.2,
        [(Habit.UrgencyOfTen, 6), (Habit.ServerErrorOnce, 6), (Habit.Overloaded, 4)],
        TimeSpan.FromMilliseconds(150));

    private static readonly SimulatedModel Sonnet = Terra with { Habits = [(Habit.Fence, 10), (Habit.Prose, 5)] };

    private static readonly SimulatedModel Opus = new(
        Vocabulary.Of("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "ar", "subtle"),
        Skills.Negation | Skills.EveryInjection | Skills.Context,
        Doubt: 1.4,
        [(Habit.Prose, 10), (Habit.ServerErrorOnce, 6)],
        TimeSpan.FromMilliseconds(250));

    /// <summary>The stand-in for a model of the catalog; one that is not in it answers like the weakest.</summary>
    public static SimulatedModel For(string modelId) => modelId switch
    {
        Models.Haiku => Haiku,
        Models.Sonnet => Sonnet,
        Models.Terra => Terra,
        Models.Opus => Opus,
        Models.Llama => Llama,
        _ => Luna,
    };
}
