using PromptGen.Providers;

namespace PromptGen.Tests.Providers;

public class HttpFailureTests
{
    [Theory]
    [InlineData(400, null, null, PromptErrorCode.BadRequest)]
    [InlineData(401, null, null, PromptErrorCode.Auth)]
    [InlineData(402, null, null, PromptErrorCode.QuotaExhausted)]
    [InlineData(403, null, "permission_error", PromptErrorCode.Auth)]
    [InlineData(404, "model_not_found", "invalid_request_error", PromptErrorCode.NotFound)]
    [InlineData(408, null, null, PromptErrorCode.ServerError)]
    [InlineData(409, null, null, PromptErrorCode.ServerError)]
    [InlineData(413, null, "request_too_large", PromptErrorCode.ContextLength)]
    [InlineData(422, null, null, PromptErrorCode.BadRequest)]
    [InlineData(429, null, "rate_limit_error", PromptErrorCode.RateLimited)]
    [InlineData(429, "insufficient_quota", "insufficient_quota", PromptErrorCode.QuotaExhausted)]
    [InlineData(429, null, "insufficient_quota", PromptErrorCode.QuotaExhausted)]
    [InlineData(500, null, "server_error", PromptErrorCode.ServerError)]
    [InlineData(502, null, null, PromptErrorCode.ServerError)]
    [InlineData(503, null, null, PromptErrorCode.Overloaded)]
    [InlineData(529, null, "overloaded_error", PromptErrorCode.Overloaded)]
    [InlineData(400, "context_length_exceeded", "invalid_request_error", PromptErrorCode.ContextLength)]
    [InlineData(400, "content_filter", null, PromptErrorCode.ContentFiltered)]
    [InlineData(400, "content_policy_violation", null, PromptErrorCode.ContentFiltered)]
    [InlineData(400, "something_new", "something_new", PromptErrorCode.BadRequest)]
    [InlineData(302, null, null, PromptErrorCode.ProtocolError)]
    [InlineData(200, null, null, PromptErrorCode.ProtocolError)]
    [InlineData(200, null, "overloaded_error", PromptErrorCode.Overloaded)]
    [InlineData(200, null, "rate_limit_error", PromptErrorCode.RateLimited)]
    [InlineData(0, null, "api_error", PromptErrorCode.ServerError)]
    [InlineData(399, null, null, PromptErrorCode.ProtocolError)]
    [InlineData(403, null, null, PromptErrorCode.Auth)]
    [InlineData(404, null, null, PromptErrorCode.NotFound)]
    [InlineData(410, null, null, PromptErrorCode.NotFound)]
    [InlineData(413, null, null, PromptErrorCode.ContextLength)]
    [InlineData(429, null, null, PromptErrorCode.RateLimited)]
    [InlineData(499, null, null, PromptErrorCode.BadRequest)]
    [InlineData(500, null, null, PromptErrorCode.ServerError)]
    [InlineData(529, null, null, PromptErrorCode.Overloaded)]
    [InlineData(599, null, null, PromptErrorCode.ServerError)]
    [InlineData(600, null, null, PromptErrorCode.ProtocolError)]
    [InlineData(200, null, "authentication_error", PromptErrorCode.Auth)]
    [InlineData(200, null, "not_found_error", PromptErrorCode.NotFound)]
    [InlineData(200, null, "timeout_error", PromptErrorCode.ServerError)]
    [InlineData(200, null, "invalid_request_error", PromptErrorCode.BadRequest)]
    [InlineData(400, "invalid_api_key", null, PromptErrorCode.Auth)]
    [InlineData(400, "rate_limit_exceeded", null, PromptErrorCode.RateLimited)]
    [InlineData(400, "DeploymentNotFound", null, PromptErrorCode.NotFound)]
    [InlineData(int.MaxValue, null, null, PromptErrorCode.ProtocolError)]
    [InlineData(-1, null, null, PromptErrorCode.ProtocolError)]
    public void The_error_that_says_more_wins_over_the_status(int status, string? code, string? type, PromptErrorCode expected) =>
        Assert.Equal(expected, HttpFailure.Classify(status, code, type));

    // What the providers' documentations call their errors; the status says something else on purpose.
    [Theory]
    [InlineData(PromptErrorCode.QuotaExhausted, "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "billing_error", "credit_balance_too_low", "spend_limit_exceeded", "quota_exceeded")]
    [InlineData(PromptErrorCode.ContextLength, "context_length_exceeded", "model_context_window_exceeded", "request_too_large", "string_above_max_length")]
    [InlineData(PromptErrorCode.ContentFiltered, "content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation", "moderation_blocked", "content_filtered")]
    [InlineData(PromptErrorCode.NotFound, "model_not_found", "DeploymentNotFound")]
    [InlineData(PromptErrorCode.Auth, "invalid_api_key", "account_deactivated")]
    [InlineData(PromptErrorCode.RateLimited, "rate_limit_exceeded")]
    [InlineData(PromptErrorCode.Overloaded, "engine_overloaded", "overloaded_error")]
    public void A_documented_name_is_known_as_code_and_as_type(PromptErrorCode expected, params string[] names)
    {
        foreach (var name in names)
        {
            Assert.Equal((name, expected), (name, HttpFailure.Classify(418, name)));
            Assert.Equal((name, expected), (name, HttpFailure.Classify(418, "new", name)));
        }
    }

    [Theory]
    [InlineData(PromptErrorCode.Auth, "authentication_error", "permission_error")]
    [InlineData(PromptErrorCode.NotFound, "not_found_error")]
    [InlineData(PromptErrorCode.RateLimited, "rate_limit_error", "tokens", "requests")]
    [InlineData(PromptErrorCode.ServerError, "api_error", "server_error", "internal_error", "timeout_error")]
    [InlineData(PromptErrorCode.BadRequest, "invalid_request_error")]
    public void A_documented_type_counts_where_the_status_says_nothing(PromptErrorCode expected, params string[] types)
    {
        foreach (var type in types)
        {
            Assert.Equal((type, expected), (type, HttpFailure.Classify(200, null, type)));
            Assert.Equal((type, PromptErrorCode.Overloaded), (type, HttpFailure.Classify(503, null, type)));
        }
    }

    [Theory]
    [InlineData("prompt is too long: 210000 tokens > 200000 maximum", PromptErrorCode.ContextLength)]
    [InlineData("This model's maximum context length is 4096 tokens.", PromptErrorCode.ContextLength)]
    [InlineData("the input exceeds the model's Context Window", PromptErrorCode.ContextLength)]
    [InlineData("the request exceeds the available context size", PromptErrorCode.ContextLength)]
    [InlineData("Output blocked by content filtering policy", PromptErrorCode.ContentFiltered)]
    [InlineData("You have reached your specified API usage limits.", PromptErrorCode.QuotaExhausted)]
    [InlineData("Your credit balance is too low to access the API", PromptErrorCode.QuotaExhausted)]
    [InlineData("temperature: out of range", PromptErrorCode.BadRequest)]
    public void Errors_without_a_code_of_their_own_are_reported_by_their_words(string message, PromptErrorCode expected) =>
        Assert.Equal(expected, HttpFailure.Classify(400, null, "invalid_request_error", message));

    [Theory]
    [InlineData(413, PromptErrorCode.ContextLength)]
    [InlineData(422, PromptErrorCode.ContextLength)]
    [InlineData(429, PromptErrorCode.RateLimited)]
    [InlineData(500, PromptErrorCode.ServerError)]
    public void Words_count_only_where_the_request_itself_was_rejected(int status, PromptErrorCode expected) =>
        Assert.Equal(expected, HttpFailure.Classify(status, message: "prompt is too long"));
}
