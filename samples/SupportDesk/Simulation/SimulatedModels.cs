using System.Collections.Concurrent;

namespace Acme.Support.Simulation;

/// <summary>
/// Answers in place of the catalog's models. Nothing here is random and nothing is looked up: judgement and failure follow from the text
/// of the request alone, so that the same ticket always takes the same way.
/// </summary>
internal sealed class SimulatedModels
{
    private const int StubbornOneIn = 4;
    private const int AbusiveWords = 2;

    private readonly ConcurrentDictionary<(string ModelId, string Ticket), int> _timesAsked = new();

    /// <summary>The reply of a model to the messages of a request.</summary>
    public SimulatedReply Reply(string modelId, IEnumerable<(string Role, string Text)> messages)
    {
        var conversation = Conversation.Of(messages);
        var model = SimulatedModel.For(modelId);
        var isFirst = _timesAsked.AddOrUpdate((modelId, conversation.Ticket), 1, (_, times) => times + 1) == 1;
        var habit = HabitOf(modelId, model, conversation, isFirst);

        return habit switch
        {
            Habit.RateLimitedOnce => new SimulatedReply(habit, "", 429),
            Habit.ServerErrorOnce => new SimulatedReply(habit, "", 500),
            Habit.Overloaded => new SimulatedReply(habit, "", 503),
            Habit.Refusal => new SimulatedReply(habit, "I'm sorry, but I can't help with abusive messages."),
            _ => new SimulatedReply(habit, Answer.Write(TicketReader.Read(conversation.Ticket, model), habit)),
        };
    }

    private static Habit HabitOf(string modelId, SimulatedModel model, Conversation conversation, bool isFirst)
    {
        if (model.RefusesAbuse && IsAbusive(conversation.Ticket, model.Vocabulary))
        {
            return Habit.Refusal;
        }

        var habit = Roll(model, StableHash.Of($"{modelId}\n{conversation.Ticket}", 100));

        return habit switch
        {
            Habit.RateLimitedOnce or Habit.ServerErrorOnce when !isFirst => Habit.None,
            Habit.UnknownQueue or Habit.UrgencyOfTen or Habit.RawNewline when conversation.IsAskedAgain && !IsStubborn(modelId, conversation) => Habit.None,
            _ => habit,
        };
    }

    private static Habit Roll(SimulatedModel model, int roll)
    {
        foreach (var (habit, percent) in model.Habits)
        {
            roll -= percent;
            if (roll < 0)
            {
                return habit;
            }
        }

        return Habit.None;
    }

    /// <summary>Told what was wrong, most models do it right; now and then one insists.</summary>
    private static bool IsStubborn(string modelId, Conversation conversation) => StableHash.Of($"{modelId}\n\n{conversation.Ticket}", StubbornOneIn) == 0;

    private static bool IsAbusive(string ticket, Vocabulary vocabulary)
    {
        var plain = PlainText.Of(ticket);

        return vocabulary.About("Abuse").Sum(phrase => phrase.FindIn(plain).Count()) >= AbusiveWords;
    }
}
