using PromptGen.Ensembles;

namespace PromptGen.Tests.Ensembles;

/// <summary>Equal values are written in one form.</summary>
public sealed class ChoiceWriterTests
{
    [Fact]
    public void Numbers_are_written_by_value()
    {
        Assert.Equal("1", Of(static choice => choice.Number(1.00m)));
        Assert.Equal("100", Of(static choice => choice.Number(100m)));
        Assert.Equal("1.5", Of(static choice => choice.Number(1.50m)));
        Assert.Equal("0", Of(static choice => choice.Number(-0d)));
        Assert.Equal("0", Of(static choice => choice.Number(0.000m)));
        Assert.Equal("1E+20", Of(static choice => choice.Number(1e20)));
        Assert.Equal("7", Of(static choice => choice.Number((byte)7)));
    }

    [Fact]
    public void Texts_are_quoted_so_that_no_two_values_look_alike()
    {
        Assert.Equal("""["a\"","b"]""", Of(static choice => choice.Array(["a\"", "b"], static (choice, text) => choice.Text(text))));
        Assert.NotEqual(
            Of(static choice => choice.Array(["a,b"], static (choice, text) => choice.Text(text))),
            Of(static choice => choice.Array(["a", "b"], static (choice, text) => choice.Text(text))));
        Assert.Equal("null", Of(static choice => choice.Text(null)));
    }

    [Fact]
    public void The_order_of_a_list_counts_and_that_of_a_set_does_not()
    {
        Assert.NotEqual(
            Of(static choice => choice.Array([1, 2], static (choice, number) => choice.Number(number))),
            Of(static choice => choice.Array([2, 1], static (choice, number) => choice.Number(number))));
        Assert.Equal(
            Of(static choice => choice.Set([1, 2], static (choice, number) => choice.Number(number))),
            Of(static choice => choice.Set([2, 1], static (choice, number) => choice.Number(number))));
    }

    [Fact]
    public void Members_of_an_enum_are_written_by_their_names()
    {
        Assert.Equal("\"Monday\"", Of(static choice => choice.Enum(DayOfWeek.Monday)));
        Assert.Equal("\"9\"", Of(static choice => choice.Enum((DayOfWeek)9)));
        Assert.Equal("\"Read, Hidden\"", Of(static choice => choice.Enum(Flags.Hidden | Flags.Read)));
        Assert.Equal(
            "[" + string.Join(',', Enumerable.Repeat("\"Wednesday\"", 100)) + "]",
            Of(static choice => choice.Array(Enumerable.Repeat(DayOfWeek.Wednesday, 100), static (choice, day) => choice.Enum(day))));
    }

    [Fact]
    public void Objects_are_written_as_JSON()
    {
        var text = Of(static choice =>
        {
            choice.StartObject();
            choice.Name("at");
            choice.Value(new DateOnly(2026, 11, 29));
            choice.Name("ok");
            choice.Boolean(true);
            choice.Name("data");
            choice.Bytes([1, 2]);
            choice.Name("none");
            choice.Array<int>(null, static (choice, number) => choice.Number(number));
            choice.EndObject();
        });

        Assert.Equal("""{"at":"2026-11-29","ok":true,"data":"AQI=","none":null}""", text);
    }

    private static string Of(Action<ChoiceWriter> write)
    {
        var choice = new ChoiceWriter();
        write(choice);
        return choice.ToString();
    }

    [Flags]
    private enum Flags
    {
        Read = 1,
        Hidden = 2,
    }
}
