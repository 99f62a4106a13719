using PromptGen.Execution;

namespace PromptGen.Tests.Execution;

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
    [InlineData(int.MaxValue, null, null, PromptErrorCode.ProtocolError)]
    [InlineData(-1, null, null, PromptErrorCode.ProtocolError)]
    public void The_error_that_says_more_wins_over_the_status(int status, string? code, string? type, PromptErrorCode expected) =>
        Assert.Equal(expected, HttpFailure.Classify(status, code, type));

    [Theory]
    [InlineData("prompt is too long: 210000 tokens > 200000 maximum", PromptErrorCode.ContextLength)]
    [InlineData("This model's maximum context length is 4096 tokens.", PromptErrorCode.ContextLength)]
    [InlineData("Your credit balance is too low to access the API", PromptErrorCode.QuotaExhausted)]
    [InlineData("temperature: out of range", PromptErrorCode.BadRequest)]
    public void Errors_without_a_code_of_their_own_are_told_by_their_words(string message, PromptErrorCode expected) =>
        Assert.Equal(expected, HttpFailure.Classify(400, null, "invalid_request_error", message));
}
