using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Caching;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Model;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Pipeline;

namespace PromptGen.Generators.Tests.Caching;

/// <summary>What was read of a prompt is read again when, and only when, something changed that it can depend on.</summary>
public sealed class ReadingCacheTests
{
    private readonly string[] _sources = [Sources.Models, Sources.Triage, Sources.Desk, Sources.Unrelated, "namespace Acme.Billing; public enum Invoice { Paid }"];
    private CSharpCompilation _compilation;
    private int _readings;

    public ReadingCacheTests() => _compilation = Compile.Sources(_sources);

    [Fact]
    public void The_first_time_it_is_read() => Assert.Equal(1, ReadingsAfter());

    [Theory]
    [InlineData(3, "Number => 1", "Number => 2")]
    [InlineData(3, "public int Number => 1;", "public string? Text; public void Method(Triage triage) { }")]
    [InlineData(4, "Paid", "Paid, Open")]
    [InlineData(0, "ContextWindow = 128_000", "ContextWindow = 64_000")]
    public void An_edit_of_a_file_that_it_does_not_name_is_not_read_for(int source, string old, string replacement)
    {
        ReadingsAfter();
        Edit(source, old, replacement);

        Assert.Equal(1, ReadingsAfter());
        Edit(source, replacement, old);
        Assert.Equal(1, ReadingsAfter());
    }

    [Theory]
    [InlineData(1, "Range(1, 5)", "Range(1, 9)")]
    [InlineData(2, "Budget(0.05)", "Budget(0.06)")]
    [InlineData(3, "public sealed class Unrelated", "public sealed class RangeAttribute(int a, int b) : System.Attribute; public sealed class Unrelated")]
    [InlineData(3, "public sealed class Unrelated", "public sealed record Urgent() : Triage(); public sealed class Unrelated")]
    [InlineData(3, "namespace Acme;", "global using Queue = Acme.Billing.Invoice; namespace Acme;")]
    public void An_edit_that_could_matter_is_read_for(int source, string old, string replacement)
    {
        ReadingsAfter();
        Edit(source, old, replacement);

        Assert.Equal(2, ReadingsAfter());
    }

    [Fact]
    public void A_file_that_comes_or_goes_is_read_for()
    {
        ReadingsAfter();
        _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class New;", (CSharpParseOptions)_compilation.SyntaxTrees[0].Options));

        Assert.Equal(2, ReadingsAfter());
    }

    [Fact]
    public void Another_reference_or_option_is_read_for()
    {
        ReadingsAfter();
        _compilation = _compilation.RemoveReferences(_compilation.References.Last());
        Assert.Equal(2, ReadingsAfter());

        _compilation = _compilation.WithOptions(_compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        Assert.Equal(3, ReadingsAfter());
    }

    [Fact]
    public void What_is_remembered_is_what_would_be_read()
    {
        var before = Read();
        Edit(3, "Number => 1", "Number => 2");

        Assert.Equal(PromptReader.Read(Symbol(), CancellationToken.None), Read());
        Assert.Same(before, Read());
    }

    [Fact]
    public void What_is_only_judged_lacks_the_free_names_alone()
    {
        const string Summary = "/// <summary>Triages a ticket.</summary>";
        Edit(2, Summary, "private static int TriageAsyncPrompt => 1;\n" + Summary);
        var written = PromptReader.Read(Symbol(), CancellationToken.None)!;
        var judged = PromptReader.Read(Symbol(), CancellationToken.None, isWritten: false)!;

        Assert.NotEqual(written.Stem, judged.Stem);
        Assert.Equal(written with { Stem = judged.Stem }, judged);
    }

    [Fact]
    public void No_earlier_project_is_kept()
    {
        Read();
        Edit(3, "Number => 1", "Number => 2");
        var earlier = Earlier();
        Edit(3, "Number => 2", "Number => 3");
        Read();
        Edit(3, "Number => 3", "Number => 4");
        Read();
        GC.Collect();

        Assert.False(earlier.IsAlive);
        Assert.Equal(1, _readings);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Earlier()
        {
            Read();
            return new WeakReference(Generators.Caching.Snapshot.Of(_compilation));
        }
    }

    private int ReadingsAfter()
    {
        Read();
        return _readings;
    }

    private PromptDeclaration? Read()
    {
        var symbol = Symbol();
        return ReadingCache.GetOrRead(
            symbol.DeclaringSyntaxReferences[0].GetSyntax(),
            _compilation,
            token =>
            {
                _readings++;
                return PromptReader.Read(symbol, token);
            },
            CancellationToken.None);
    }

    private IMethodSymbol Symbol() => (IMethodSymbol)_compilation.GetTypeByMetadataName("Acme.SupportDesk")!.GetMembers("TriageAsync").Single();

    private void Edit(int source, string old, string replacement)
    {
        // The first tree holds the harness's usings.
        var tree = _compilation.SyntaxTrees[source + 1];
        var text = tree.GetText().ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        _compilation = _compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text.Replace(old, replacement, StringComparison.Ordinal), Encoding.UTF8)));
    }
}
