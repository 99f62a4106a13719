using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Declarations;

namespace PromptGen.Generators.Diagnostics;

/// <summary>How messages write numbers and lists, the same in every culture.</summary>
internal static class Wording
{
    /// <summary><c>'a', 'b' and 'c'</c>.</summary>
    public static string List(IEnumerable<string> names)
    {
        var quoted = names.Select(static name => "'" + name + "'").ToArray();
        return quoted.Length < 2
            ? string.Concat(quoted)
            : string.Join(", ", quoted.Take(quoted.Length - 1)) + " and " + quoted[quoted.Length - 1];
    }

    public static string List(IEnumerable<ModelDeclaration> models) => List(models.Select(static model => model.Id).Distinct());

    public static string Number(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Usd(double value) => "$" + value.ToString("0.00####", CultureInfo.InvariantCulture);
}
