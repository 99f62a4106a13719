using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace PromptGen.Cli.Output;

/// <summary>Results as JUnit XML, which every CI server shows.</summary>
internal static class JUnitXml
{
    /// <summary>Writes one suite.</summary>
    /// <param name="suite">Its name.</param>
    /// <param name="cases">Its test cases.</param>
    public static string Write(string suite, IReadOnlyList<JUnitCase> cases) => new XDocument(new XElement(
        "testsuites",
        new XElement(
            "testsuite",
            new XAttribute("name", Text(suite)),
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", Count(cases, JUnitOutcome.Failure)),
            new XAttribute("errors", Count(cases, JUnitOutcome.Error)),
            new XAttribute("skipped", Count(cases, JUnitOutcome.Skipped)),
            cases.Select(Element)))).ToString() + "\n";

    private static XElement Element(JUnitCase test) => new(
        "testcase",
        new XAttribute("classname", Text(test.Class)),
        new XAttribute("name", Text(test.Name)),
        test.Outcome == JUnitOutcome.Passed ? null : new XElement(
            test.Outcome.ToString().ToLowerInvariant(),
            test.Outcome == JUnitOutcome.Skipped ? null : new XAttribute("type", Text(test.Type)),
            new XAttribute("message", Text(test.Message)),
            test.Details.Length == 0 ? null : Text(test.Details)),
        test.Outcome != JUnitOutcome.Passed || test.Message.Length == 0 ? null : new XElement("system-out", Text(test.Message)));

    private static string Count(IReadOnlyList<JUnitCase> cases, JUnitOutcome outcome) => cases.Count(test => test.Outcome == outcome).ToString(CultureInfo.InvariantCulture);

    /// <summary>A text that XML can hold.</summary>
    private static string Text(string text) => string.Concat(text.EnumerateRunes().Select(static rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));
}

/// <summary>One test case.</summary>
/// <param name="Class">What it belongs to.</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Why, or what was measured.</param>
internal sealed record JUnitCase(string Class, string Name, JUnitOutcome Outcome, string Message)
{
    /// <summary>What kind of failure or error it is.</summary>
    public string Type { get; init; } = "";

    /// <summary>More about a failure.</summary>
    public string Details { get; init; } = "";
}

/// <summary>How a test case ended.</summary>
internal enum JUnitOutcome
{
    Passed,

    /// <summary>What was measured is not good enough.</summary>
    Failure,

    /// <summary>It could not be measured.</summary>
    Error,

    /// <summary>Nothing was decided.</summary>
    Skipped,
}
