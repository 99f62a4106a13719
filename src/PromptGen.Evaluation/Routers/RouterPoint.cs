namespace PromptGen.Evaluation;

/// <summary>What a threshold of a router leads to.</summary>
/// <param name="Threshold">A call whose score is at least this goes to the weak model.</param>
/// <param name="StrongShare">The share of the calls that go to the strong model.</param>
/// <param name="Quality">The share of right answers.</param>
public sealed record RouterPoint(double Threshold, double StrongShare, double Quality)
{
    /// <summary>The point of a threshold on labelled examples.</summary>
    internal static RouterPoint At(double threshold, IReadOnlyList<RouterExample> examples, IReadOnlyList<double> scores)
    {
        var (strong, right) = (0, 0);
        for (var i = 0; i < examples.Count; i++)
        {
            var goesUp = !(scores[i] >= threshold);
            strong += goesUp ? 1 : 0;
            right += (goesUp ? examples[i].StrongCorrect : examples[i].WeakCorrect) ? 1 : 0;
        }

        return new RouterPoint(threshold, (double)strong / examples.Count, (double)right / examples.Count);
    }

    /// <summary>One point for each threshold that makes a difference, from no call of the strong model to all.</summary>
    internal static List<RouterPoint> All(IReadOnlyList<RouterExample> examples, IReadOnlyList<double> scores)
    {
        var order = Enumerable.Range(0, examples.Count).OrderBy(i => scores[i]).ToArray();
        var right = examples.Count(static example => example.WeakCorrect);
        var points = new List<RouterPoint> { new(0, 0, (double)right / examples.Count) };
        for (var i = 0; i < order.Length;)
        {
            for (var score = scores[order[i]]; i < order.Length && scores[order[i]] == score; i++)
            {
                var example = examples[order[i]];
                right += (example.StrongCorrect ? 1 : 0) - (example.WeakCorrect ? 1 : 0);
            }

            // Midway to the next score, so that the digits that the file keeps do not move a call to the other side.
            var threshold = i < order.Length ? (scores[order[i - 1]] + scores[order[i]]) / 2 : 1;
            points.Add(new RouterPoint(threshold, (double)i / examples.Count, (double)right / examples.Count));
        }

        return points;
    }
}
