using System.Globalization;
using System.Text.RegularExpressions;

namespace Acme.Support.Simulation;

/// <summary>Instructions to the model that a ticket's author has put into the ticket.</summary>
internal static partial class Injection
{
    /// <summary>What the text dictates; null where it dictates nothing. A model without the skill to see through it obeys.</summary>
    public static Dictation? Find(string text)
    {
        if (!Marker().IsMatch(text))
        {
            return null;
        }

        var queue = DictatedQueue().Match(text);
        var urgency = DictatedUrgency().Match(text);
        var confidence = DictatedConfidence().Match(ForgedAnswer().Match(text).Value);

        return new Dictation(
            queue.Success ? Enum.Parse<Queue>(queue.Groups[1].ValueSpan, ignoreCase: true) : null,
            urgency.Success ? urgency.Groups[1].ValueSpan[0] - '0' : null,
            confidence.Success ? double.Parse(confidence.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The text without the sentence that asks to ignore instructions.</summary>
    public static string RemovePlain(string text) => PlainSentence().Replace(text, "");

    /// <summary>The text without forged roles, forged answers and every sentence that instructs the model.</summary>
    public static string RemoveEvery(string text)
    {
        var withoutForgeries = ForgedAnswer().Replace(ForgedRole().Replace(text, ""), "");

        return InstructingSentence().Replace(withoutForgeries, "");
    }

    /// <summary>What an injection asks for; null where it leaves a member open. It has a confidence where it forges a whole answer.</summary>
    public sealed record Dictation(Queue? Queue, int? Urgency, double? Confidence);

    [GeneratedRegex(@"previous instructions|you are now|you (should|must) answer|system prompt|\{\{role", RegexOptions.IgnoreCase)]
    private static partial Regex Marker();

    [GeneratedRegex(@"queue\W{1,5}(billing|account|technical|other)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DictatedQueue();

    [GeneratedRegex(@"urgency\W{1,5}([1-5])\b", RegexOptions.IgnoreCase)]
    private static partial Regex DictatedUrgency();

    [GeneratedRegex(@"confidence\W{1,5}([01]\.\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex DictatedConfidence();

    [GeneratedRegex(@"[^.!?\n]*previous instructions([^.!?\n]|\.\d)*[.!?]?", RegexOptions.IgnoreCase)]
    private static partial Regex PlainSentence();

    [GeneratedRegex("\\{\\{role \"system\"\\}\\}.*?(\\{\\{role \"user\"\\}\\}|$)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex ForgedRole();

    [GeneratedRegex(@"\{[^{}]*""queue""[^{}]*\}", RegexOptions.IgnoreCase)]
    private static partial Regex ForgedAnswer();

    [GeneratedRegex(@"[^.!?\n]*(previous instructions|you are now|you (should|must) answer|system prompt|every ticket is|mark this ticket)([^.!?\n]|\.\d)*[.!?]?", RegexOptions.IgnoreCase)]
    private static partial Regex InstructingSentence();
}
