namespace PromptGen.Routing;

/// <summary>The worst-case cost of a prompt together with those that it calls.</summary>
internal static class PromptWorstCase
{
    /// <summary>How often a prompt calls another one that decides for the whole call: a router once, the judge of an ensemble once in each order.</summary>
    public static int Calls(PromptDefinition prompt, PromptDefinition called) => called == prompt.Selector?.Invoke() ? 2 : 1;

    /// <returns>USD; null where a price or an output limit is not known, or prompts call each other in a circle.</returns>
    public static decimal? Usd(PromptDefinition prompt) => Usd(prompt, []);

    /// <summary>What judges cost for a number of answers: each one is asked once for every answer.</summary>
    public static decimal? OfJudges(PromptDefinition prompt, int answers) => OfJudges(prompt, answers, []);

    /// <summary>How many of the models of a step answer at most: two where a hedge asks one beside another. Of an ensemble one answer is checked.</summary>
    public static int Paid(PromptDefinition prompt, int models, int samples) => Math.Min(models, prompt.HedgeAfter is null || samples > 0 ? 1 : 2);

    /// <summary>The answers that are judged at most where a number of models answer and are repaired.</summary>
    public static int Answers(PromptDefinition prompt, int models) => models * (1 + prompt.Repairs);

    private static decimal? Usd(PromptDefinition prompt, HashSet<PromptDefinition> callers)
    {
        if (!callers.Add(prompt))
        {
            return null;
        }

        var usd = prompt.WorstCaseUsd + OfJudges(prompt, Answers(prompt, MostAnswering(prompt)), callers);
        foreach (var router in (prompt.Children?.Invoke() ?? []).Except(prompt.Judges?.Invoke() ?? []))
        {
            usd += Usd(router, callers) * Calls(prompt, router);
        }

        callers.Remove(prompt);
        return usd;
    }

    private static decimal? OfJudges(PromptDefinition prompt, int answers, HashSet<PromptDefinition> callers)
    {
        decimal? usd = 0m;
        foreach (var judge in prompt.Judges?.Invoke() ?? [])
        {
            usd += Usd(judge, callers) * answers;
        }

        return usd;
    }

    private static int MostAnswering(PromptDefinition prompt)
    {
        var most = 0;
        foreach (var entry in prompt.Route.Take(1).Concat(prompt.Entries).Concat(prompt.Choices))
        {
            var models = 0;
            for (var step = entry; step is not null; step = step.Next)
            {
                models += Paid(prompt, step.Count, step.Samples);
            }

            most = Math.Max(most, models);
        }

        return most;
    }
}
