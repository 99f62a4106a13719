using System.Globalization;
using System.Numerics;

namespace PromptGen.Tests.Contracts;

/// <summary>Names and flags that the reader of a contract takes, what it reports as beyond repair, and where.</summary>
public sealed class ContractReaderTests
{
    [Fact]
    public void A_duplicated_flag_is_reported_where_it_is_repeated()
    {
        var contract = new ValueContract<int>(static (ref reader) =>
        {
            var seen = 0UL;
            if (reader.StartArray("an array"))
            {
                while (reader.NextItem())
                {
                    var bit = reader.Int32("an integer from 0 to 63", 0, 63);
                    reader.Once(bit, ref seen, bit);
                }
            }

            return BitOperations.PopCount(seen);
        });

        Assert.Equal(5, contract.Read("""{"value":[0,1,2,33,63]}""").Value);
        foreach (var bit in (int[])[0, 1, 33, 63])
        {
            var violation = Assert.Single(contract.Read($$"""{"value":[3,{{bit}},4,{{bit}}]}""").Violations);
            Assert.Equal(("each item only once", bit.ToString(CultureInfo.InvariantCulture)), (violation.Expected, violation.Actual));
        }

        Assert.Equal(2, contract.Read("""{"value":[1,1,1]}""").Violations.Count);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("9", 9)]
    [InlineData("10", 10)]
    [InlineData("-5", -5)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("2147483648", null)]
    [InlineData("00", null)]
    [InlineData("05", null)]
    [InlineData("-", null)]
    [InlineData("", null)]
    [InlineData("+5", null)]
    [InlineData("5a", null)]
    [InlineData("a5", null)]
    [InlineData("5 ", null)]
    public void A_name_that_is_an_integer_has_no_leading_zeros(string name, int? expected) => Assert.Equal(expected, AskName(name, static (ref reader) => reader.TryName(out int number) ? number : default(int?)));

    [Theory]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e", true)]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e0", false)]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950", false)]
    [InlineData("{0f8fad5b-d9cb-469f-a165-70867728950e}", false)]
    [InlineData("", false)]
    public void A_name_that_is_a_UUID_has_no_more_than_its_digits(string name, bool expected) => Assert.Equal(expected, AskName(name, static (ref reader) => reader.TryName(out Guid _)));

    [Theory]
    [InlineData("\"low\"", false)]
    [InlineData("\"LOW\"", false)]
    [InlineData("\"veryhigh\"", false)]
    [InlineData("\"very high\"", false)]
    [InlineData("\"lo\"", true)]
    [InlineData("\"lows\"", true)]
    [InlineData("\"lox\"", true)]
    [InlineData("\"veryhig\"", true)]
    [InlineData("\"xyz\"", true)]
    [InlineData("\"one\"", true)]
    [InlineData("\"\"", true)]
    [InlineData("5", false)]
    public void A_text_that_can_be_no_name_of_an_enum_is_beyond_repair(string json, bool expected) => Assert.Equal(expected, Value.Ask(json, static (ref reader) =>
    {
        reader.Mismatch<DayOfWeek>("one of \"Low\", \"Very-High\"");
        return reader.IsBeyondRepair;
    }));

    [Theory]
    [InlineData("\"xyz\"", false)]
    [InlineData("\"gro\"", false)]
    public void A_name_with_other_letters_may_be_meant_by_any_text(string json, bool expected) => Assert.Equal(expected, Value.Ask(json, static (ref reader) =>
    {
        reader.Mismatch<DayOfWeek>("one of \"Low\", \"Größe\"");
        return reader.IsBeyondRepair;
    }));

    [Theory]
    [InlineData("9", true)]
    [InlineData("3", false)]
    [InlineData("\"9\"", false)]
    [InlineData("null", false)]
    public void A_number_outside_its_bounds_is_beyond_repair(string json, bool expected) => Assert.Equal(expected, Value.Ask(json, static (ref reader) =>
    {
        reader.Int32("an integer from 1 to 5", 1, 5);
        return reader.IsBeyondRepair;
    }));

    [Theory]
    [InlineData("\"abcd\"", true)]
    [InlineData("\"abc\"", false)]
    [InlineData("9", false)]
    public void A_text_that_is_too_long_is_beyond_repair(string json, bool expected) => Assert.Equal(expected, Value.Ask(json, static (ref reader) =>
    {
        reader.String("at most 3 characters", maxLength: 3);
        return reader.IsBeyondRepair;
    }));

    [Theory]
    [InlineData(1022, "", 0, false)]
    [InlineData(1023, "", 0, false)]
    [InlineData(1024, "", 0, true)]
    [InlineData(1021, "😀", 1000, true)]
    [InlineData(1020, "😀", 1000, true)]
    [InlineData(20_000, "", 0, true)]
    public void A_pointer_is_cut_off_behind_1023_characters_and_not_inside_one(int length, string middle, int rest, bool isCut)
    {
        var name = new string('a', length) + middle + new string('b', rest);

        var pointer = NoteContract.Instance.Read($$"""{"title":"a","stars":1,"tags":[],"{{name}}":1}""").Violations.Single().Pointer;

        var whole = $"/{name}";
        Assert.Equal(isCut ? whole[..(length == 1021 ? 1022 : 1023)] + "…" : whole, pointer);
    }

    private static T AskName<T>(string name, Value.Question<T> question) => Value.Ask($$"""{"{{name}}":1}""", (ref reader) =>
    {
        Assert.True(reader.StartObject("an object"));
        Assert.True(reader.NextMember());
        return question(ref reader);
    });
}
