using System.Text;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

internal enum Mood
{
    Good,
    Bad,
    CSharp,
}

/// <summary>What the generator would write for an enum, a number, a record of many kinds, and a union.</summary>
internal static class HostileContracts
{
    private const string MoodSchema = """{"type":"string","enum":["Good","Bad","C#"]}""";

    private const string TicketSchema =
        $$"""
        {"type":"object","properties":{"title":{"type":"string"},"mood":{{MoodSchema}},"stars":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"} },"moods":{"type":"array","items":{{MoodSchema}}},
        "map":{"type":"object","additionalProperties":{"type":"array","items":{"type":"integer"} } },"when":{"type":"string","format":"duration"},"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]} },"required":["title","stars"],"additionalProperties":false}
        """;

    private const string UnionSchema = """
        {"type":"object","properties":{"value":{"anyOf":[
        {"type":"object","properties":{"kind":{"type":"string","const":"card"},"number":{"type":"string"},"next":{"$ref":"#/properties/value"} },"required":["kind","number"],"additionalProperties":false},
        {"type":"object","properties":{"kind":{"type":"string","const":"cash"},"amount":{"type":"number"} },"required":["kind","amount"],"additionalProperties":false}]} },"required":["value"],"additionalProperties":false}
        """;

    private const string MoodIs = "one of \"Good\", \"Bad\", \"C#\"";

    /// <summary>The contracts, each as what reads an answer.</summary>
    public static readonly (string Name, Func<string, Tolerance, ReadingGuard, PromptErrorCode> Read)[] All =
    [
        ("enum", Of(new Shape<Mood>($$"""{"type":"object","properties":{"value":{{MoodSchema}}},"required":["value"],"additionalProperties":false}""", true, ReadMood))),
        ("number", Of(new Shape<double>("""{"type":"object","properties":{"value":{"type":"number"}},"required":["value"],"additionalProperties":false}""", true, static (ref reader) => reader.Double("a number")))),
        ("note", Of(NoteContract.Instance)),
        ("ticket", Of(new Shape<object>(TicketSchema, false, ReadTicket))),
        ("union", Of(new Shape<object>(UnionSchema, true, ReadPayment))),
    ];

    public delegate T Reading<T>(ref ContractReader reader);

    private static Func<string, Tolerance, ReadingGuard, PromptErrorCode> Of<T>(PromptContract<T> contract) =>
        (answer, tolerance, guard) => contract.ReadOrRefuse(answer, tolerance, guard).Code;

    private static Mood ReadMood(ref ContractReader reader) =>
        reader.IsName("Good"u8) ? Mood.Good : reader.IsName("Bad"u8) ? Mood.Bad : reader.IsText("C#"u8) ? Mood.CSharp : reader.Mismatch<Mood>(MoodIs);

    private static object ReadTicket(ref ContractReader reader)
    {
        var seen = 0UL;
        if (!reader.StartObject("an object"))
        {
            return "";
        }

        while (reader.NextMember())
        {
            if (reader.Is("title"u8, ref seen, 0))
            {
                reader.String("a string");
            }
            else if (reader.Is("mood"u8, ref seen, 1))
            {
                ReadMood(ref reader);
            }
            else if (reader.Is("stars"u8, ref seen, 2))
            {
                reader.Int32("an integer");
            }
            else if (reader.Is("tags"u8, ref seen, 3))
            {
                ReadItems(ref reader, static (ref reader) => reader.String("a string"));
            }
            else if (reader.Is("moods"u8, ref seen, 4))
            {
                ReadItems(ref reader, ReadMood);
            }
            else if (reader.Is("map"u8, ref seen, 5))
            {
                ReadMap(ref reader);
            }
            else if (reader.Is("when"u8, ref seen, 6))
            {
                reader.TimeSpan("a duration");
            }
            else if (reader.Is("next"u8, ref seen, 7))
            {
                _ = reader.IsNull() ? "" : ReadTicket(ref reader);
            }
            else
            {
                reader.Unknown("\"title\", \"mood\"");
            }
        }

        reader.Require(seen, 0, "title", "a string");
        reader.Require(seen, 2, "stars", "an integer");
        return "";
    }

    private static void ReadMap(ref ContractReader reader)
    {
        if (!reader.StartObject("an object"))
        {
            return;
        }

        while (reader.NextMember())
        {
            _ = reader.MemberName();
            ReadItems(ref reader, static (ref reader) => reader.Int32("an integer"));
        }
    }

    private static void ReadItems<T>(ref ContractReader reader, Reading<T> read)
    {
        var items = new ContractItems<T>();
        if (reader.StartArray("an array"))
        {
            while (reader.NextItem())
            {
                items.Add(read(ref reader));
            }
        }

        items.ToArray();
    }

    private static object ReadPayment(ref ContractReader reader)
    {
        var tag = reader.LookFor("kind"u8);
        return tag.IsText("card"u8) ? ReadCase(ref reader, "number"u8, static (ref reader) => reader.String("a string"))
            : tag.IsText("cash"u8) ? ReadCase(ref reader, "amount"u8, static (ref reader) => reader.Double("a number"))
            : reader.NoCase<object>(in tag, "kind", "an object", "\"card\" or \"cash\"");
    }

    private static object ReadCase<T>(ref ContractReader reader, ReadOnlySpan<byte> name, Reading<T> read)
    {
        var seen = 0UL;
        reader.StartObject("an object");
        while (reader.NextMember())
        {
            if (reader.Is("kind"u8, ref seen, 0))
            {
                reader.String("a string");
            }
            else if (reader.Is(name, ref seen, 1))
            {
                read(ref reader);
            }
            else if (reader.Is("next"u8, ref seen, 2))
            {
                ReadPayment(ref reader);
            }
            else
            {
                reader.Unknown("\"kind\"");
            }
        }

        reader.Require(seen, 1, Encoding.UTF8.GetString(name), "it");
        return "";
    }

    private sealed class Shape<T>(string schema, bool isWrapped, Reading<T> read) : PromptContract<T>
    {
        private readonly byte[] _schema = Encoding.UTF8.GetBytes(schema);

        public override string Name => "Shape";

        public override ReadOnlySpan<byte> SchemaUtf8 => _schema;

        public override bool IsWrapped => isWrapped;

        public override T ReadValue(ref ContractReader reader) => read(ref reader);
    }
}
