using System.ClientModel.Primitives;

namespace PromptGen.OpenAI;

/// <summary>
/// Turns off retries and time-outs of the SDK, whatever the options of the client: both belong to the prompt's route, which could not count requests otherwise, nor keep its own
/// time-outs. A client that is made here has it in place of the SDK's retry policy, every other one in each request.
/// </summary>
internal sealed class SingleAttemptPolicy : PipelinePolicy
{
    public static readonly SingleAttemptPolicy Instance = new();

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Prepare(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Prepare(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private static void Prepare(PipelineMessage message)
    {
        message.NetworkTimeout = Timeout.InfiniteTimeSpan;
        message.ResponseClassifier = Classifier.Instance;
    }

    private sealed class Classifier : PipelineMessageClassifier
    {
        public static readonly Classifier Instance = new();

        public override bool TryClassify(PipelineMessage message, out bool isError)
        {
            isError = message.Response is not { Status: >= 200 and < 300 };
            return true;
        }

        public override bool TryClassify(PipelineMessage message, Exception? exception, out bool isRetriable)
        {
            isRetriable = false;
            return true;
        }
    }
}
