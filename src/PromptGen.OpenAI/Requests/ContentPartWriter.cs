using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PromptGen.OpenAI.Requests;

/// <summary>Writes one part of a message that is more than text.</summary>
internal static class ContentPartWriter
{
    public static void Write(Utf8JsonWriter json, AIContent content)
    {
        json.WriteStartObject();
        switch (content)
        {
            case TextContent text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case UriContent uri when uri.HasTopLevelMediaType("image"):
                WriteImage(json, Web(uri.Uri), content);
                break;
            case DataContent image when image.HasTopLevelMediaType("image"):
                WriteImage(json, image.Uri, content);
                break;
            case DataContent audio when audio.HasTopLevelMediaType("audio"):
                WriteAudio(json, audio);
                break;
            case DataContent { MediaType: "application/pdf" } file:
                json.WriteString("type", "file");
                json.WriteStartObject("file");
                json.WriteString("filename", file.Name ?? "document.pdf");
                json.WriteString("file_data", file.Uri);
                json.WriteEndObject();
                break;
            case HostedFileContent file:
                json.WriteString("type", "file");
                json.WriteStartObject("file");
                json.WriteString("file_id", file.FileId);
                json.WriteEndObject();
                break;
            default:
                throw new ProviderRequestException(PromptErrorCode.Configuration, $"Content of type {Kind(content)} can't be sent to an OpenAI model.");
        }

        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, string url, AIContent content)
    {
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", url);
        if (content.AdditionalProperties?.TryGetValue("detail", out string? detail) is true)
        {
            json.WriteString("detail", detail);
        }

        json.WriteEndObject();
    }

    private static void WriteAudio(Utf8JsonWriter json, DataContent audio)
    {
        json.WriteString("type", "input_audio");
        json.WriteStartObject("input_audio");
        json.WriteString("data", audio.Base64Data.Span);
        json.WriteString("format", audio.MediaType switch
        {
            "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => "wav",
            "audio/mpeg" or "audio/mp3" => "mp3",
            _ => throw new ProviderRequestException(PromptErrorCode.Configuration, $"Audio of type {audio.MediaType} can't be sent to an OpenAI model: wav and mp3 can."),
        });
        json.WriteEndObject();
    }

    // The provider fetches the address: a file or a data address that came in from outside must not go along.
    private static string Web(Uri uri) => uri is { IsAbsoluteUri: true, Scheme: "https" or "http" }
        ? uri.AbsoluteUri
        : throw new ProviderRequestException(PromptErrorCode.Configuration, "An image is sent by its https or http address, or as DataContent.");

    private static string Kind(AIContent content) => content switch
    {
        DataContent data => $"{nameof(DataContent)} ({data.MediaType})",
        UriContent uri => $"{nameof(UriContent)} ({uri.MediaType})",
        _ => content.GetType().Name,
    };
}
