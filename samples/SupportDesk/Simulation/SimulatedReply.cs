namespace Acme.Support.Simulation;

/// <summary>What a simulated model sends back.</summary>
/// <param name="Habit">How it went wrong, <see cref="Habit.None"/> = it did not.</param>
/// <param name="Text">The answer's text; empty where there is none.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record SimulatedReply(Habit Habit, string Text, int Status = 200);
