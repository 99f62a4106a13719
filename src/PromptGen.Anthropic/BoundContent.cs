using System.Net;

namespace PromptGen.Anthropic;

/// <summary>
/// The body of a request, which is sent to one address only. An <see cref="HttpClient"/> that follows a redirect with status 307 or 308 sends the same
/// body to another host: there it gets none.
/// </summary>
internal sealed class BoundContent : HttpContent
{
    private readonly HttpRequestMessage _request;
    private readonly HttpContent _body;
    private Uri? _address;

    public BoundContent(HttpRequestMessage request, HttpContent body)
    {
        (_request, _body) = (request, body);
        foreach (var header in body.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    /// <summary>Whether the request went to another address than its body.</summary>
    public bool WasRedirected => _address is not null && _request.RequestUri != _address;

    public static ProviderRequestException Redirected() =>
        new(PromptErrorCode.ProtocolError, "The provider redirected the request to another address.");

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _address ??= _request.RequestUri;
        return WasRedirected ? throw Redirected() : _body.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? 0;
        return _body.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
