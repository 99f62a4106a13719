using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using PromptGen.Generators.Emission;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Samples.Contracts;

namespace PromptGen.Generators.Tests.Contracts;

public sealed class PropertyTests
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private const string Everything = """
        public enum Mood { Good, Bad }
        public sealed record Everything(
            bool Flag, int Int, long Long, ulong ULong, short Short, double Double, float Float, decimal Decimal, string Text, string? Maybe, char Letter,
            DateTime At, TimeSpan Span, Guid Id, byte[] Bytes, Mood Mood, Mood? Feeling, List<int> Numbers, string?[] Texts,
            Dictionary<string, double> Scores, Everything? Inner);
        """;

    private static readonly Lazy<TestContract> s_everything = new(() => TestContract.Of("Everything", Everything));
    private static readonly Lazy<TestContract> s_ticket = new(() => TestContract.Of("TicketAnalysis", SampleDeclarations()));

    [Fact]
    public void TicketAnalysisContract() => Snapshot.Verify(s_ticket.Value.Source);

    [Fact]
    public void What_the_serializer_writes_is_read_back()
    {
        var contract = s_everything.Value;
        var gen = Values(contract.ValueType);

        Prop.ForAll(gen.ToArbitrary(), json =>
        {
            var reading = contract.Read(json);
            Assert.True(reading.Code == PromptErrorCode.None, $"{reading.Code} {string.Join('\n', reading.Breaches)}\n{json}");
            Assert.Equal(Parsed(contract, json), contract.Write(reading.Value));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Random_changes_to_an_answer_never_throw_and_never_pass_what_the_serializer_refuses()
    {
        var contract = s_ticket.Value;
        var bytes = Encoding.UTF8.GetBytes(TicketAnalysis.Answer);
        var values = Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("{}[]\":,\\utn0-1.e'`".Select(c => (int)c)));
        var changes = Gen.Zip(Gen.Choose(0, bytes.Length - 1), values).ListOf(4);

        Prop.ForAll(changes.ToArbitrary(), list =>
        {
            var mutated = (byte[])bytes.Clone();
            foreach (var (position, value) in list)
            {
                mutated[position] = (byte)value;
            }

            var answer = Encoding.UTF8.GetString(mutated);
            var reading = contract.Read(answer);
            if (reading.Code == PromptErrorCode.None && reading.Rungs.Count == 0)
            {
                Assert.Equal(Parsed(contract, answer), contract.Write(reading.Value));
            }
            else
            {
                Assert.True(reading.Code is PromptErrorCode.SchemaMismatch or PromptErrorCode.InvalidJson or PromptErrorCode.Truncated or PromptErrorCode.None);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void An_answer_that_ends_early_is_never_a_success()
    {
        for (var length = 0; length < TicketAnalysis.Answer.Length; length++)
        {
            var code = s_ticket.Value.Read(TicketAnalysis.Answer[..length]).Code;

            Assert.Equal(length == 0 ? PromptErrorCode.EmptyOutput : PromptErrorCode.Truncated, code);
        }
    }

    [Fact]
    public void A_culture_with_other_numbers_changes_nothing()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        const string Declarations = """
            public sealed record Holder([property: Range(-5, -1)] int A, [property: Range(-0.5, 0.5)] double B, [property: Range(-1.5, 1.5)] decimal C = -1.25m, double D = -0.5);
            """;
        var expected = ContractEmitter.Emit(TestContract.ModelOf("Holder", Declarations));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            var actual = ContractEmitter.Emit(TestContract.ModelOf("Holder", Declarations));

            Assert.Equal(expected, actual);
            Assert.Contains("minimum: -0.5d", actual, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Two_readings_of_a_type_are_equal_and_emit_the_same_text()
    {
        var first = TestContract.ModelOf("Everything", Everything);
        var second = TestContract.ModelOf("Everything", Everything);

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal(ContractEmitter.Emit(first), ContractEmitter.Emit(second));
    }

    private static string Parsed(TestContract contract, string json) =>
        contract.Write(JsonSerializer.Deserialize(json, contract.ValueType, s_json));

    /// <summary>The sample as source text: its file without the usings, which every compilation has.</summary>
    private static string SampleDeclarations([CallerFilePath] string file = "")
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "Samples", "TicketAnalysis.cs"));
        return text[(text.IndexOf(';', text.IndexOf("namespace", StringComparison.Ordinal)) + 1)..];
    }

    /// <summary>Values of the type as JSON: members drawn one by one, put together by the serializer.</summary>
    private static Gen<string> Values(Type type)
    {
        var texts = ArbMap.Default.GeneratorFor<string?>().Select(text => text is null ? null : new string([.. text.Where(c => !char.IsSurrogate(c))]));
        var finite = ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get);
        var seeds = Gen.Choose(int.MinValue, int.MaxValue);
        return Gen.Zip(Gen.Zip(texts.ListOf(3), finite.ListOf(4)), seeds).Select(drawn =>
        {
            var ((words, numbers), seed) = drawn;
            var random = new Random(seed);
            return JsonSerializer.Serialize(Value(random, words, numbers, depth: random.Next(3)), s_json);
        });
    }

    private static Dictionary<string, object?> Value(Random random, IReadOnlyList<string?> texts, IReadOnlyList<double> numbers, int depth) => new()
    {
        ["flag"] = random.Next(2) == 0,
        ["int"] = random.Next(int.MinValue, int.MaxValue),
        ["long"] = random.NextInt64(long.MinValue, long.MaxValue),
        ["uLong"] = (ulong)random.NextInt64() * 2,
        ["short"] = (short)random.Next(),
        ["double"] = numbers[0],
        ["float"] = (float)random.NextDouble(),
        ["decimal"] = new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
        ["text"] = texts[0] ?? "",
        ["maybe"] = texts[1],
        ["letter"] = (char)random.Next(0xD800),
        ["at"] = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), random.Next(2) == 0 ? DateTimeKind.Utc : DateTimeKind.Unspecified),
        ["span"] = new TimeSpan(random.NextInt64(long.MinValue, long.MaxValue)),
        ["id"] = new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next())]),
        ["bytes"] = Enumerable.Range(0, random.Next(20)).Select(_ => (byte)random.Next()).ToArray(),
        ["mood"] = random.Next(2) == 0 ? "Good" : "Bad",
        ["feeling"] = random.Next(2) == 0 ? null : "bad",
        ["numbers"] = Enumerable.Range(0, random.Next(30)).ToArray(),
        ["texts"] = texts,
        ["scores"] = numbers.Select((number, index) => (number, index)).ToDictionary(pair => $"{texts[2]}{pair.index}", pair => pair.number),
        ["inner"] = depth == 0 ? null : Value(random, texts, numbers, depth - 1),
    };
}
