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

        return And(quoted);
    }

    /// <summary><c>a, b and c</c>.</summary>
    public static string And(IReadOnlyList<string> parts) => parts.Count < 2
        ? string.Concat(parts)
        : string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[parts.Count - 1];

    public static string Number(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number in full, even if it is none or has no end.</summary>
    public static string Any(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? "infinite" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>An amount to a millionth of a dollar; a smaller one in full, so that it is not shown as nothing.</summary>
    public static string Usd(double value) => "$" + value.ToString(value is > 0 and < 1e-6 ? "0.00############################" : "0.00####", CultureInfo.InvariantCulture);
}
