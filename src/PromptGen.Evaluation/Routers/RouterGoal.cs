using System.Globalization;

namespace PromptGen.Evaluation;

/// <summary>What the threshold of a router is chosen for.</summary>
public sealed class RouterGoal
{
    private readonly string _name;
    private readonly double _value;
    private readonly double _weakCost;

    private RouterGoal(string name, double value, double weakCost = 0) => (_name, _value, _weakCost) = (name, value, weakCost);

    /// <summary>As few calls of the strong model as keep a share of its quality.</summary>
    /// <param name="share">The share of the right answers that the strong model alone gives, from 0 to 1: 0.98 allows two in a hundred of them to be lost.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public static RouterGoal Quality(double share) => new("quality", Checked(share, nameof(share)));

    /// <summary>As good as a cost allows.</summary>
    /// <param name="share">The greatest mean cost of a call, as a share of that of the strong model alone, from 0 to 1.</param>
    /// <param name="weakCost">What a call of the weak model costs, as a share of one of the strong model, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not from 0 to 1.</exception>
    public static RouterGoal Cost(double share, double weakCost = 0) => new("cost", Checked(share, nameof(share)), Checked(weakCost, nameof(weakCost)));

    /// <summary>The goal as the router's file states it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_name} {_value:0.####}{(_weakCost > 0 ? $" weak-cost {_weakCost:0.####}" : "")}");

    /// <summary>The point that serves the goal best; where none reaches it, the one that comes nearest.</summary>
    /// <param name="points">The points from no call of the strong model to all.</param>
    internal RouterPoint Choose(IReadOnlyList<RouterPoint> points) => _name == "quality"
        ? points.FirstOrDefault(point => point.Quality >= _value * points[^1].Quality) ?? points[^1]
        : points.Where(point => point.StrongShare + ((1 - point.StrongShare) * _weakCost) <= _value).MaxBy(static point => point.Quality) ?? points[0];

    private static double Checked(double share, string name) => share is >= 0 and <= 1 ? share : throw new ArgumentOutOfRangeException(name, share, "The share is from 0 to 1.");
}
