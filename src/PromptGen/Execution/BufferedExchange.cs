using Microsoft.Extensions.AI;

namespace PromptGen.Execution;

/// <summary>Sends a request and waits for the whole answer.</summary>
internal static class BufferedExchange
{
    public static async ValueTask<Reception> SendAsync(IChatClient client, ModelRequest request, CancellationToken cancellationToken)
    {
        var answer = client.GetResponseAsync(request.Messages, request.Options, cancellationToken);
        var response = answer is null ? null
            : answer.IsCompleted ? await answer.ConfigureAwait(false)
            : await OrAbandonAsync(answer, cancellationToken).ConfigureAwait(false);
        return new Reception(AnswerClassifier.Classify(response, out var text), text, response);
    }

    /// <summary>A client that ignores its token must not hold up the call; what becomes of its answer no longer matters.</summary>
    private static async Task<ChatResponse> OrAbandonAsync(Task<ChatResponse> answer, CancellationToken attemptToken)
    {
        try
        {
            return await answer.WaitAsync(attemptToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!answer.IsCompleted)
        {
            _ = answer.ContinueWith(
                static abandoned => _ = abandoned.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }
}
