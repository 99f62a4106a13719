using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Evaluation.Tests.Runs;

public sealed class EvaluationStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptgen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What each call was made with can be read from the file, by any tool for SQLite.</summary>
    [Fact]
    public async Task A_result_is_kept_with_the_versions_of_prompt_models_and_data()
    {
        var path = Path.Combine(_folder, "store.db");
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.SumAsync));
        var item = new EvaluationItem("1", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"a": 1, "b": 2}""")!, JsonSerializer.SerializeToElement(3), []);
        var set = new EvaluationSet("sums", [item]);
        var client = new ScriptedChatClient(static (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value": 3}"""))
        {
            ModelId = "cheap-1-snapshot",
            Usage = new() { InputTokenCount = 1_000, OutputTokenCount = 500 },
        }));
        EvaluationRun run;
        await using (var store = EvaluationStore.Open(path))
        await using (var cheap = EvaluationArm.Model(prompt, EvaluationModels.Cheap, builder => builder.AddProvider("test", _ => client)))
        {
            run = await new PromptEvaluation(prompt, set, [cheap], store).RunAsync(new(), TestContext.Current.CancellationToken);
        }

        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT prompt, version, arm, model, answered_model, data_version, item, score, usd FROM evaluation_results";
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(rows.Read());
        Assert.Equal(
            [prompt.Name, prompt.Version, EvaluationModels.Cheap, EvaluationModels.Cheap, "cheap-1-snapshot", set.Version, "1"],
            Enumerable.Range(0, 7).Select(rows.GetString));
        Assert.Equal((1.0, 0.003m), (rows.GetDouble(7), rows.GetDecimal(8)));
        Assert.Equal(run.Spent.Usd, rows.GetDecimal(8));
        Assert.False(rows.Read());
    }
}
