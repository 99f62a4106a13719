namespace Acme.Patterns.Simulation;

/// <summary>
/// How a simulated model programs: a strong one knows the solution; a weak one makes a mistake in some tasks, which it corrects where the compiler or the allow-list names it.
/// </summary>
internal static class Programmer
{
    private static readonly (string Method, string Solution, string Mistake)[] Known =
    [
        ("Largest", "public static int Largest(int[] numbers) => numbers.Max();", ""),
        ("Reverse", "public static string Reverse(string text) => new(text.Reverse().ToArray());", ""),
        (
            "CountVowels",
            """public static int CountVowels(string text) => text.ToLowerInvariant().Count(letter => "aeiou".Contains(letter));""",
            """public static int CountVowels(string text) => text.LowerCase().Count(letter => "aeiou".Contains(letter));"""),
        (
            "CountWords",
            "public static int CountWords(string text) => text.Split((char[])null, StringSplitOptions.RemoveEmptyEntries).Length;",
            """
            public static int CountWords(string text)
                {
                    System.IO.File.AppendAllText("words.log", text);
                    return text.Split((char[])null, StringSplitOptions.RemoveEmptyEntries).Length;
                }
            """),
        (
            "IsLeapYear",
            "public static bool IsLeapYear(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);",
            "public static bool IsLeapYear(int year) => year % 4 == 0;"),
        (
            "Gcd",
            "public static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);",
            """
            public static int Gcd(int a, int b)
                {
                    while (a != b)
                    {
                        if (a > b)
                        {
                            a -= b;
                        }
                        else
                        {
                            b -= a;
                        }
                    }

                    return a;
                }
            """),
    ];

    /// <summary>What a model writes.</summary>
    /// <param name="task">The task.</param>
    /// <param name="request">All messages, with what was wrong before.</param>
    /// <param name="model">The model.</param>
    public static Code Of(string task, string request, SimulatedModel model)
    {
        var (_, solution, mistake) = Known.First(known => task.Contains($"{known.Method}(", StringComparison.Ordinal));
        var isCorrected = request.Contains("The code does not compile", StringComparison.Ordinal) || request.Contains("The code uses what is not allowed", StringComparison.Ordinal);

        return new($$"""
            public static class Answer
            {
                {{(model.IsWeak && !isCorrected && mistake.Length > 0 ? mistake : solution)}}
            }
            """);
    }
}
