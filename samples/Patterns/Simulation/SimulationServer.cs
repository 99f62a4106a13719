using System.Collections.Concurrent;
using PromptGen.Testing;

namespace Acme.Patterns.Simulation;

/// <summary>Serves the simulated models over HTTP on this machine, in the protocols of the real providers.</summary>
internal static class SimulationServer
{
    private const string AtOnce = "0";

    /// <summary>Starts the server on a free port of 127.0.0.1.</summary>
    public static Task<ModelServer> StartAsync()
    {
        var asked = new ConcurrentDictionary<string, bool>();

        return ModelServer.StartAsync(request =>
        {
            var text = string.Join('\n', request.Messages.Select(static message => message.Text));
            var task = text.Contains("You rate", StringComparison.Ordinal) ? SimulatedTask.Rate
                : text.Contains("You grade", StringComparison.Ordinal) ? SimulatedTask.Grade
                : text.Contains("You review", StringComparison.Ordinal) ? SimulatedTask.Review
                : SimulatedTask.Answer;
            var key = $"{request.ModelId}\n{task}\n{Between(text, task == SimulatedTask.Review ? "code" : "question")}";

            return Reply(SimulatedModel.For(request.ModelId), task, text, key, isFirst: asked.TryAdd(key, true));
        });
    }

    private static ModelReply Reply(SimulatedModel model, SimulatedTask task, string text, string key, bool isFirst) => model.FailureOf(key) switch
    {
        Failure.Prose when isFirst => ModelReply.Text("That depends on what you want to do."),
        Failure.RateLimited when isFirst => ModelReply.Error(429, retryAfter: AtOnce),
        Failure.ServerError when isFirst => ModelReply.Error(500, retryAfter: AtOnce),
        Failure.Overloaded => ModelReply.Error(503, retryAfter: AtOnce),
        _ => Reply(model, task, text),
    };

    private static ModelReply Reply(SimulatedModel model, SimulatedTask task, string text)
    {
        var question = Between(text, "question");
        var handbook = Handbook.Of(Between(text, "handbook"));
        switch (task)
        {
            // A weak model as a router: it recognizes the law and nothing else that is hard.
            case SimulatedTask.Rate:
                return ModelReply.Json(new { value = question.Contains("lawyer", StringComparison.Ordinal) ? nameof(Difficulty.Hard) : nameof(Difficulty.Easy) });
            case SimulatedTask.Grade:
                return ModelReply.Json(new { value = handbook.Says(Between(text, "answer")) ? 0.95 : 0.2 });
            case SimulatedTask.Review:
                var finding = CodeReview.Of(Between(text, "code"), model);
                return ModelReply.Json(new { reason = finding.Reason, verdict = finding.Verdict.ToString() });
            default:
                var answer = handbook.Answer(question, model);
                return ModelReply.Json(new { text = answer.Text, confidence = answer.Confidence });
        }
    }

    private static string Between(string text, string tag)
    {
        var start = text.IndexOf($"<{tag}>", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf($"</{tag}>", start, StringComparison.Ordinal);

        return end < 0 ? "" : text[(start + tag.Length + 2)..end].Trim();
    }
}

/// <summary>What a request asks a simulated model to do.</summary>
internal enum SimulatedTask
{
    /// <summary>To answer a question.</summary>
    Answer,

    /// <summary>To rate how hard a question is.</summary>
    Rate,

    /// <summary>To grade an answer.</summary>
    Grade,

    /// <summary>To review code.</summary>
    Review,
}
