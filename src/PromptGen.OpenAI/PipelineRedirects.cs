using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using PromptGen.Providers;

namespace PromptGen.OpenAI;

/// <summary>Lets the transport of an SDK's client follow no redirects.</summary>
internal static class PipelineRedirects
{
    /// <returns>What the transport does afterwards. The SDK's own never follows any.</returns>
    public static RedirectHandling TurnOff(ClientPipeline pipeline)
    {
        try
        {
            return Transport(pipeline) is HttpClientPipelineTransport transport ? HttpRedirects.TurnOff(Client(transport)) : RedirectHandling.Unknown;
        }
        catch (MissingFieldException)
        {
            // Another version of the SDK, which gives no public access to either.
            return RedirectHandling.Unknown;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_transport")]
    private static extern ref readonly PipelineTransport Transport(ClientPipeline pipeline);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_httpClient")]
    private static extern ref readonly HttpClient Client(HttpClientPipelineTransport transport);
}
