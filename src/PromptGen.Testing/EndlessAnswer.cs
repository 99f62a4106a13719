using System.Text;
using System.Text.Json;
using PromptGen.Testing.Protocols;

namespace PromptGen.Testing;

/// <summary>Sends the beginning of an answer and then its text over and over, in large blocks, until the client is gone.</summary>
internal static class EndlessAnswer
{
    private const int BlockLength = 64 * 1024;

    /// <summary>A plain answer, which stays within the JSON string of its text.</summary>
    public static Task SendAsync(Stream target, ModelReply reply, ReadOnlyMemory<byte> body, CancellationToken ended)
    {
        var text = JsonEncodedText.Encode(reply.Content).EncodedUtf8Bytes.ToArray();
        return RepeatAsync(target, body[..(body.Span.IndexOf(text) + text.Length)], text, ended);
    }

    /// <summary>A streamed answer: the event with the first piece of the text is repeated.</summary>
    public static Task SendAsync(Stream target, IReadOnlyList<StreamEvent> events, CancellationToken ended)
    {
        var start = string.Concat(events.TakeWhile(static next => !next.IsContent).Select(static next => next.Text));
        return RepeatAsync(target, Encoding.UTF8.GetBytes(start), Encoding.UTF8.GetBytes(events.First(static next => next.IsContent).Text), ended);
    }

    private static async Task RepeatAsync(Stream target, ReadOnlyMemory<byte> start, byte[] part, CancellationToken ended)
    {
        await target.WriteAsync(start, ended).ConfigureAwait(false);
        var parts = Math.Max(1, BlockLength / part.Length);
        var block = new byte[parts * part.Length];
        for (var i = 0; i < parts; i++)
        {
            part.CopyTo(block, i * part.Length);
        }

        while (true)
        {
            ended.ThrowIfCancellationRequested();
            await target.WriteAsync(block, ended).ConfigureAwait(false);
        }
    }
}
