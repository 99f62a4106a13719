using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PromptGen.Prompts;

namespace PromptGen.Tests.Prompts;

public sealed class PromptJsonTests
{
    private static string Write(Action<PromptJson> write, int indent = 0)
    {
        var writer = new PromptWriter("");
        write(writer.Json(indent));
        return Assert.Single(writer.Build()).Text;
    }

    [Fact]
    public void Any_text_comes_back_from_a_JSON_parser() => Prop.ForAll<string?>(static text =>
    {
        var whole = text is null ? null : string.Concat(text.Where(static c => !char.IsSurrogate(c)));
        Assert.Equal(whole, JsonSerializer.Deserialize<string?>(Write(json => json.Value(whole))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_number_comes_back_from_a_JSON_parser()
    {
        Prop.ForAll<double>(static number =>
            Assert.Equal(double.IsFinite(number) ? number : null, JsonSerializer.Deserialize<double?>(Write(json => json.Value(number))))).QuickCheckThrowOnFailure();
        Prop.ForAll<decimal>(static number =>
            Assert.Equal(number, JsonSerializer.Deserialize<decimal>(Write(json => json.Value(number))))).QuickCheckThrowOnFailure();
        Assert.Equal("1E+300", Write(static json => json.Value(1e300)));
    }

    [Fact]
    public void Only_what_JSON_demands_is_escaped() =>
        Assert.Equal("\"<é\u2028>\\u0000\\u001f\\\"\\\\/\"", Write(static json => json.Value("<é\u2028>\0\u001f\"\\/")));

    [Fact]
    public void The_same_prompt_can_hold_several_values()
    {
        var writer = new PromptWriter("");
        writer.Json().Array([1, 2], static (json, value) => json.Value(value));
        writer.Append(" ");
        writer.Json(indent: 1).Object(new Dictionary<int, bool?> { [1] = null }, static (json, key) => json.Name(key), static (json, value) => json.Value(value));
        Assert.Equal("[1,2] {\n \"1\": null\n}", Assert.Single(writer.Build()).Text);
    }

    [Fact]
    public void Nesting_ends_at_64()
    {
        static void Nest(PromptJson json, int depth)
        {
            for (var i = 0; i < depth; i++)
            {
                json.StartArray();
            }

            for (var i = 0; i < depth; i++)
            {
                json.EndArray();
            }
        }

        Assert.Equal(128, Write(static json => Nest(json, 64)).Length);
        Assert.Equal(PromptErrorCode.Configuration, Assert.Throws<PromptException>(() => Write(static json => Nest(json, 65))).Code);
    }
}
