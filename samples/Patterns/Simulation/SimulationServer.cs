using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PromptGen.Testing;

namespace Acme.Patterns.Simulation;

/// <summary>Serves the simulated models over HTTP on this machine, in the protocols of the real providers.</summary>
internal static partial class SimulationServer
{
    private const string AtOnce = "0";

    /// <summary>Starts the server on a free port of 127.0.0.1.</summary>
    public static Task<ModelServer> StartAsync()
    {
        var asked = new ConcurrentDictionary<string, bool>();

        return ModelServer.StartAsync(request =>
        {
            var read = SimulatedRequest.Of(request);

            return Reply(read, SimulatedModel.For(request.ModelId), isFirst: asked.TryAdd(read.Key, true));
        });
    }

    private static ModelReply Reply(SimulatedRequest request, SimulatedModel model, bool isFirst) => model.FailureOf(request.Key) switch
    {
        Failure.Prose when isFirst => ModelReply.Text("That depends on what you want to do."),
        Failure.RateLimited when isFirst => ModelReply.Error(429, retryAfter: AtOnce),
        Failure.ServerError when isFirst => ModelReply.Error(500, retryAfter: AtOnce),
        Failure.Overloaded => ModelReply.Error(503, retryAfter: AtOnce),
        _ => ModelReply.Json(PipelineAnswers.Of(request, model) ?? Answer(request, model)),
    };

    private static object Answer(SimulatedRequest request, SimulatedModel model)
    {
        switch (request.Task)
        {
            // A weak model as a router: it recognizes the law and nothing else that is hard.
            case SimulatedTask.Rate:
                return new { value = request.Between("question").Contains("lawyer", StringComparison.Ordinal) ? nameof(Difficulty.Hard) : nameof(Difficulty.Easy) };
            case SimulatedTask.Grade:
                return new { value = Handbook.Of(request.Between("handbook")).Says(request.Between("answer")) ? 0.95 : 0.2 };
            case SimulatedTask.Review:
                var finding = CodeReview.Of(request.Between("code"), model);
                return new { reason = finding.Reason, verdict = finding.Verdict.ToString() };
            case SimulatedTask.Compare:
                var own = CodeReview.Of(request.Between("code"), model).Verdict;
                return new { value = Candidate().Matches(request.Text).ToList().FindIndex(candidate => candidate.Groups[1].Value == own.ToString()) };
            case SimulatedTask.Moderate:
                var moderation = CommentReader.Of(request.Between("comment"), hasPolicy: request.Between("policy").Length > 0);
                return new { ruling = moderation.Ruling.ToString(), confidence = moderation.Confidence };
            case SimulatedTask.Announce:
                var announcement = Announcer.Of(request.Between("facts"), request.Between("draft"), request.Between("rejected"), model);
                return new { title = announcement.Title, text = announcement.Text };
            case SimulatedTask.Extract:
                var facts = ClaimReader.Read(request.Between("claim"), model);
                return new { bought = facts.Bought, reported = facts.Reported, hasReceipt = facts.HasReceipt, wasDropped = facts.WasDropped };
            case SimulatedTask.Settle:
                var decision = ClaimReader.Settle(request.Between("claim"), model);
                return new { reason = decision.Reason, settlement = decision.Settlement.ToString() };
            case SimulatedTask.Program:
                return new { text = Programmer.Of(request.Between("task"), request.Text, model).Text };
            default:
                var answer = Handbook.Of(request.Between("handbook")).Answer(request.Between("question"), model);
                return new { text = answer.Text, confidence = answer.Confidence };
        }
    }

    [GeneratedRegex(@"<review index=""\d+"">\s*(\w+):")]
    private static partial Regex Candidate();
}
