namespace Acme.Patterns.Questions;

/// <summary>A method to write.</summary>
/// <param name="Id">Shown in the tables; the models never see it.</param>
/// <param name="Task">The task.</param>
internal sealed record Programming(string Id, ProgrammingTask Task)
{
    /// <summary>Two that a cheap model writes at once, two whose code does not compile or is not allowed, and two that compile and fail a test.</summary>
    public static IReadOnlyList<Programming> All { get; } =
    [
        new("G01", new("int Largest(int[] numbers)", "The largest of the numbers.", [new(7, new[] { 3, 7, 5 }), new(-1, new[] { -4, -1 })])),
        new("G02", new("string Reverse(string text)", "The text from its end to its beginning.", [new("cba", "abc"), new("", "")])),
        new("G03", new("int CountVowels(string text)", "How many of the letters a, e, i, o and u the text has, whatever their case.", [new(3, "Educat"), new(0, "rhythm")])),
        new("G04", new("int CountWords(string text)", "How many words, separated by white space, the text has.", [new(3, "one  two three"), new(0, " ")])),
        new("G05", new("bool IsLeapYear(int year)", "Whether the Gregorian year is a leap year.", [new(true, 2024), new(false, 2023), new(false, 1900), new(true, 2000)])),
        new("G06", new("int Gcd(int a, int b)", "The greatest common divisor of two numbers that are not negative.", [new(6, 12, 18), new(5, 0, 5), new(7, 7, 0)])),
    ];
}
