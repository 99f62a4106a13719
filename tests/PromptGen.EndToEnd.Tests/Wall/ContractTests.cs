using System.Globalization;
using System.Text;
using System.Text.Json;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 31–36, 38–41: answers that are almost, or not at all, what the contract asks for.</summary>
public sealed class ContractTests : WallTests
{
    [Theory]
    [ViaBoth("```json\n$\n```", "Sure! Here it is:\n\n$\n\nAnything else?", "\uFEFF$", "Wrong: {\"queue\":1}\nRight:\n$")]
    public async Task Row31_What_is_around_the_answer_is_ignored_and_recorded(Via via, string text)
    {
        Enqueue(via, Reply(text.Replace("$", Good, StringComparison.Ordinal)));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial None"], call.Ledger);
        Assert.NotEmpty(call.Attempts[0].Rungs);
    }

    [Theory]
    [ViaBoth(
        """{"queue" "Billing","urgency":3,"summary":"Twice","confidence":0.9,"reference":"AB12","tags":["card"]}""",
        """{"queue":"Billing","urgency":3,"summary":"Twice","confidence":0.9,"reference":"AB12","tags":["card",,"cash"]}""",
        "I cannot put this into JSON, sorry.")]
    public async Task Row31_What_is_not_JSON_goes_back_once(Via via, string text) => await IsRepairedAsync(via, text, PromptErrorCode.InvalidJson);

    [Theory]
    [ViaBoth(
        """TrailingComma|{"queue":"Billing","urgency":3,"summary":"Twice","confidence":0.9,"reference":"AB12","tags":["card"],}""",
        """Quotes|{'queue':'Billing','urgency':3,'summary':'Twice','confidence':0.9,'reference':'AB12','tags':['card']}""",
        """MissingComma|{"queue":"Billing" "urgency":3,"summary":"Twice","confidence":0.9,"reference":"AB12","tags":["card"]}""",
        """ExtraMember|{"queue":"Billing","urgency":3,"summary":"Twice","confidence":0.9,"reference":"AB12","tags":["card"],"colour":"red"}""",
        """Key|{"Queue":"Billing","urgency":3,"summary":"Twice","confidence":0.9,"reference":"AB12","tags":["card"]}""",
        """NumberText|{"queue":"Billing","urgency":"3","summary":"Twice","confidence":"0.9","reference":"AB12","tags":["card"]}""")]
    public async Task Row31_What_can_be_read_in_one_way_is_taken_and_recorded(Via via, string row)
    {
        Enqueue(via, Reply(row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..]));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial None"], call.Ledger);
        Assert.Equal([row[..row.IndexOf('|', StringComparison.Ordinal)]], call.Attempts[0].Rungs);
    }

    [Theory]
    [ViaBoth("queue", "urgency", "confidence")]
    public async Task Row32_A_member_that_comes_twice_is_a_violation(Via via, string member)
    {
        var again = member == "queue" ? "\"Account\"" : "1";
        await IsRepairedAsync(via, $$"""{{Good[..^1]}},"{{member}}":{{again}}}""", PromptErrorCode.SchemaMismatch, $"/{member}");
    }

    [Theory]
    [ViaBoth(
        """/urgency|{"queue":"Billing","summary":"x","confidence":0.9,"reference":"A","tags":[]}""",
        """/summary|{"queue":"Billing","urgency":3,"summary":null,"confidence":0.9,"reference":"A","tags":[]}""",
        """/tags/1|{"queue":"Billing","urgency":3,"summary":"x","confidence":0.9,"reference":"A","tags":["a",null]}""")]
    public async Task Row33_Members_that_are_missing_or_null_are_violations_with_their_place(Via via, string row) => await IsRepairedAsync(via, row);

    [Theory]
    [ViaBoth]
    public async Task Row33_An_enum_in_other_case_is_taken_and_recorded(Via via)
    {
        Enqueue(via, Reply(Good.Replace("Billing", "BILLING", StringComparison.Ordinal)));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial None"], call.Ledger);
        Assert.Contains("Case", call.Attempts[0].Rungs);
    }

    [Theory]
    [ViaBoth("1e999", "\"high\"", "-1e999", "true", "{}")]
    public async Task Row34_A_number_that_is_none_is_a_violation(Via via, string number) =>
        await IsRepairedAsync(via, Good.Replace("0.9", number, StringComparison.Ordinal), PromptErrorCode.SchemaMismatch, "/confidence");

    [Theory]
    [ViaBoth("2147483648", "9223372036854775808", "3.5", "\"three\"", "1e30", "null")]
    public async Task Row34_An_integer_that_is_none_is_a_violation(Via via, string number) =>
        await IsRepairedAsync(via, Good.Replace(":3", $":{number}", StringComparison.Ordinal), PromptErrorCode.SchemaMismatch, "/urgency");

    [Theory]
    [ViaBoth("3.0", "30e-1", "3")]
    public async Task Row34_An_integer_may_be_written_in_any_way(Via via, string number)
    {
        Enqueue(via, Reply(Good.Replace(":3", $":{number}", StringComparison.Ordinal)));

        Assert.Equal(3, (await AskAsync(via)).Result!.Value.Urgency);
    }

    [Theory]
    [ViaBoth("99", "1", "\"Sales\"", "\"1\"", "\"\"", "\"Billing, Account\"")]
    public async Task Row34_An_enum_takes_its_names_and_nothing_else(Via via, string value) =>
        await IsRepairedAsync(via, Good.Replace("\"Billing\"", value, StringComparison.Ordinal), PromptErrorCode.SchemaMismatch, "/queue");

    [Theory]
    [ViaBoth("NaN", "Infinity", "0x3", "03")]
    public async Task Row34_What_JSON_has_no_numbers_for_is_not_JSON(Via via, string number) =>
        await IsRepairedAsync(via, Good.Replace("0.9", number, StringComparison.Ordinal), PromptErrorCode.InvalidJson);

    [Theory]
    [ViaBoth("/urgency|0", "/urgency|6", "/confidence|1.01", "/confidence|-0.1", "/summary|140", "/reference|ab")]
    public async Task Row35_A_value_out_of_bounds_is_a_violation(Via via, string row)
    {
        var (pointer, value) = (row.Split('|')[0], row.Split('|')[1]);
        var text = pointer switch
        {
            "/urgency" => Good.Replace(":3", $":{value}", StringComparison.Ordinal),
            "/confidence" => Good.Replace("0.9", value, StringComparison.Ordinal),
            "/summary" => Good.Replace("Charged twice", new string('x', 141), StringComparison.Ordinal),
            _ => Good.Replace("AB12", value, StringComparison.Ordinal),
        };

        await IsRepairedAsync(via, text, PromptErrorCode.SchemaMismatch, pointer);
    }

    [Theory]
    [ViaBoth("[", "{\"queue\":", "{\"tags\":[", "{\"tags\":[[[[")]
    public async Task Row36_A_million_brackets_are_no_answer_and_do_no_harm(Via via, string start)
    {
        Enqueue(via, Reply(start + new string('[', 1_000_000)));
        Otherwise = static _ => Reply(Good);

        var call = await AskAsync(via);

        Assert.NotNull(call.Result);
        Assert.Contains(call.Attempts[0].Outcome, new[] { PromptErrorCode.InvalidJson, PromptErrorCode.Truncated });
    }

    [Theory]
    [ViaBoth]
    public async Task Row38_A_hundred_thousand_elements_and_ten_million_characters_are_read(Via via)
    {
        // Far more than 300 tokens can hold.
        Configure = static builder => builder.Resilience.MaxAnswerBytes = 128L * 1024 * 1024;
        var tags = Enumerable.Range(0, 100_000).Select(static i => i.ToString(CultureInfo.InvariantCulture)).Append(new string('x', 10_000_000));
        Enqueue(via, Reply(Good.Replace("[\"card\"]", JsonSerializer.Serialize(tags), StringComparison.Ordinal)));

        var call = await AskAsync(via);

        Assert.Equal(100_001, call.Result!.Value.Tags.Count);
        Assert.Equal(10_000_000, call.Result.Value.Tags[^1].Length);
    }

    [Theory]
    [ViaBoth]
    public async Task Row39_Bytes_that_are_no_UTF8_are_no_answer(Via via)
    {
        var protocol = via == Via.OpenAI
            ? """{"id":"x","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"$"},"finish_reason":"stop"}]}"""
            : """{"id":"x","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"$"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";
        var body = Encoding.UTF8.GetBytes(protocol);
        body[Array.IndexOf(body, (byte)'$')] = 0xff;
        Enqueue(via, ModelReply.Raw(200, "application/json", body), Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial ProtocolError", $"{Primary(via)} Retry None"], call.Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row39_Half_a_surrogate_pair_is_a_violation(Via via)
    {
        Enqueue(via, Reply(Good.Replace("twice", "\\ud800", StringComparison.Ordinal)), Reply(Good));

        var call = await AskAsync(via);

        Assert.NotNull(call.Result);
        Assert.Contains(call.Attempts[0].Outcome, new[] { PromptErrorCode.InvalidJson, PromptErrorCode.SchemaMismatch });
        Assert.Equal($"{Primary(via)} Repair None", call.Ledger[1]);
    }

    [Theory]
    [ViaBoth("\\u0000", "\u202Eecivt\u202C", "tw\u200Bice", "😀", "\\ud83d\\ude00")]
    public async Task Row39_Strange_characters_are_data(Via via, string text)
    {
        Enqueue(via, Reply(Good.Replace("twice", text, StringComparison.Ordinal)));

        var call = await AskAsync(via);

        Assert.Equal($"Charged {JsonSerializer.Deserialize<string>($"\"{text}\"")}", call.Result!.Value.Summary);
    }

    // Matched by going back, the pattern of the contract would take longer than the test suite lives.
    [Theory]
    [ViaBoth]
    public async Task Row40_A_pattern_and_a_text_made_for_each_other_take_no_time(Via via) =>
        await IsRepairedAsync(via, Good.Replace("AB12", new string('A', 50_000) + "!", StringComparison.Ordinal), PromptErrorCode.SchemaMismatch, "/reference");

    [Theory]
    [ViaBoth]
    public async Task Row41_A_model_that_answers_with_the_schema_gives_no_answer(Via via)
    {
        Otherwise = static request => request.ModelId == Stronger ? Reply(Good) : Reply(request.Schema!.Value.GetRawText());

        var call = await AskAsync(via);

        Assert.Equal(
            [$"{Primary(via)} Initial SchemaMismatch", $"{Primary(via)} Repair SchemaMismatch", $"{Stronger} Escalation None"],
            call.Ledger);
    }

    private Task IsRepairedAsync(Via via, string row) =>
        IsRepairedAsync(via, row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..], PromptErrorCode.SchemaMismatch, row[..row.IndexOf('|', StringComparison.Ordinal)]);

    /// <summary>The answer is rejected for one reason, which the same model receives, and its next answer is accepted.</summary>
    private async Task IsRepairedAsync(Via via, string text, PromptErrorCode outcome, string? pointer = null)
    {
        Enqueue(via, Reply(text), Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial {outcome}", $"{Primary(via)} Repair None"], call.Ledger);
        if (pointer is not null)
        {
            Assert.Equal(pointer, Assert.Single(call.Attempts[0].Violations).Pointer);
            Assert.Contains(pointer, Server.Requests[1].TextOf("user"), StringComparison.Ordinal);
        }
    }
}
