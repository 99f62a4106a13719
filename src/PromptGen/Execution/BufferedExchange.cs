using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>Sends a request and waits for the whole answer.</summary>
internal static class BufferedExchange
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<Reception> SendAsync(IChatClient client, ModelRequest request, CancellationToken cancellationToken)
    {
        var answer = client.GetResponseAsync(request.Messages, request.Options, cancellationToken);
        ChatResponse? response = null;
        if (answer is not null)
        {
            try
            {
                // A client that ignores its token must not hold up the call. The same as OrAbandonAsync, inline: that saves an asynchronous method under each request.
                response = await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                answer.Abandon();
                throw;
            }
        }

        var code = AnswerClassifier.Classify(response, out var text);
        return text.Length > AnswerCap.Of(request.Options).Bytes
            ? new Reception(PromptErrorCode.OutputTooLarge, "", response)
            : new Reception(code, text, response);
    }
}
