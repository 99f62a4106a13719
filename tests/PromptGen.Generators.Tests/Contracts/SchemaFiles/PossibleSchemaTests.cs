using System.Text.Json;
using PromptGen.Generators.Diagnostics;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Files;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>PG0307 in schemas that people use: what it calls impossible has to be.</summary>
public sealed class PossibleSchemaTests(ITestOutputHelper output)
{
    private const string Store = "json-schema/schemastore/schemastore.jsonl";

    [SharedDataFact(Store)]
    public void Schemas_of_the_store_can_be_kept()
    {
        var (count, certain) = (0, new List<string>());
        foreach (var entry in File.ReadLines(SharedData.Find(Store)).Select(static line => JsonDocument.Parse(line).RootElement))
        {
            var name = entry.GetProperty("name").GetString()!;
            var program = SchemaCompiler.Compile(new SchemaText($"https://json.schemastore.org/{name}.json", entry.GetProperty("schema").GetRawText()), []);
            foreach (var (problem, isCertain) in program.Problems.Count > 0 ? [] : SchemaJudge.Judge(program))
            {
                output.WriteLine($"{name} {(isCertain ? "certain" : "doubtful")}: {problem.Message} {entry.GetProperty("schema").GetRawText().Substring(problem.Span.Start, Math.Min(problem.Span.Length, 60))}");
                if (isCertain)
                {
                    certain.Add(name);
                }
            }

            count += program.Problems.Count > 0 ? 0 : 1;
        }

        output.WriteLine($"{count} schemas, {certain.Count} findings that are certain");
        Assert.Empty(certain);
    }
}
