using System.Text;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

internal sealed record Note(string Title, int Stars, IReadOnlyList<string> Tags);

/// <summary>What the generator would write for <see cref="Note"/>.</summary>
internal sealed class NoteContract : PromptContract<Note>
{
    public static readonly NoteContract Instance = new();

    public override string Name => "Note";

    public override ReadOnlySpan<byte> SchemaUtf8 =>
        """{"type":"object","properties":{"title":{"type":"string","maxLength":20},"stars":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}}},"required":["title","stars","tags"],"additionalProperties":false}"""u8;

    public override Note ReadValue(ref ContractReader reader)
    {
        const string titleIs = "a string of at most 20 characters";
        const string starsIs = "an integer from 1 to 5";
        const string tagsIs = "an array";

        string title = default!;
        int stars = default;
        IReadOnlyList<string> tags = default!;
        var seen = 0UL;

        if (!reader.StartObject("an object"))
        {
            return default!;
        }

        while (reader.NextMember())
        {
            if (reader.Is("title"u8, ref seen, 0))
            {
                title = reader.String(titleIs, maxLength: 20);
            }
            else if (reader.Is("stars"u8, ref seen, 1))
            {
                stars = reader.Int32(starsIs, 1, 5);
            }
            else if (reader.Is("tags"u8, ref seen, 2))
            {
                tags = ReadTags(ref reader, tagsIs);
            }
            else
            {
                reader.Unknown("\"title\", \"stars\", \"tags\"");
            }
        }

        reader.Require(seen, 0, "title", titleIs);
        reader.Require(seen, 1, "stars", starsIs);
        reader.Require(seen, 2, "tags", tagsIs);
        return reader.HasFailed ? default! : new Note(title, stars, tags);
    }

    private static string[] ReadTags(ref ContractReader reader, string expected)
    {
        var items = new ContractItems<string>();
        if (reader.StartArray(expected))
        {
            while (reader.NextItem())
            {
                items.Add(reader.String("a string"));
            }
        }

        return items.ToArray();
    }
}

/// <summary>A value that is no object, read by whatever the test says.</summary>
internal sealed class ValueContract<T>(ValueContract<T>.Reading read) : PromptContract<T>
{
    public delegate T Reading(ref ContractReader reader);

    public override string Name => "Value";

    public override ReadOnlySpan<byte> SchemaUtf8 => """{"type":"object","properties":{"value":{}},"required":["value"],"additionalProperties":false}"""u8;

    public override bool IsWrapped => true;

    public override T ReadValue(ref ContractReader reader) => read(ref reader);
}

/// <summary>Reads single values.</summary>
internal static class Value
{
    public delegate T Question<T>(ref ContractReader reader);

    /// <summary>The answer to a question about a value, on whose first token the reader is.</summary>
    public static T Ask<T>(string json, Question<T> question)
    {
        var reader = new ContractReader(Encoding.UTF8.GetBytes(json + "\n"), isAscii: false, new ReadingGuard());
        Assert.True(reader.Start());
        return question(ref reader);
    }

    /// <summary>The result of reading a value in an answer that otherwise consists of ASCII.</summary>
    public static ContractReading<T> Read<T>(string json, ValueContract<T>.Reading read) =>
        new ValueContract<T>(read).Read($$"""{"value":{{json}}}""");

    /// <summary>The value, which has to keep its contract strictly.</summary>
    public static T Of<T>(string json, ValueContract<T>.Reading read)
    {
        var reading = Read(json, read);
        Assert.Empty(reading.Violations);
        Assert.Equal(PromptErrorCode.None, reading.Code);
        Assert.Empty(reading.Rungs);
        return reading.Value!;
    }

    /// <summary>Asserts that a value breaks its contract, and that the violation is reported in the contract's words.</summary>
    public static void IsRefused<T>(string json, ValueContract<T>.Reading read, string expected = "what is asked for")
    {
        var reading = Read(json, read);
        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Equal([new SchemaViolation("/value", expected, json)], reading.Violations);
    }
}
