using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Rules;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>What a first week of use runs into: overloads, derived classes, prompts where none can be.</summary>
public sealed class FirstWeekTests
{
    [Fact]
    public void Overloads_have_names_of_their_own_in_ledgers()
    {
        var files = new Generation([Sources.Models, """
            namespace Acme;

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{question}}")]
                public partial Task<int> AskAsync(string question);

                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{question}} {{hint}}")]
                public partial Task<int> AskAsync(string question, string hint);

                [RoutedPrompt(Tier.Fast, Name = "Desk.Third")]
                [PromptTemplate("{{question}} {{hint}} {{number}}")]
                public partial Task<int> AskAsync(string question, string hint, int number);
            }
            """]).Files;

        Assert.Contains("\"Desk.AskAsync\"", files["Acme.Desk.AskAsync.g.cs"], StringComparison.Ordinal);
        Assert.Contains("\"Desk.AskAsync#2\"", files["Acme.Desk.AskAsync1.g.cs"], StringComparison.Ordinal);
        Assert.Contains("\"Desk.Third\"", files["Acme.Desk.AskAsync2.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_derived_class_whose_constructor_hands_the_runtime_on_compiles_without_a_warning()
    {
        var output = Analysis.Generate(Compile.Sources(Sources.Models, """
            namespace Acme;

            public abstract class Base(PromptRuntime prompts)
            {
                protected void Check() => prompts.Require();
            }

            public sealed partial class Desk(PromptRuntime prompts) : Base(prompts)
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{question}}")]
                public partial Task<int> AskAsync(string question);
            }
            """), [], out var failures);

        Assert.Empty(failures);
        Assert.Empty(output.Complaints());
    }

    [Theory]
    [InlineData("public interface IDesk { [RoutedPrompt(Tier.Fast)] [PromptTemplate(\"{{question}}\")] Task<int> AskAsync(string question); }", "an interface cannot hold a prompt")]
    [InlineData("public partial interface IDesk { [RoutedPrompt(Tier.Fast)] [PromptTemplate(\"{{question}}\")] partial Task<int> AskAsync(string question); }", "an interface cannot hold a prompt")]
    [InlineData("public static class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate(\"{{question}}\")] public static Task<int> AskAsync(string question) => null!; }", "it is static")]
    [InlineData("public class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate(\"{{question}}\")] public static partial Task<int> AskAsync(string question); }", "it is static")]
    [InlineData("public sealed partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate(\"{{question}}\")] public static partial Task<int> AskAsync(string question); }", "it is static")]
    public async Task A_prompt_where_none_can_be_gets_one_message_with_what_to_write(string source, string message)
    {
        var diagnostics = await Rule.JudgeAsync("namespace Acme; " + source);

        var one = Assert.Single(diagnostics, static diagnostic => diagnostic.Id is "PG0101" or "PG0102");
        Assert.Contains(message, one.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("partial", one.GetMessage(null), StringComparison.Ordinal);
    }
}
