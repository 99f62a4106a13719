using System.Collections.Concurrent;

namespace PromptGen.Generators.Tests.Hostile;

/// <summary>
/// No PG error means that the program compiles with its generated code. Whatever is declared, neither generator nor analyzers fail, and no error of the
/// compiler is in a generated file.
/// </summary>
public sealed class HostileDeclarationTests
{
    private const int Combinations = 300;
    private const int Drawn = 200;

    private static readonly Dictionary<string, HostileDeclaration> Declarations = HostileDeclarations.All.ToDictionary(static declaration => declaration.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Declarations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Compiles_or_has_one_diagnostic(string name)
    {
        var declaration = Declarations[name];
        var verdict = await Verdict.OfAsync(declaration.Compile());

        Assert.True(verdict.Broken is null, verdict.Broken);
        if (declaration.Diagnostic != "*")
        {
            Assert.Equal(declaration.Diagnostic is { } id ? [id] : [], verdict.Findings.Select(static finding => finding.Id));
        }

        if (!declaration.IsBroken && declaration.Diagnostic != "*")
        {
            Assert.Empty(verdict.Errors);
        }
    }

    [Fact]
    public async Task Drawn_programs_compile_or_have_a_diagnostic()
    {
        var fuzz = new DeclarationFuzz();
        await Parallel.ForEachAsync(Enumerable.Range(1, Drawn), async (seed, _) => await fuzz.TryAsync(seed));

        Assert.True(fuzz.Broken.Count == 0, string.Join("\n\n", fuzz.Broken));
        Assert.InRange(fuzz.Supported, Drawn / 6, Drawn);
        Assert.InRange(fuzz.Invalid, 0, Drawn / 6);
    }

    [Fact]
    public async Task Combinations_at_random_compile_or_have_a_diagnostic()
    {
        var (supported, broken) = (0, new ConcurrentBag<string>());
        await Parallel.ForEachAsync(Enumerable.Range(1, Combinations), async (seed, _) =>
        {
            var declaration = HostileProgram.Of(seed);
            var verdict = await Verdict.OfAsync(declaration.Compile());
            if (verdict.Broken is { } why)
            {
                broken.Add($"{declaration}: {why}\n{declaration.Sources[0]}");
            }
            else if (verdict.Errors.Length == 0)
            {
                Interlocked.Increment(ref supported);
            }
        });

        Assert.True(broken.IsEmpty, string.Join("\n\n", broken));
        Assert.InRange(supported, Combinations / 5, Combinations);
    }
}
