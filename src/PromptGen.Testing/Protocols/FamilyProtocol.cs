using System.Text;
using System.Text.Json;

namespace PromptGen.Testing.Protocols;

/// <summary>OpenAI's protocol as another family of models speaks it.</summary>
internal sealed class FamilyProtocol(ModelFamily family) : OpenAIProtocol
{
    private static readonly Dictionary<ModelFamily, FamilyProtocol> All = Enum.GetValues<ModelFamily>().ToDictionary(static family => family, static family => new FamilyProtocol(family));

    /// <summary>The members of a request that the family does not know, of those that clients of OpenAI send.</summary>
    private string[] Unknown => family switch
    {
        ModelFamily.Gemini => ["seed", "store", "logit_bias"],
        ModelFamily.Mistral => ["max_completion_tokens", "seed", "stream_options", "store"],
        _ => [],
    };

    /// <summary>The path in front of <c>/chat/completions</c>.</summary>
    public static string PathOf(ModelFamily family) => family switch
    {
        ModelFamily.OpenAI => "/v1",
        ModelFamily.AzureOpenAI => "/azure/openai/v1",
        ModelFamily.Gemini => "/gemini/v1beta/openai",
        ModelFamily.DeepSeek => "/deepseek",
        ModelFamily.Mistral => "/mistral/v1",
        ModelFamily.Xai => "/xai/v1",
        ModelFamily.Ollama => "/ollama/v1",
        _ => "/vllm/v1",
    };

    /// <returns>The protocol of a path; null where no family has it.</returns>
    public static FamilyProtocol? Of(string? path)
    {
        foreach (var (family, protocol) in All)
        {
            if (family != ModelFamily.OpenAI && path == PathOf(family) + "/chat/completions")
            {
                return protocol;
            }
        }

        return null;
    }

    public override ModelReply? Reject(ModelRequest request)
    {
        var unknown = Unknown.FirstOrDefault(name => Property(request.Body, name) is not null);
        if (unknown is not null)
        {
            return ModelReply.Error(family == ModelFamily.Mistral ? 422 : 400, message: $"Invalid JSON payload received. Unknown name \"{unknown}\": Cannot find field.");
        }

        return family == ModelFamily.DeepSeek && ReadSchema(request.Body) is not null
            ? ModelReply.Error(400, message: "This response_format type is unavailable now")
            : null;
    }

    protected override bool ReportsUsageUnasked => family == ModelFamily.Mistral;

    public override byte[] WriteError(ModelReply reply)
    {
        var message = reply.ErrorMessage ?? $"The request ended with status {reply.Status}.";
        return family switch
        {
            ModelFamily.Gemini => Encoding.UTF8.GetBytes($"[{JsonText(json =>
            {
                json.WriteStartObject("error");
                json.WriteNumber("code", reply.Status);
                json.WriteString("message", message);
                json.WriteString("status", reply.ErrorType ?? (reply.Status == 429 ? "RESOURCE_EXHAUSTED" : "INVALID_ARGUMENT"));
                if (reply.RetryAfter is { } wait)
                {
                    json.WriteStartArray("details");
                    json.WriteStartObject();
                    json.WriteString("@type", "type.googleapis.com/google.rpc.RetryInfo");
                    json.WriteString("retryDelay", wait + "s");
                    json.WriteEndObject();
                    json.WriteEndArray();
                }

                json.WriteEndObject();
            })}]"),
            ModelFamily.Xai => Json(json =>
            {
                json.WriteString("code", reply.ErrorCode ?? "Client specified an invalid argument");
                json.WriteString("error", message);
            }),
            ModelFamily.Mistral when reply.Status == 422 => Json(json =>
            {
                json.WriteString("object", "error");
                json.WriteStartObject("message");
                json.WriteStartArray("detail");
                json.WriteStartObject();
                json.WriteString("type", "extra_forbidden");
                json.WriteString("msg", message);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteString("type", "invalid_request_error");
                json.WriteNull("code");
            }),
            ModelFamily.Mistral => Json(json =>
            {
                json.WriteString("message", message);
                json.WriteString("request_id", "1");
            }),
            ModelFamily.Vllm => Json(json =>
            {
                json.WriteString("object", "error");
                json.WriteString("message", message);
                json.WriteString("type", reply.ErrorType ?? "BadRequestError");
                json.WriteNull("param");
                json.WriteNumber("code", reply.Status);
            }),
            _ => base.WriteError(reply),
        };
    }

    protected override void WriteUsage(Utf8JsonWriter json, ModelRequest request, ModelReply reply)
    {
        var (input, output) = (InputTokens(request, reply), OutputTokens(reply));
        switch (family)
        {
            case ModelFamily.DeepSeek:
                json.WriteStartObject("usage");
                json.WriteNumber("prompt_tokens", input);
                json.WriteNumber("completion_tokens", output);
                json.WriteNumber("total_tokens", input + output);
                json.WriteNumber("prompt_cache_hit_tokens", reply.CachedTokens);
                json.WriteNumber("prompt_cache_miss_tokens", input - reply.CachedTokens);
                json.WriteEndObject();
                break;
            case ModelFamily.Gemini or ModelFamily.Xai:
                json.WriteStartObject("usage");
                json.WriteNumber("prompt_tokens", input);
                json.WriteNumber("completion_tokens", output - reply.ReasoningTokens);
                json.WriteNumber("total_tokens", input + output);
                if (family == ModelFamily.Xai)
                {
                    json.WriteStartObject("prompt_tokens_details");
                    json.WriteNumber("cached_tokens", reply.CachedTokens);
                    json.WriteEndObject();
                    json.WriteStartObject("completion_tokens_details");
                    json.WriteNumber("reasoning_tokens", reply.ReasoningTokens);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
                break;
            default:
                base.WriteUsage(json, request, reply);
                break;
        }
    }
}
