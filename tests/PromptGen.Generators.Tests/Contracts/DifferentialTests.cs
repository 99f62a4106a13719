using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Json.Schema;
using PromptGen.Generators.Tests.Contracts.Drawn;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>Random types, values and changes: a contract accepts what a second, simpler check accepts, and nothing else.</summary>
public sealed class DifferentialTests
{
    private const int Types = 60;

    private static readonly EvaluationOptions s_evaluation = new() { RequireFormatValidation = true };

    private static readonly Lazy<(DrawnType.Object Type, TestContract Contract)[]> s_types = new(() =>
    {
        var drawing = new TypeDrawing(new Random(4711));
        var types = Enumerable.Range(0, Types).Select(_ => drawing.Draw()).ToArray();
        var contracts = TestContract.Of([.. types.Select(static type => type.Name)], drawing.Declarations);
        return [.. types.Select(type => (type, contracts[type.Name]))];
    });

    private static Gen<(int Type, int Seed)> Draws => Gen.Zip(Gen.Choose(0, Types - 1), Gen.Choose(0, int.MaxValue));

    [Fact]
    public void A_value_is_read_and_comes_out_the_same() => Prop.ForAll(Draws.ToArbitrary(), static draw =>
    {
        var (type, contract) = s_types.Value[draw.Type];
        var json = type.Value(new Random(draw.Seed)).ToString();

        var reading = contract.Read(json);

        Assert.True(reading is { Code: PromptErrorCode.None, Rungs.Count: 0 }, $"{type}\n{json}\n{string.Join('\n', reading.Breaches)}");
        using var expected = JsonDocument.Parse(json);
        using var actual = JsonDocument.Parse(JsonSerializer.Serialize(reading.Value, contract.ValueType, MatrixJson.For(contract)));
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), $"{json}\n{actual.RootElement}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_changed_value_is_accepted_exactly_when_a_simple_check_accepts_it()
    {
        var verdicts = new Dictionary<bool, int> { [true] = 0, [false] = 0 };
        Prop.ForAll(Draws.ToArbitrary(), draw =>
        {
            var (type, contract) = s_types.Value[draw.Type];
            var random = new Random(draw.Seed);
            var value = type.Value(random);
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                value = value.Changed(random);
            }

            var json = value.ToString();
            using var document = JsonDocument.Parse(json);
            var fits = type.Fits(document.RootElement);
            var reading = contract.Read(json);

            verdicts[fits]++;
            Assert.True(fits == reading is { Code: PromptErrorCode.None, Rungs.Count: 0 }, $"{fits}: {json}\n{string.Join('\n', reading.Breaches)}\n{contract.Schema.GetRawText()}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10000));

        // Neither verdict is an exception, or nothing would have been compared.
        Assert.All(verdicts.Values, static count => Assert.True(count >= 500, $"{count}"));
    }

    [Fact]
    public void What_a_contract_accepts_fits_its_schema_as_an_independent_validator_reads_it()
    {
        var schemas = new Lazy<JsonSchema>[Types];
        for (var i = 0; i < Types; i++)
        {
            var json = s_types.Value[i].Contract.Schema.GetRawText();
            schemas[i] = new(() => JsonSchema.FromText(json));
        }

        var (accepted, rejected, schemaAloneAccepts, contractAloneAccepts) = (0, 0, 0, 0);
        Prop.ForAll(Draws.ToArbitrary(), draw =>
        {
            var (type, contract) = s_types.Value[draw.Type];
            var random = new Random(draw.Seed);
            var value = type.Value(random);
            for (var changes = random.Next(0, 3); changes > 0; changes--)
            {
                value = value.Changed(random);
            }

            var json = value.ToString();
            using var document = JsonDocument.Parse(json);
            var fits = schemas[draw.Type].Value.Evaluate(document.RootElement, s_evaluation).IsValid;
            var reads = contract.Read(json) is { Code: PromptErrorCode.None, Rungs.Count: 0 };

            // An optional member that is null reads as absent, since some providers fill it in.
            var hasNull = json.Contains(":null", StringComparison.Ordinal);
            Assert.True(fits || !reads || hasNull, $"The schema rejects what the contract accepts: {json}\n{contract.Schema.GetRawText()}");
            accepted += reads ? 1 : 0;
            rejected += fits ? 0 : 1;
            schemaAloneAccepts += fits && !reads ? 1 : 0;
            contractAloneAccepts += reads && !fits ? 1 : 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

        Assert.True(accepted >= 1000 && rejected >= 500, $"{accepted} accepted, {rejected} rejected");

        // A schema can't say all: members twice, numbers beyond the type. Both ways, a difference is the exception.
        Assert.True(schemaAloneAccepts <= rejected / 4, $"{schemaAloneAccepts} of {rejected}");
        Assert.True(contractAloneAccepts <= accepted / 20, $"{contractAloneAccepts} of {accepted}");
    }
}
