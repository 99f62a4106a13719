using System;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary><c>[RouteLearned]</c>.</summary>
/// <param name="File">The path as written.</param>
/// <param name="AtLeast">The least score for the first step; NaN = the file's threshold.</param>
/// <param name="In">The parameter that is read; null = all texts.</param>
/// <param name="MaxAgeDays">The greatest age of the file; 0 = any.</param>
/// <param name="Content">What the file holds; null where it is not among the project's files.</param>
internal sealed record LearnedDeclaration(string File, double AtLeast, string? In, int MaxAgeDays, RouterContent? Content = null)
{
    /// <summary>The file without its folders.</summary>
    public string FileName => File.Substring(File.LastIndexOfAny(['/', '\\']) + 1);
}

/// <summary>What the file of a learned router holds.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Text">What decides, as the runtime reads it, lines parted by <c>\n</c>; empty where there are problems.</param>
/// <param name="Facts">What else it states.</param>
/// <param name="Tasks">The names of the tasks that it was trained with.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record RouterContent(string Path, string Text, RouterFacts Facts, EquatableArray<string> Tasks, EquatableArray<FileProblem> Problems);

/// <summary>What the file of a learned router states for people and for the build.</summary>
internal sealed record RouterFacts
{
    /// <summary>The score from which the first step is good enough.</summary>
    public double Threshold { get; init; }

    /// <summary>The model whose embeddings the router reads; null = it reads words.</summary>
    public string? Embedding { get; init; }

    /// <summary>The prompt whose calls were labelled; null = not stated, or several prompts.</summary>
    public string? Prompt { get; init; }

    /// <summary>The prompt's version; null = not stated.</summary>
    public string? Version { get; init; }

    /// <summary>The model of the first step; null = not stated.</summary>
    public string? Weak { get; init; }

    /// <summary>The model of the second step; null = not stated.</summary>
    public string? Strong { get; init; }

    /// <summary>When the examples were labelled.</summary>
    public DateTime Date { get; init; }

    /// <summary>How many examples were labelled.</summary>
    public int Labels { get; init; }

    /// <summary>The share of right answers on the held-out half, and the share of calls that went to the strong model; null = not stated.</summary>
    public HeldOut? HeldOut { get; init; }
}

/// <summary>What a router was worth on examples that its threshold was not chosen on.</summary>
/// <param name="Weak">The share of right answers of the weak model alone.</param>
/// <param name="Strong">That of the strong model alone.</param>
/// <param name="Router">That of the router.</param>
/// <param name="StrongCalls">The share of its calls that went to the strong model.</param>
internal sealed record HeldOut(double Weak, double Strong, double Router, double StrongCalls);
