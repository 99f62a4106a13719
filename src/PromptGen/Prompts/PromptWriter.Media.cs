using Microsoft.Extensions.AI;

namespace PromptGen.Prompts;

// Media: images, audio and files between the texts of a message.
public sealed partial class PromptWriter
{
    /// <summary>Adds media by URL: https, http on this machine, or data.</summary>
    /// <param name="url">The URL; null or empty adds nothing.</param>
    /// <param name="contentType">What it is, for example <c>image/png</c>; null = derived from the URL, otherwise an image.</param>
    /// <exception cref="PromptException">The URL is of another kind or can't be read (<see cref="PromptErrorCode.Configuration"/>).</exception>
    public void Media(string? url, string? contentType = null)
    {
        if (!string.IsNullOrEmpty(url))
        {
            Add(PromptMedia.FromUrl(url, contentType));
        }
    }

    /// <inheritdoc cref="Media(string?, string?)" />
    public void Media(Uri? url, string? contentType = null) => Media(url?.OriginalString, contentType);

    /// <summary>Adds media by its bytes.</summary>
    /// <param name="bytes">The bytes; none add nothing.</param>
    /// <param name="contentType">What they are, for example <c>image/png</c>.</param>
    /// <exception cref="PromptException">The content type is none (<see cref="PromptErrorCode.Configuration"/>).</exception>
    public void Media(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        if (!bytes.IsEmpty)
        {
            Add(PromptMedia.FromBytes(bytes, contentType));
        }
    }

    /// <inheritdoc cref="Media(ReadOnlyMemory{byte}, string?)" />
    public void Media(ReadOnlyMemory<byte>? bytes, string? contentType) => Media(bytes ?? default, contentType);

    /// <inheritdoc cref="Media(ReadOnlyMemory{byte}, string?)" />
    public void Media(byte[]? bytes, string? contentType) => Media(bytes.AsMemory(), contentType);

    /// <summary>Adds media as it is.</summary>
    /// <param name="content">The media; null adds nothing.</param>
    public void Media(DataContent? content)
    {
        if (content is not null)
        {
            Add(content);
        }
    }

    /// <summary>Adds media by URL: https, or http on this machine.</summary>
    /// <param name="content">The media; null adds nothing.</param>
    /// <exception cref="PromptException">The URL is of another kind (<see cref="PromptErrorCode.Configuration"/>).</exception>
    public void Media(UriContent? content)
    {
        if (content is not null)
        {
            PromptMedia.Check(content.Uri);
            Add(content);
        }
    }

    private void Add(AIContent content)
    {
        EndText();
        (_contents ??= []).Add(content);
        _size.AddMedia();
    }
}
