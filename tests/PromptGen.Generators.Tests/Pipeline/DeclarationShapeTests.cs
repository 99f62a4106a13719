using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>A prompt class may look as its author likes.</summary>
public sealed class DeclarationShapeTests
{
    [Theory]
    [InlineData("public partial class Desk { {0} }")]
    [InlineData("internal sealed partial record Desk { {0} }")]
    [InlineData("public static partial class Outer { internal abstract partial class Middle { public sealed partial class Desk { {0} } } }")]
    [InlineData("public partial class Outer { private sealed partial class Desk { {0} } }")]
    [InlineData("public sealed partial class @class { {0} }")]
    [InlineData("public sealed partial class Desk(PromptRuntime prompts) { {0} }")]
    [InlineData("public sealed partial class Desk { private readonly PromptRuntime _mine; public Desk(PromptRuntime mine) => _mine = mine; {0} }")]
    [InlineData("public sealed partial class Desk { public Desk(PromptRuntime prompts, IServiceProvider services) { _prompts = prompts; _ = services; } {0} }")]
    [InlineData("public abstract class Base(PromptRuntime prompts) { protected PromptRuntime Prompts => prompts; } public sealed partial class Desk(PromptRuntime prompts) : Base(prompts) { {0} }")]
    [InlineData("public sealed partial class Desk { public required PromptRuntime Prompts { get; init; } {0} }")]
    public void Of_a_class(string container) =>
        AssertCompiles(container.Replace("{0}", "[RoutedPrompt(Tier.Fast), PromptTemplate(\"{{ticket}}\")] public partial Task<int> AskAsync(string ticket);", StringComparison.Ordinal));

    [Theory]
    [InlineData("public partial Task<bool> AskAsync(string text)")]
    [InlineData("internal partial ValueTask<Queue> AskAsync(string text)")]
    [InlineData("private partial Task<PromptResult<List<Triage>>> AskAsync(string text, CancellationToken stop = default)")]
    [InlineData("protected internal virtual partial ValueTask<PromptResult<string>> AskAsync(string text)")]
    [InlineData("public partial Task<int?> AskAsync(CancellationToken first, string text)")]
    [InlineData("public partial Task<Triage?> AskAsync(string? text)")]
    [InlineData("public partial Task<Dictionary<string, List<string?>>> AskAsync(string text = \"none\")")]
    [InlineData("public partial Task<DateOnly> AskAsync(params string[] text)")]
    [InlineData("public partial Task<decimal> AskAsync(string text, int call, int template, int model, int prompt, int value, int cancellationToken)")]
    [InlineData("public partial Task<Triage> AskAsync((string Name, int Age) text, dynamic @event)")]
    public void Of_a_method(string method)
    {
        var template = method.Contains("string[]", StringComparison.Ordinal) ? "{{#each text}}{{this}}{{/each}}" : method.Contains("Name", StringComparison.Ordinal) ? "{{text.Name}}" : "{{text}}";
        AssertCompiles($"public partial class Desk {{ [RoutedPrompt(Tier.Fast), PromptTemplate(\"{template}\")] {method}; }}");
    }

    [Fact]
    public void Of_overloads_and_of_checks_and_fallbacks_of_every_kind() => AssertCompiles("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast), PromptTemplate("{{text}}"), AcceptIf(nameof(IsGood)), AcceptIf(nameof(WhyNot)), AcceptIf(nameof(IsGoodSoonAsync)), AcceptIf(nameof(WhyNotSoonAsync))]
            [Fallback(nameof(AskPersonAsync))]
            public partial Task<Triage> AskAsync(string text, CancellationToken cancellationToken = default);

            [RoutedPrompt(Tier.Fast), PromptTemplate("{{text}}"), AcceptIf(nameof(IsGood)), Fallback(nameof(AskPerson))]
            public partial ValueTask<PromptResult<Triage>> AskAsync(int text);

            [RoutedPrompt(Tier.Fast), PromptTemplate("Ask."), Fallback(nameof(AskNoModel), Seconds = 0.5)]
            public partial Task<Triage> AskAsync();

            [RoutedPrompt(Tier.Fast), PromptTemplate("Ask."), Fallback(nameof(AskNoModelAsync))]
            public partial Task<PromptResult<Triage>> AskMoreAsync();

            [RoutedPrompt(Tier.Fast), PromptTemplate("Ask."), Fallback(nameof(AskAnybody))]
            public partial Task<Triage> AskAnyAsync(dynamic text);

            [RoutedPrompt(Tier.Fast), PromptTemplate("{{a}}{{b}}{{c}}{{d}}{{e}}{{f}}{{g}}{{state}}{{stop}}"), Fallback(nameof(AskMany), Seconds = 60)]
            public partial Task<Triage> AskManyAsync(int a, int b, int c, int d, int e, int f, int g, string state, string stop);

            private static Triage AskNoModel() => new(Queue.Other, 1, "", 1);
            private async ValueTask<PromptResult<Triage>> AskNoModelAsync(CancellationToken token) { await Task.Yield(); return new() { Value = AskNoModel(), ModelId = "", Tier = Tier.Fast, Attempts = [], Cost = default, Duration = default }; }
            private static Triage AskAnybody(dynamic text) => AskNoModel();
            private Triage AskMany(int a, int b, int c, int d, int e, int f, int g, string state, string stop) => AskNoModel();
            private static bool IsGood(Triage triage) => triage.Urgency > 0;
            private string? WhyNot(Triage triage) => triage.Urgency > 0 ? null : "It is not urgent";
            private static Task<bool> IsGoodSoonAsync(Triage triage, CancellationToken cancellationToken) => Task.FromResult(triage.Urgency > 0 && !cancellationToken.IsCancellationRequested);
            private ValueTask<string?> WhyNotSoonAsync(Triage triage) => new(WhyNot(triage));
            private Task<Triage> AskPersonAsync(string text, CancellationToken cancellationToken) => Task.FromResult(new Triage(Queue.Other, text.Length, "", cancellationToken.CanBeCanceled ? 1 : 0));
            private static Triage AskPerson(int text) => new(Queue.Other, text, "", 1);
        }
        """);

    [Fact]
    public async Task A_bare_list_and_a_wrapped_one_are_both_read()
    {
        const string source = """
            public sealed partial class Desk
            {
                [RoutedPrompt(Models.Mini), PromptTemplate("List them.")]
                public partial Task<List<int>> ListAsync();
            }
            """;
        var project = new Generation([Sources.Models, Sources.Triage, "namespace Acme; " + source]);
        var client = new ScriptedChatClient("""{"value":[1,2]}""", "[3]");
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client));
        dynamic desk = Activator.CreateInstance(LoadedAssembly.Load(project.Output).Type("Acme.Desk"), prompts)!;

        Assert.Equal([1, 2], (List<int>)await desk.ListAsync());
        Assert.Equal([3], (List<int>)await desk.ListAsync());
    }

    private static void AssertCompiles(string source)
    {
        foreach (var space in new[] { "namespace Acme;", "using Acme;" })
        {
            var project = new Generation([Sources.Models, Sources.Triage, space + " " + source]);

            Assert.Empty(project.Output.Complaints());
            Assert.DoesNotContain(project.Files.Values, static text => text.Contains("NotSupportedException", StringComparison.Ordinal));
        }
    }
}
