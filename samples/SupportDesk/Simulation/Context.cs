using System.Globalization;
using System.Text.RegularExpressions;

namespace Acme.Support.Simulation;

/// <summary>What a strong model reads between the words: money, how many people are affected, tone.</summary>
/// <param name="Money">What an amount of money adds to billing.</param>
/// <param name="Urgency">What scope, amount and tone add to the urgency.</param>
internal sealed partial record Context(int Money, int Urgency)
{
    private const decimal MuchMoney = 200m;
    private const int ManyPeople = 10;

    /// <summary>Reads the context of a text.</summary>
    public static Context Of(string text)
    {
        var amounts = Amount().Matches(text).Select(match => decimal.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToList();
        var people = People().Matches(text).Any(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) >= ManyPeople);

        return new Context(
            amounts.Count > 0 ? 1 : 0,
            (people ? 1 : 0) + (amounts.Any(amount => amount >= MuchMoney) ? 1 : 0) + (text.Contains("!!", StringComparison.Ordinal) ? 1 : 0));
    }

    /// <summary>The text without the lines of earlier mails.</summary>
    public static string WithoutQuotes(string text) => QuotedLine().Replace(text, "");

    [GeneratedRegex(@"(?:[$€£]\s?)(\d{1,6})")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\b(\d{1,6}) (?:of our )?(?:users|people|employees|colleagues|customers|others)", RegexOptions.IgnoreCase)]
    private static partial Regex People();

    [GeneratedRegex(@"^>.*$", RegexOptions.Multiline)]
    private static partial Regex QuotedLine();
}
