using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PromptGen.Generators.Findings;

/// <summary>How messages write numbers and lists, the same in every culture.</summary>
internal static class Wording
{
    /// <summary>The most names that a message lists: thousands are unreadable, and every finding would repeat them.</summary>
    private const int MaxListed = 24;

    /// <summary><c>'a', 'b' and 'c'</c>; of more than two dozen the first ones and how many there are beside.</summary>
    public static string List(IEnumerable<string> names)
    {
        var all = names as ICollection<string> ?? names.ToArray();
        var quoted = all.Take(all.Count > MaxListed ? MaxListed : all.Count).Select(static name => "'" + name + "'").ToList();
        if (all.Count > MaxListed)
        {
            quoted.Add($"{Number(all.Count - MaxListed)} more");
        }

        return quoted.Count < 2
            ? string.Concat(quoted)
            : string.Join(", ", quoted.Take(quoted.Count - 1)) + " and " + quoted[quoted.Count - 1];
    }

    public static string Number(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number in full, even if it is none or has no end.</summary>
    public static string Any(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? "infinite" : value.ToString("R", CultureInfo.InvariantCulture);

    public static string Usd(double value) => "$" + value.ToString("0.00####", CultureInfo.InvariantCulture);
}
