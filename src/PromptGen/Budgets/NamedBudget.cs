using System.IO.Enumeration;

namespace PromptGen.Budgets;

/// <summary>A budget over many calls, as the program or its configuration declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MaxUsd">The most that may be spent in a period, in USD.</param>
/// <param name="Period">How long that has to last.</param>
/// <param name="Prompts">Comma-separated globs over the names of the prompts that it covers; null = all.</param>
/// <param name="PerScope">Whether each scope has that much.</param>
internal sealed record NamedBudget(string Name, decimal MaxUsd, BudgetPeriod Period, string? Prompts, bool PerScope)
{
    public const decimal MostUsd = 1_000_000_000m;

    /// <summary>Separates the name of a budget from a scope in the keys of the store.</summary>
    public const char ScopeMark = '/';

    private static readonly char[] Reserved = [ScopeMark, ':'];

    private readonly string[] _globs = Prompts?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A name must not be able to look like a name with a scope, nor like a path of configuration.</summary>
    public static string CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.IndexOfAny(Reserved) < 0 ? name : throw new ArgumentException($"The name of a budget holds no '/' and no ':', not '{name}'.", nameof(name));
    }

    public static decimal CheckUsd(decimal maxUsd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxUsd);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxUsd, MostUsd);
        return maxUsd;
    }

    /// <summary>The patterns of <see cref="Prompts"/>.</summary>
    public IReadOnlyList<string> Globs => _globs;

    public static bool Matches(string glob, string prompt) => FileSystemName.MatchesSimpleExpression(glob, prompt);

    public bool Covers(string prompt)
    {
        foreach (var glob in _globs)
        {
            if (Matches(glob, prompt))
            {
                return true;
            }
        }

        return _globs.Length == 0;
    }

    /// <summary>The name of the budget in a key of the store, without the scope.</summary>
    public static string NameIn(string key) => key.IndexOf(ScopeMark, StringComparison.Ordinal) is >= 0 and var end ? key[..end] : key;

    /// <summary>The budget as the store knows it for calls of a scope.</summary>
    public BudgetLimit For(string? scope) => new(PerScope ? $"{Name}{ScopeMark}{scope}" : Name, MaxUsd, Period);
}
