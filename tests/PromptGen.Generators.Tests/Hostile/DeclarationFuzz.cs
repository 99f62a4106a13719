using System.Collections.Concurrent;
using System.Globalization;
using PromptGen.Generators.Tests.Hostile.Drawn;

namespace PromptGen.Generators.Tests.Hostile;

/// <summary>Draws programs and holds each against the rule: no crash, and no PG error means that it compiles with its generated code, without a warning there.</summary>
internal sealed class DeclarationFuzz
{
    private readonly ConcurrentBag<string> _broken = [];
    private readonly ConcurrentDictionary<string, int> _findings = new(StringComparer.Ordinal);
    private int _programs;
    private int _invalid;
    private int _supported;

    /// <summary>What breaks the rule, with the program.</summary>
    public IReadOnlyCollection<string> Broken => _broken;

    /// <summary>How many programs were drawn.</summary>
    public int Programs => _programs;

    /// <summary>How many of them have no PG error, and compile.</summary>
    public int Supported => _supported;

    /// <summary>How many of them have errors of their own.</summary>
    public int Invalid => _invalid;

    /// <summary>How often each PG error was reported.</summary>
    public IEnumerable<string> Findings => _findings.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:N0}"));

    public async Task TryAsync(int seed)
    {
        var program = DrawnProgram.Of(seed);
        Interlocked.Increment(ref _programs);
        try
        {
            var verdict = await Verdict.OfAsync(program.Compile(), [.. program.Files]);
            foreach (var id in verdict.Findings.Select(static finding => finding.Id).Distinct())
            {
                _findings.AddOrUpdate(id, 1, static (_, count) => count + 1);
            }

            if (verdict.Broken is { } why)
            {
                _broken.Add($"{why}\n{program}");
            }
            else if (verdict.OwnErrors.Length > 0)
            {
                _findings.AddOrUpdate(verdict.OwnErrors[0].Id, 1, static (_, count) => count + 1);
                Interlocked.Increment(ref _invalid);
            }
            else if (verdict.Findings.Length == 0)
            {
                Interlocked.Increment(ref _supported);
            }
        }
        catch (Exception exception)
        {
            _broken.Add($"{exception}\n{program}");
        }
    }
}
