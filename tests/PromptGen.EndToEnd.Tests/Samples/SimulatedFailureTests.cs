extern alias sample;

using System.Text.Json;
using sample::Acme.Support;
using sample::Acme.Support.Simulation;
using sample::Acme.Support.Tickets;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>The simulated models fail the ways real ones do, and get over it the ways real ones do.</summary>
public class SimulatedFailureTests
{
    private static readonly IReadOnlyList<Ticket> Tickets = TicketFile.Load();

    private static readonly (string Role, string Text)[] AskedAgain = [("assistant", "{}"), ("user", "/queue: expected one of Billing, Account, Technical, Other")];

    [Fact]
    public void Every_way_to_fail_occurs_among_the_tickets()
    {
        var hosted = Tickets.Where(ticket => !ticket.ContainsPersonalData);
        var inHouse = Tickets.Where(ticket => ticket.ContainsPersonalData);
        var seen = hosted.Select(ticket => Ask(Models.Luna, ticket))
            .Concat(hosted.Select(ticket => Ask(Models.Terra, ticket)))
            .Concat(inHouse.Select(ticket => Ask(Models.Llama, ticket)))
            .Select(reply => reply.Habit);

        Assert.Empty(Enum.GetValues<Habit>().Except(seen));
    }

    [Theory]
    [InlineData(nameof(Habit.RateLimitedOnce), 429)]
    [InlineData(nameof(Habit.ServerErrorOnce), 500)]
    public void A_passing_fault_is_gone_at_the_second_request(string habit, int status)
    {
        var (modelId, ticket) = First(Enum.Parse<Habit>(habit));
        var models = new SimulatedModels();

        Assert.Equal(status, models.Reply(modelId, Question(ticket)).Status);
        Assert.Equal(200, models.Reply(modelId, Question(ticket)).Status);
    }

    [Fact]
    public void An_overloaded_model_stays_overloaded()
    {
        var (modelId, ticket) = First(Habit.Overloaded);
        var models = new SimulatedModels();

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal(503, models.Reply(modelId, Question(ticket)).Status));
    }

    [Theory]
    [InlineData(nameof(Habit.UnknownQueue))]
    [InlineData(nameof(Habit.UrgencyOfTen))]
    [InlineData(nameof(Habit.RawNewline))]
    public void Told_what_was_wrong_most_answers_are_right_and_some_are_not(string habit)
    {
        var broken = Tickets.SelectMany(ticket => new[] { Models.Luna, Models.Haiku, Models.Llama, Models.Terra }.Select(modelId => (modelId, ticket)))
            .Where(asked => Ask(asked.modelId, asked.ticket).Habit == Enum.Parse<Habit>(habit))
            .ToList();
        var corrected = broken.Count(asked => new SimulatedModels().Reply(asked.modelId, [.. Question(asked.ticket), .. AskedAgain]).Habit == Habit.None);

        Assert.True(corrected * 2 > broken.Count, $"{corrected} of {broken.Count} corrected.");
    }

    [Fact]
    public void A_sound_answer_keeps_the_contract()
    {
        var sound = Tickets.Select(ticket => Ask(Models.Opus, ticket)).Where(reply => reply.Habit == Habit.None).ToList();

        Assert.NotEmpty(sound);
        Assert.All(sound, reply =>
        {
            using var answer = JsonDocument.Parse(reply.Text);
            var root = answer.RootElement;
            Assert.True(Enum.TryParse<Queue>(root.GetProperty("queue").GetString(), out _));
            Assert.InRange(root.GetProperty("urgency").GetInt32(), 1, 5);
            Assert.InRange(root.GetProperty("summary").GetString()!.Length, 1, 140);
            Assert.InRange(root.GetProperty("confidence").GetDouble(), 0, 1);
        });
    }

    [Theory]
    [InlineData(nameof(Habit.RawNewline))]
    [InlineData(nameof(Habit.RunsOn))]
    public void What_is_broken_is_no_json(string habit)
    {
        var (modelId, ticket) = First(Enum.Parse<Habit>(habit));
        var text = Ask(modelId, ticket).Text;

        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
    }

    private static (string ModelId, Ticket Ticket) First(Habit habit) =>
        new[] { Models.Luna, Models.Terra, Models.Llama }
            .SelectMany(modelId => Tickets.Select(ticket => (modelId, ticket)))
            .First(asked => Ask(asked.modelId, asked.ticket).Habit == habit);

    private static SimulatedReply Ask(string modelId, Ticket ticket) => new SimulatedModels().Reply(modelId, Question(ticket));

    private static (string Role, string Text)[] Question(Ticket ticket) => [("system", "You triage."), ("user", $"<ticket>\n{ticket.Text}\n</ticket>")];
}
