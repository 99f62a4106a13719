namespace Acme.Support.Simulation;

/// <summary>
/// How a simulated model comes to its judgement: it weighs the phrases that it knows in the text in front of it, and is as sure as the
/// winning queue is ahead of the next. It sees nothing but the text.
/// </summary>
internal static class TicketReader
{
    private static readonly Queue[] Queues = Enum.GetValues<Queue>();

    /// <summary>Reads a ticket the way the model would.</summary>
    public static Judgement Read(string ticket, SimulatedModel model)
    {
        var dictation = model.Skills.HasFlag(Skills.PlainInjection) ? null : Injection.Find(ticket);
        var text = LeaveOut(ticket, model.Skills);
        var plain = PlainText.Of(text);
        var scores = Queues.ToDictionary(queue => queue, queue => Score(plain, queue.ToString(), model));
        var urgency = 2 + Score(plain, "Urgency", model);
        if (model.Skills.HasFlag(Skills.Context))
        {
            var context = Context.Of(text);
            scores[Queue.Billing] += context.Money;
            urgency += context.Urgency;
        }

        if (dictation?.Queue is { } dictated)
        {
            scores[dictated] += 2;
        }

        var (queue, confidence) = Decide(scores, model.Doubt);

        // A weak model is swayed by instructions, so that it is torn where the rest of the text says otherwise; an answer forged for it, it copies.
        if (dictation is { Confidence: { } forged })
        {
            (queue, confidence) = (dictation.Queue ?? queue, forged);
        }

        return new Judgement(
            queue,
            dictation?.Urgency ?? Math.Clamp(urgency, 1, 5),
            Summary.Of(text, model.Vocabulary.About(queue.ToString())),
            confidence);
    }

    private static string LeaveOut(string ticket, Skills skills)
    {
        var text = skills.HasFlag(Skills.EveryInjection) ? Injection.RemoveEvery(ticket)
            : skills.HasFlag(Skills.PlainInjection) ? Injection.RemovePlain(ticket)
            : ticket;

        return skills.HasFlag(Skills.Context) ? Context.WithoutQuotes(text) : text;
    }

    private static int Score(string plain, string topic, SimulatedModel model) =>
        model.Vocabulary.About(topic).Sum(phrase => phrase.FindIn(plain).Take(2).Count(at => !Negation.Covers(plain, phrase, at, model)) * phrase.Weight);

    /// <summary>Confidence is the margin between the two best queues, measured against all evidence and the model's own doubt.</summary>
    private static (Queue Queue, double Confidence) Decide(Dictionary<Queue, int> scores, double doubt)
    {
        var ranking = scores.OrderByDescending(score => score.Value).ThenBy(score => score.Key).ToList();
        var (best, second) = (ranking[0], ranking[1]);
        if (best.Value <= 0)
        {
            return (Queue.Other, 0.3);
        }

        var margin = (best.Value - second.Value) / (best.Value + Math.Max(second.Value, 0) + doubt);

        return (best.Key, Math.Round(0.5 + (0.5 * margin), 2));
    }
}
