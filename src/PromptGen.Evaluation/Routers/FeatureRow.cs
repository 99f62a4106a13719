namespace PromptGen.Evaluation;

/// <summary>The features of an example that are not 0.</summary>
/// <param name="Columns">Their columns, ascending.</param>
/// <param name="Values">Their values.</param>
/// <param name="SquaredLength">The sum of the squares of the values.</param>
internal sealed record FeatureRow(int[] Columns, float[] Values, double SquaredLength)
{
    public static FeatureRow Of(IReadOnlyCollection<KeyValuePair<int, double>> values)
    {
        var sorted = values.OrderBy(static value => value.Key).ToArray();
        return new FeatureRow([.. sorted.Select(static value => value.Key)], [.. sorted.Select(static value => (float)value.Value)], sorted.Sum(static value => value.Value * value.Value));
    }

    public double Dot(double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < Columns.Length; i++)
        {
            sum += weights[Columns[i]] * Values[i];
        }

        return sum;
    }

    public void AddTo(double[] weights, double factor)
    {
        for (var i = 0; i < Columns.Length; i++)
        {
            weights[Columns[i]] += factor * Values[i];
        }
    }
}
