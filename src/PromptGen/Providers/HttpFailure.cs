namespace PromptGen.Providers;

/// <summary>What an HTTP answer of a model provider that is not a success means.</summary>
public static class HttpFailure
{
    /// <summary>Classifies an answer by the name of its error where that says more than the status, and by the status otherwise.</summary>
    /// <param name="status">The HTTP status; 0 or a success status where the error came inside an answer or a stream.</param>
    /// <param name="errorCode">The provider's error code, for example OpenAI's <c>error.code</c>.</param>
    /// <param name="errorType">The provider's error type, for example Anthropic's and OpenAI's <c>error.type</c>.</param>
    /// <param name="message">
    /// The provider's message. Only searched for the phrases of errors that have no code of their own; never kept.
    /// </param>
    /// <returns>The code; <see cref="PromptErrorCode.ProtocolError"/> if neither is known.</returns>
    public static PromptErrorCode Classify(int status, string? errorCode = null, string? errorType = null, string? message = null) =>
        ByName(errorCode) ?? ByName(errorType) ?? ByMessage(status, message) ?? ByStatus(status) ?? ByType(errorType) ?? PromptErrorCode.ProtocolError;

    /// <summary>The names that say more than a status does, whichever provider writes them.</summary>
    private static PromptErrorCode? ByName(string? name) => name switch
    {
        "insufficient_quota" or "billing_hard_limit_reached" or "billing_not_active" or "billing_error" or "credit_balance_too_low"
            or "spend_limit_exceeded" or "quota_exceeded" => PromptErrorCode.QuotaExhausted,
        "context_length_exceeded" or "model_context_window_exceeded" or "request_too_large" or "string_above_max_length"
            => PromptErrorCode.ContextLength,
        "content_filter" or "content_policy_violation" or "ResponsibleAIPolicyViolation" or "moderation_blocked" or "content_filtered"
            => PromptErrorCode.ContentFiltered,
        "model_not_found" or "DeploymentNotFound" => PromptErrorCode.NotFound,
        "invalid_api_key" or "account_deactivated" => PromptErrorCode.Auth,
        "rate_limit_exceeded" => PromptErrorCode.RateLimited,
        "engine_overloaded" or "overloaded_error" => PromptErrorCode.Overloaded,
        _ => null,
    };

    /// <summary>Anthropic, vLLM and llama.cpp say these only in words, with a plain 400.</summary>
    private static PromptErrorCode? ByMessage(int status, string? message)
    {
        if (status is not (400 or 413 or 422) || message is null)
        {
            return null;
        }

        if (Says("prompt is too long") || Says("maximum context length") || Says("context window") || Says("exceeds the available context size"))
        {
            return PromptErrorCode.ContextLength;
        }

        // Google and xAI answer with 400 to a key that they do not know.
        if (Says("API key not valid") || Says("Incorrect API key"))
        {
            return PromptErrorCode.Auth;
        }

        if (Says("content filtering policy"))
        {
            return PromptErrorCode.ContentFiltered;
        }

        return Says("credit balance is too low") || Says("specified API usage limits") ? PromptErrorCode.QuotaExhausted : null;

        bool Says(string phrase) => message.Contains(phrase, StringComparison.OrdinalIgnoreCase);
    }

    private static PromptErrorCode? ByStatus(int status) => status switch
    {
        401 or 403 => PromptErrorCode.Auth,
        402 => PromptErrorCode.QuotaExhausted,
        404 or 410 => PromptErrorCode.NotFound,
        408 or 409 => PromptErrorCode.ServerError,
        413 => PromptErrorCode.ContextLength,
        429 => PromptErrorCode.RateLimited,
        503 or 529 => PromptErrorCode.Overloaded,
        >= 400 and < 500 => PromptErrorCode.BadRequest,
        >= 500 and < 600 => PromptErrorCode.ServerError,
        _ => null,
    };

    /// <summary>Types that stand for a status: what is left when an error comes inside a stream that began with 200.</summary>
    private static PromptErrorCode? ByType(string? type) => type switch
    {
        "authentication_error" or "permission_error" => PromptErrorCode.Auth,
        "not_found_error" => PromptErrorCode.NotFound,
        "rate_limit_error" or "tokens" or "requests" => PromptErrorCode.RateLimited,
        "api_error" or "server_error" or "internal_error" or "timeout_error" => PromptErrorCode.ServerError,
        "invalid_request_error" => PromptErrorCode.BadRequest,
        _ => null,
    };
}
