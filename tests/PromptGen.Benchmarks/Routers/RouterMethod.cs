using PromptGen.Evaluation;

namespace PromptGen.Benchmarks.Routers;

/// <summary>A way to choose between two models.</summary>
/// <param name="Name">As printed; without a comma.</param>
/// <param name="Train">From the examples and the numbers of those that are labelled: how likely the weak model is good enough for an example, by its number.</param>
internal sealed record RouterMethod(string Name, Func<IReadOnlyList<RouterExample>, int[], Func<int, double>> Train)
{
    /// <summary>What a decision takes that is not measured with it.</summary>
    public double MicrosecondsBefore { get; init; }

    /// <summary>The methods that need no labels.</summary>
    /// <param name="isStrongBest">Whether the strong model is right at least as often as the weak one.</param>
    public static IEnumerable<RouterMethod> Heuristics(bool isStrongBest)
    {
        yield return new RouterMethod("random", static (_, trained) => Random(trained.Length));

        // All its scores are equal: what is left is the line between the two models.
        yield return new RouterMethod($"best single model ({(isStrongBest ? "strong" : "weak")})", (_, _) => _ => isStrongBest ? 0 : 1);
        yield return new RouterMethod("length", static (examples, _) => i => -examples[i].Input.Length);
        yield return new RouterMethod("keywords", static (examples, _) => i => -KeywordHeuristic.Complexity(examples[i].Input));
        yield return new RouterMethod("length and structure", static (examples, _) => i => -StructureHeuristic.Complexity(examples[i].Input));
    }

    /// <summary>The routers of PromptGen.Evaluation.</summary>
    /// <param name="hasTasks">Whether an example has a task.</param>
    public static IEnumerable<RouterMethod> Trained(bool hasTasks)
    {
        yield return new RouterMethod("text alone", static (examples, trained) => Learned(examples, trained, withTasks: false));
        if (hasTasks)
        {
            yield return new RouterMethod("text with task prior", static (examples, trained) => Learned(examples, trained, withTasks: true));
        }
    }

    /// <summary>The same routers over embeddings in place of words.</summary>
    /// <param name="embeddings">The embeddings.</param>
    /// <param name="hasTasks">Whether an example has a task.</param>
    public static IEnumerable<RouterMethod> Embedded(KeptEmbeddings embeddings, bool hasTasks)
    {
        yield return new RouterMethod("embeddings alone", (examples, trained) => Learned(examples, trained, withTasks: false, embeddings)) { MicrosecondsBefore = embeddings.Microseconds };
        if (hasTasks)
        {
            yield return new RouterMethod("embeddings with task prior", (examples, trained) => Learned(examples, trained, withTasks: true, embeddings)) { MicrosecondsBefore = embeddings.Microseconds };
        }
    }

    private static Func<int, double> Learned(IReadOnlyList<RouterExample> examples, int[] trained, bool withTasks, KeptEmbeddings? embeddings = null)
    {
        var labelled = trained.Select(i => withTasks ? examples[i] : examples[i] with { Task = null }).ToArray();
        var training = new RouterTraining { Date = new DateOnly(2026, 11, 30) };
        if (embeddings is null)
        {
            var words = RouterTrainer.Train(labelled, training).Router;
            return i => words.Score(withTasks ? examples[i].Task : null, examples[i].Input);
        }

        // Nothing waits: the embeddings are there.
        var router = RouterTrainer.TrainAsync(labelled, training, embeddings).GetAwaiter().GetResult().Router;
        return i => router.ScoreAsync(withTasks ? examples[i].Task : null, embeddings, [examples[i].Input]).AsTask().GetAwaiter().GetResult();
    }

    private static Func<int, double> Random(int seed)
    {
        var random = new Shuffler((ulong)seed + 17);
        return _ => random.NextDouble();
    }
}
