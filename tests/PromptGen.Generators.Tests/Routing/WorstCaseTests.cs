using System.Reflection;
using System.Text;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Pipeline;
using PromptGen.Hosting;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Routing;

/// <summary>The worst case that generated code states and the one that a call without parameters' tokens is explained with are the same.</summary>
public sealed class WorstCaseTests
{
    private const int Prompts = 60;

    /// <summary>The generator counts in binary fractions.</summary>
    private const decimal Rounding = 0.000_000_001m;

    private const string Catalog = """
        namespace Acme;

        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, MaxOutputTokens = 16_384)] public const string Mini = "mini";
            [Model("anthropic", Tier.Fast, InputPrice = 0.80, OutputPrice = 4, TokenFactor = 1.35)] public const string Haiku = "haiku";
            [Model("anthropic", Tier.General, InputPrice = 3, OutputPrice = 15, MaxOutputTokens = 150)] public const string Sonnet = "sonnet";
            [Model("openai", Tier.General, InputPrice = 5, OutputPrice = 9, Features = ModelFeatures.JsonMode)] public const string Plain = "plain";
            [Model("anthropic", Tier.Deep, InputPrice = 15, OutputPrice = 75)] public const string Opus = "opus";
            [Model("ollama", Tier.SelfHosted)] public const string Llama = "llama";
        }

        public sealed record Item(string Name, int Count);
        """;

    private static readonly string[] Routes =
    [
        "Tier.Fast", "Tier.Fast, EscalateTo = Tier.General", "Tier.Fast, EscalateTo = Tier.Deep", "Tier.General, EscalateTo = Tier.Deep", "Models.Mini, Models.Sonnet, Models.Opus",
        "Models.Haiku", "Models.Mini, Fallbacks = [Models.Opus]", "Tier.Fast, EscalateTo = Tier.General, Fallbacks = [Models.Opus]", "Models.Mini, Fallbacks = [Models.Llama]",
    ];

    [Fact]
    public async Task Both_give_the_same_over_drawn_routes()
    {
        var random = new Random(20_260_101);
        var source = new StringBuilder("namespace Acme;\n\npublic sealed partial class Desk\n{\n    private static string? Judge(string answer) => answer;\n");
        var writes = new HashSet<string>();
        for (var i = 0; i < Prompts; i++)
        {
            if (Draw(source, i, random))
            {
                writes.Add($"Ask{i}");
            }
        }

        var project = new Generation([Catalog, source.Append("}\n").ToString()]);
        var assembly = LoadedAssembly.Load(project.Output);
        var manifest = (PromptManifest)assembly.Type("PromptGen.Generated.Manifest").GetField("Instance")!.GetValue(null)!;
        var client = new ScriptedChatClient();
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client).AddProvider("ollama", _ => client));
        var desk = Activator.CreateInstance(assembly.Type("Acme.Desk"), prompts)!;

        Assert.Equal(Prompts, manifest.Prompts.Count);
        foreach (var prompt in manifest.Prompts)
        {
            var name = prompt.Name.Split('.')[1];
            var (stated, explained) = (prompt.WorstCaseUsd, await ExplainedAsync(prompts, desk, name));

            // A schema in the text is counted on its own when it is generated, and together with the text when it is sent: a token more in each request.
            var more = writes.Contains(name) ? prompt.Route.Concat(prompt.Entries).Count() * (prompt.HedgeAfter is null ? 1 : 2) * (1 + prompt.Repairs) * 15m / 1_000_000 : 0m;
            Assert.Equal(stated is null, explained is null);
            Assert.True(stated is null || (explained <= stated + Rounding && explained >= stated - more - Rounding), $"{name}: {stated} stated, {explained} explained");
        }

        Assert.InRange(manifest.Prompts.Count(static prompt => prompt.WorstCaseUsd is null), 1, Prompts / 2);
        Assert.Empty(client.Requests);
    }

    [Fact]
    public async Task Where_a_stream_resumes_every_model_answers_behind_all_that_was_delivered()
    {
        var resuming = await ResumingAsync("");

        // Mini, then Sonnet with the 200 tokens of Mini and 120 that ask for the rest, then Opus with 350 tokens of both.
        var three = resuming.Single(static prompt => prompt.Name == "Desk.Ask4");
        var plain = three.Plan.Steps.Select(static step => step.Models[0].EstimatedInputTokens).ToArray();
        Assert.Equal(
            ((plain[0] * 0.15m) + (200 * 0.60m) + ((plain[1] + 320) * 3m) + (150 * 15m) + ((plain[2] + 470) * 15m) + (200 * 75m)) / 1_000_000,
            three.Usd!.Value,
            9);
    }

    [Fact]
    public async Task Where_its_first_item_is_hedged_too_the_most_expensive_model_of_steps_with_several_counts_once_more()
    {
        var (resuming, hedged) = (await ResumingAsync(""), await ResumingAsync(", HedgeAfter = 2"));

        Assert.Equal(resuming.Select(static prompt => prompt.Name), hedged.Select(static prompt => prompt.Name));
        foreach (var (one, two) in resuming.Zip(hedged))
        {
            var more = one.Plan.Steps.Where(static step => step.Models.Count > 1).SelectMany(static step => step.Models).Select(static model => model.MaxUsd ?? 0).Append(0).Max();
            Assert.Equal(one.Usd is null, two.Usd is null);
            Assert.True(one.Usd is null || Math.Abs(one.Usd.Value + more - two.Usd!.Value) <= Rounding, $"{one.Name}: {one.Usd} + {more}, {two.Usd} hedged");
        }

        Assert.Contains(hedged, static prompt => prompt.Usd is not null && prompt.Plan.Steps.Count(static step => step.Models.Count > 1) > 1);
    }

    /// <summary>Streams over all routes that resume, each with what is stated and what is explained, which are the same.</summary>
    private static async Task<List<(string Name, decimal? Usd, PromptExplanation Plan)>> ResumingAsync(string more)
    {
        var source = new StringBuilder("namespace Acme;\n\npublic sealed partial class Desk\n{\n");
        for (var i = 0; i < Routes.Length; i++)
        {
            var words = new string('w', 50 * i);
            source.AppendLine($"    [RoutedPrompt({Routes[i]}, MaxOutputTokens = 200, Resume = true{more})]");
            source.AppendLine($"    [PromptTemplate(\"Rate it. {words}\")]");
            source.AppendLine($"    public partial IAsyncEnumerable<{(i % 2 == 0 ? "string" : "int")}> Ask{i}();");
        }

        var assembly = LoadedAssembly.Load(new Generation([Catalog, source.Append("}\n").ToString()]).Output);
        var manifest = (PromptManifest)assembly.Type("PromptGen.Generated.Manifest").GetField("Instance")!.GetValue(null)!;
        var client = new ScriptedChatClient();
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client).AddProvider("ollama", _ => client));
        var desk = Activator.CreateInstance(assembly.Type("Acme.Desk"), prompts)!;
        var resuming = new List<(string, decimal?, PromptExplanation)>();
        foreach (var prompt in manifest.Prompts)
        {
            var method = desk.GetType().GetMethod(prompt.Name.Split('.')[1])!;
            var plan = await prompts.ExplainAsync(() => FirstAsync(method.Invoke(desk, null)!));

            Assert.Equal(prompt.WorstCaseUsd is null, plan.WorstCaseUsd is null);
            Assert.True(prompt.WorstCaseUsd is null || Math.Abs(prompt.WorstCaseUsd.Value - plan.WorstCaseUsd!.Value) <= Rounding, $"{prompt.Name}: {prompt.WorstCaseUsd} stated, {plan.WorstCaseUsd} explained");
            resuming.Add((prompt.Name, prompt.WorstCaseUsd, plan));
        }

        Assert.Empty(client.Requests);
        return resuming;

        static Task FirstAsync(object stream) => stream is IAsyncEnumerable<string> text
            ? text.GetAsyncEnumerator().MoveNextAsync().AsTask()
            : ((IAsyncEnumerable<int>)stream).GetAsyncEnumerator().MoveNextAsync().AsTask();
    }

    /// <summary>The most expensive of the entries.</summary>
    private static async Task<decimal?> ExplainedAsync(PromptRuntime prompts, object desk, string name)
    {
        var method = desk.GetType().GetMethod(name, BindingFlags.Instance | BindingFlags.Public)!;
        var dearest = 0m;
        for (var entry = -1; entry < 3; entry++)
        {
            var level = entry;
            var plan = await prompts.ExplainAsync(() => (Task)method.Invoke(desk, [level])!);
            if (plan.WorstCaseUsd is not { } usd)
            {
                return null;
            }

            dearest = Math.Max(dearest, usd);
        }

        return dearest;
    }

    /// <returns>Whether the template writes the schema.</returns>
    private static bool Draw(StringBuilder source, int index, Random random)
    {
        var output = Pick("string", "Item", "int", "List<Item>");
        var route = Routes[random.Next(Routes.Length)];
        var words = new string('w', random.Next(0, 400)) + Pick("", " grün");
        var schema = output != "string" && random.Next(3) == 0 ? "{{schema}}" : "";
        source.AppendLine($"    [RoutedPrompt({route}, MaxOutputTokens = {random.Next(1, 300)}, Repairs = {random.Next(0, 4)}{(index % 2 == 0 ? "" : ", HedgeAfter = 2")})]");
        source.AppendLine($"    [PromptTemplate(\"{Pick("", "{{role \\\"system\\\"}}Be kind.{{role \\\"user\\\"}}")}Rate it. {words}{schema}\")]");
        if (output == "string" && random.Next(2) == 0)
        {
            source.AppendLine("    [AcceptIf(nameof(Judge), Repair = true)]");
        }

        source.AppendLine("    [RouteBy(nameof(level))]");
        var cases = random.Next(1, 4);
        for (var value = 0; value < cases; value++)
        {
            source.AppendLine($"    [RouteCase({value}, {Pick("Tier.Fast", "Models.Mini", "Models.Haiku", "Models.Sonnet")})]");
        }

        source.AppendLine($"    public partial Task<{output}> Ask{index}(int level);");
        return schema.Length > 0;

        string Pick(params string[] choices) => choices[random.Next(choices.Length)];
    }
}
