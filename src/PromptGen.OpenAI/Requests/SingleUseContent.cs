using System.ClientModel;

namespace PromptGen.OpenAI.Requests;

/// <summary>
/// The body of one request, which can be sent once. A transport that follows a redirect with status 307 or 308 sends the body a second time, to another
/// host: there it gets none.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="modelId">The model that is asked, for the message.</param>
internal sealed class SingleUseContent(ReadOnlyMemory<byte> body, string modelId) : BinaryContent
{
    private bool _isUsed;

    public override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellationToken = default)
    {
        Use();
        stream.Write(body.Span);
    }

    public override Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        Use();
        return stream.WriteAsync(body, cancellationToken).AsTask();
    }

    public override void Dispose()
    {
    }

    private void Use()
    {
        if (_isUsed)
        {
            throw new ProviderRequestException(
                PromptErrorCode.ProtocolError,
                $"The request to {modelId} was not sent a second time: its transport follows redirects or repeats requests.");
        }

        _isUsed = true;
    }
}
