using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PromptGen.Contracts.Schemas;
using PromptGen.Generators.Tests.Contracts.Drawn;
using PromptGen.Generators.Tests.Contracts.SchemaFiles;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>What the tolerance changes of an answer that is valid as it is: nothing. And what it is read as otherwise, it says.</summary>
public sealed class ValidAnswerTests
{
    private const int Types = 30;

    private static readonly Lazy<(DrawnType.Object Type, TestContract OfType, SchemaContract<JsonElement> OfFile)[]> s_contracts = new(static () =>
    {
        var drawing = new TypeDrawing(new Random(2031));
        var types = Enumerable.Range(0, Types).Select(_ => drawing.Draw()).ToArray();
        var contracts = TestContract.Of([.. types.Select(static type => type.Name)], drawing.Declarations);
        var schemas = new CompiledSchemas();
        var numbers = types.Select(type => schemas.AddContract(contracts[type.Name].Schema.GetRawText())).ToList();
        schemas.Build();
        return [.. types.Zip(numbers, (type, number) => (type, contracts[type.Name], schemas.Contract(number)))];
    });

    private static Gen<(int Type, int Seed)> Draws => Gen.Zip(Gen.Choose(0, Types - 1), Gen.Choose(0, int.MaxValue));

    [Fact]
    public void A_valid_answer_is_the_same_under_every_tolerance_for_a_type() => Hold(static (contracts, json, tolerance) =>
    {
        var reading = contracts.OfType.Read(json, tolerance);
        return (reading.Code, contracts.OfType.Write(reading.Value), reading.Rungs);
    });

    [Fact]
    public void A_valid_answer_is_the_same_under_every_tolerance_for_a_schema_file() => Hold(static (contracts, json, tolerance) =>
    {
        var reading = contracts.OfFile.Read(json, tolerance);
        return (reading.Code, reading.Code == PromptErrorCode.None ? reading.Value.GetRawText() : "", reading.Rungs);
    });

    private static void Hold(Func<(TestContract OfType, SchemaContract<JsonElement> OfFile), string, Tolerance, (PromptErrorCode Code, string Value, IReadOnlyList<string> Rungs)> read)
    {
        var verdicts = new Dictionary<string, int> { ["valid"] = 0, ["repaired"] = 0, ["refused"] = 0 };
        Prop.ForAll(Draws.ToArbitrary(), draw =>
        {
            var (type, ofType, ofFile) = s_contracts.Value[draw.Type];
            var random = new Random(draw.Seed);
            var value = type.Value(random);
            var json = (random.Next(2) == 0 ? value : value.Changed(random)).ToString();
            var exact = read((ofType, ofFile), json, Tolerance.Exact);
            Assert.Empty(exact.Rungs);
            foreach (var tolerance in (Tolerance[])[Tolerance.Lenient, Tolerance.Salvage])
            {
                var reading = read((ofType, ofFile), json, tolerance);
                if (exact.Code == PromptErrorCode.None)
                {
                    Assert.Equal((exact.Value, ""), (reading.Value, string.Join(' ', reading.Rungs)));
                }

                Assert.True((exact.Code == PromptErrorCode.None) == reading is { Code: PromptErrorCode.None, Rungs.Count: 0 }, $"{json}: {exact.Code}, {tolerance} {reading.Code} without a word");
                verdicts[exact.Code == PromptErrorCode.None ? "valid" : reading.Code == PromptErrorCode.None ? "repaired" : "refused"]++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        // Of each there were enough to have compared anything.
        Assert.All(verdicts, static verdict => Assert.True(verdict.Value >= 100, $"{verdict}"));
    }
}
