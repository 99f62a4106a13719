namespace PromptGen.Telemetry;

/// <summary>How telemetry spells what the code names: lower case, words parted by underscores.</summary>
internal static class TelemetryWords
{
    /// <summary>The outcome of a call or attempt whose answer was accepted.</summary>
    public const string Accepted = "accepted";

    /// <summary>The outcome of a call that ended with the prompt's fallback method.</summary>
    public const string HandedOver = "handed_over";

    /// <summary>The outcome of an item of a pipeline that has a value.</summary>
    public const string Completed = "completed";

    /// <summary>The outcome of what ended with an exception that is none of this library.</summary>
    public const string Other = "_OTHER";

    /// <summary>The value of <c>promptgen.outcome</c>.</summary>
    public static string Outcome(PromptErrorCode code) => code == PromptErrorCode.None ? Accepted : ErrorType(code);

    /// <summary>The value of <c>error.type</c>.</summary>
    public static string ErrorType(PromptErrorCode code) => code switch
    {
        PromptErrorCode.None => "none",
        PromptErrorCode.Cancelled => "cancelled",
        PromptErrorCode.DeadlineExceeded => "deadline_exceeded",
        PromptErrorCode.AttemptTimeout => "attempt_timeout",
        PromptErrorCode.FirstTokenTimeout => "first_token_timeout",
        PromptErrorCode.StreamIdleTimeout => "stream_idle_timeout",
        PromptErrorCode.RateLimited => "rate_limited",
        PromptErrorCode.QuotaExhausted => "quota_exhausted",
        PromptErrorCode.Overloaded => "overloaded",
        PromptErrorCode.ServerError => "server_error",
        PromptErrorCode.Transport => "transport",
        PromptErrorCode.ProtocolError => "protocol_error",
        PromptErrorCode.Auth => "auth",
        PromptErrorCode.NotFound => "not_found",
        PromptErrorCode.BadRequest => "bad_request",
        PromptErrorCode.ContextLength => "context_length",
        PromptErrorCode.ContentFiltered => "content_filtered",
        PromptErrorCode.Refused => "refused",
        PromptErrorCode.Truncated => "truncated",
        PromptErrorCode.EmptyOutput => "empty_output",
        PromptErrorCode.InvalidJson => "invalid_json",
        PromptErrorCode.SchemaMismatch => "schema_mismatch",
        PromptErrorCode.NotAccepted => "not_accepted",
        PromptErrorCode.OutputTooLarge => "output_too_large",
        PromptErrorCode.CircuitOpen => "circuit_open",
        PromptErrorCode.BudgetExceeded => "budget_exceeded",
        PromptErrorCode.NoQuorum => "no_quorum",
        PromptErrorCode.RouteExhausted => "route_exhausted",
        PromptErrorCode.Configuration => "configuration",
        PromptErrorCode.OutcomeUnknown => "outcome_unknown",
        _ => Other,
    };

    /// <summary>The value of <c>promptgen.validation</c>; null where the answer was not read.</summary>
    public static string? Validation(PromptErrorCode code) => code switch
    {
        PromptErrorCode.None => "ok",
        PromptErrorCode.InvalidJson => "invalid_json",
        PromptErrorCode.SchemaMismatch => "schema",
        PromptErrorCode.NotAccepted => "semantic",
        _ => null,
    };

    /// <summary>The value of <c>promptgen.attempt.reason</c>.</summary>
    public static string Reason(PromptAttemptReason reason) => reason switch
    {
        PromptAttemptReason.Initial => "initial",
        PromptAttemptReason.Retry => "retry",
        PromptAttemptReason.Repair => "repair",
        PromptAttemptReason.Fallback => "fallback",
        PromptAttemptReason.Escalation => "escalation",
        PromptAttemptReason.Route => "route",
        PromptAttemptReason.Judge => "judge",
        PromptAttemptReason.Vote => "vote",
        PromptAttemptReason.Hedge => "hedge",
        PromptAttemptReason.Resume => "resume",
        _ => "_OTHER",
    };

    /// <summary>The value of <c>promptgen.tier</c>.</summary>
    public static string Tier(Tier tier) => tier switch
    {
        PromptGen.Tier.Fast => "fast",
        PromptGen.Tier.General => "general",
        PromptGen.Tier.Deep => "deep",
        PromptGen.Tier.SelfHosted => "self_hosted",
        _ => "_OTHER",
    };
}
