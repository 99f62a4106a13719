using PromptGen.Testing;

namespace Acme.Support.Simulation;

/// <summary>Serves the simulated models over HTTP on this machine, in the protocols of the real providers.</summary>
internal static class SimulationServer
{
    private const string OneSecond = "1";

    /// <summary>Starts the server on a free port of 127.0.0.1.</summary>
    public static Task<ModelServer> StartAsync()
    {
        var models = new SimulatedModels();

        return ModelServer.StartAsync(request => Answer(request, models));
    }

    private static ModelReply Answer(ModelRequest request, SimulatedModels models)
    {
        var reply = models.Reply(request.ModelId, request.Messages.Select(message => (message.Role, message.Text)));

        return Write(reply) with { Delay = SimulatedModel.For(request.ModelId).Latency };
    }

    private static ModelReply Write(SimulatedReply reply) => reply.Habit switch
    {
        Habit.RateLimitedOnce => ModelReply.Error(reply.Status, retryAfter: OneSecond),
        Habit.ServerErrorOnce or Habit.Overloaded => ModelReply.Error(reply.Status),
        Habit.Refusal => ModelReply.Refusal(reply.Text),
        Habit.RunsOn => ModelReply.Length(reply.Text),
        _ => ModelReply.Text(reply.Text),
    };
}
