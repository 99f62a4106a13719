using System.Text.RegularExpressions;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>The tolerance from the attribute to the reading of an answer.</summary>
public sealed class ToleranceTests
{
    private const string Loose = """{"queue":"billing","urgency":"3","summary":"Charged twice","confidence":0.9,}""";
    private const string Lossy = """{"queue":"Billing","urgency":3.4,"summary":"Charged twice","confidence":0.9}""";

    [Theory]
    [InlineData("", Loose, "TrailingComma Case NumberText")]
    [InlineData(", Tolerance = Tolerance.Lenient", Loose, "TrailingComma Case NumberText")]
    [InlineData(", Tolerance = Tolerance.Salvage", Loose, "TrailingComma Case NumberText")]
    [InlineData(", Tolerance = Tolerance.Salvage", Lossy, "Rounded")]
    [InlineData("", Lossy, null)]
    [InlineData(", Tolerance = Tolerance.Exact", Loose, null)]
    [InlineData(", Tolerance = (Tolerance)7", Loose, "TrailingComma Case NumberText")]
    public async Task A_prompt_reads_as_its_declaration_says_and_the_attempt_records_it(string setting, string text, string? repairs)
    {
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => new ScriptedChatClient(text)).AddProvider("anthropic", _ => new ScriptedChatClient(text)));
        var assembly = LoadedAssembly.Load(Project(setting).Output);
        var desk = Activator.CreateInstance(assembly.Type("Acme.Desk"), prompts)!;

        var answer = (Task)desk.GetType().GetMethod("AskAsync")!.Invoke(desk, ["x"])!;
        await Record.ExceptionAsync(() => answer);
        IReadOnlyList<PromptAttempt> attempts = answer.IsFaulted ? ((PromptException)answer.Exception!.InnerException!).Attempts : ((dynamic)answer).Result.Attempts;

        Assert.Equal(repairs is null, answer.IsFaulted);
        Assert.Equal(repairs ?? "", string.Join(' ', attempts[0].Rungs));
    }

    [Fact]
    public void A_tolerance_that_is_not_the_default_is_a_part_of_the_version()
    {
        string[] settings = ["", ", Tolerance = Tolerance.Lenient", ", Tolerance = Tolerance.Exact", ", Tolerance = Tolerance.Salvage"];
        var versions = Array.ConvertAll(settings, setting => Regex.Match(Project(setting).Files["Acme.Desk.AskAsync.g.cs"], "version ([0-9a-f]{8})").Groups[1].Value);

        Assert.Equal(versions[0], versions[1]);
        Assert.Equal(3, versions.Distinct().Count());
        Assert.All(versions, version => Assert.Equal(8, version.Length));
    }

    private static Generation Project(string setting) => new(
        [
            Sources.Models,
            Sources.Triage,
            $$$"""
            namespace Acme;

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, Repairs = 0{{{setting}}})]
                [PromptTemplate("{{text}}")]
                public partial Task<PromptResult<Triage>> AskAsync(string text);
            }
            """,
        ]);
}
