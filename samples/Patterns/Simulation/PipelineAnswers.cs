namespace Acme.Patterns.Simulation;

/// <summary>What simulated models answer to the prompts of the pipelines.</summary>
internal static class PipelineAnswers
{
    /// <summary>The answer as an object; null = the request is none of a pipeline.</summary>
    public static object? Of(SimulatedRequest request, SimulatedModel model)
    {
        switch (request.Task)
        {
            case SimulatedTask.Triage:
                var rating = DiffReader.Rate(request.Between("diff"));
                return new { reason = rating.Reason, risk = rating.Risk.ToString() };
            case SimulatedTask.Skim or SimulatedTask.Inspect:
                var review = DiffReader.Review(request.Between("diff"), model);
                return new { note = review.Note, blocks = review.Blocks };
            case SimulatedTask.Plan:
                return new { queries = Researcher.Plan(request.Between("question")).Queries };
            case SimulatedTask.Collect:
                return new { statements = Researcher.Collect(request.Between("source")).Statements };
            case SimulatedTask.Synthesise:
                return new { text = Researcher.Synthesise(request.Between("claims")).Text };
            case SimulatedTask.Read:
                var facts = DocumentReader.Read(request.Between("document"));
                return new { party = facts.Party, amount = facts.Amount, renewsItself = facts.RenewsItself, hasUnlimitedLiability = facts.HasUnlimitedLiability };
            case SimulatedTask.Classify:
                var classification = DocumentReader.Classify(request.Between("facts"));
                return new { kind = classification.Kind.ToString(), isFlagged = classification.IsFlagged };
            case SimulatedTask.Analyse:
                return new { advice = DocumentReader.Analyse(request.Between("document")).Advice };
            case SimulatedTask.Summarise:
                return new { text = DocumentReader.Summarise(request.Between("findings")).Text };
            default:
                return null;
        }
    }
}
