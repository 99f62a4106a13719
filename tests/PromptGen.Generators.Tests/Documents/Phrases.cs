using System.Text.RegularExpressions;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>Phrases that native readers stumbled over, and what .NET's documentation would say.</summary>
internal static class Phrases
{
    private static readonly (Regex Pattern, string Advice)[] s_all =
    [
        Avoid("nobody('s)?", "use the passive, or 'no one'"),
        Avoid("mend(s|ed|ing)?", "fix, correct"),
        Avoid("in house|leaves? the house", "in your infrastructure, self-hosted"),
        Avoid("(is|are|was|were|be|been) told|told (of|apart|when|to)|(as|unless) told", "gets, receives, is reported, is distinguished"),
        Avoid("tells?", "reports, returns, distinguishes, classifies"),
        Avoid("in need of", "that needs"),
        Avoid("one of both", "one of the two"),
        Avoid("all the same", "anyway, still"),
        Avoid("held to|hold(s|ing)? (it|them|(an?|the|every) (model|answer)|answers|models) to", "enforced, enforces"),
        Avoid("in vain", "is discarded, has no effect"),
        Avoid("stand(s|ing)?(?! for\\b|-)|stood", "is, appears, is written, is used"),
        Avoid("know(s|n)? nothing", "is independent of"),
        Avoid("without a word", "silently"),
        Avoid("turn(s|ed|ing)? (?!off|on)(\\w+ ){0,3}down", "reject"),
        Avoid("for orders", "as instructions"),
        Avoid("resting|rests|models? rest", "cooling down, cools down"),
        Avoid("none of its business", "is ignored"),
        Avoid("(?<=[.:] )who (does|wrote|asks|reads|needs|has|wants)", "name the subject"),
        Avoid("has no place", "falls outside"),
        Avoid("let go", "abandoned, cancelled"),
        Avoid("go(es)? by", "uses"),
        Avoid("there (twice|already|or not)", "duplicated, present, optional"),
        Avoid("for good", "finally, permanently"),
        Avoid("in good order", "cleanly, completely"),
        Avoid("(becomes|became|come|comes|came) of", "the result, the outcome"),
        Avoid("(heard|hears|hear) (of|nothing)|is heard", "known, received"),
        Avoid("speaks? of|spoken (to|of)", "describes, refers to"),
        Avoid("hand(s|ed)? out", "returns"),
        Avoid("dearest", "most expensive"),
        Avoid("pass(es|ed|ing) (\\w+ ){0,3}over|(?<!one )pass over", "skip"),
        Avoid("(to|can|could) be had", "available"),
        Avoid("stumbles?|strikes", "fails, occurs"),
        Avoid("hangs? on", "depends on"),
        Avoid("the way of an?", "how a … works"),
        Avoid("every cent", "costs"),
        Avoid("(left|leaves?) (\\w+ ){0,3}alone", "skipped, not called"),
        Avoid("whom", "rephrase"),
        Avoid("(is|was|be|as|not) said", "is reported, is specified"),
        Avoid("at hand", "current, available"),
        Avoid("gets to see|wants? to hear", "receives"),
    ];

    /// <summary>The phrases in a text, each as the place, the phrase and what to write.</summary>
    public static IEnumerable<string> In(Prose prose)
    {
        var text = prose.Text;
        return
            from phrase in s_all
            from match in phrase.Pattern.Matches(text)
            select $"{prose.Name}:{prose.LineOf(match.Index)}: '{match.Value}': {phrase.Advice}";
    }

    private static (Regex, string) Avoid(string phrase, string advice) =>
        (new Regex($@"\b(?:{phrase})\b".Replace(" ", @"\s+", StringComparison.Ordinal), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), "say " + advice);
}
