namespace PromptGen.Catalog;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>A longer name is not compared: it is data, not a name.</summary>
    private const int MostLength = 200;

    /// <returns><c>; did you mean 'MaxUsd'?</c>, or nothing where no name is near.</returns>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var (best, least) = ((string?)null, (Math.Min(name.Length, MostLength) / 4) + 2);
        foreach (var candidate in known)
        {
            if (Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant()) is var distance && distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best is null ? "" : $"; did you mean '{best}'?";
    }

    /// <summary>How many characters have to be inserted, removed or replaced.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > MostLength || right.Length > MostLength)
        {
            return int.MaxValue;
        }

        var (above, row) = (new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            }

            (above, row) = (row, above);
        }

        return above[right.Length];
    }
}
