using System.Text.Json.Serialization;

namespace PromptGen;

/// <summary>Why an attempt or a call has no answer. Telemetry reports the same names in snake_case as <c>error.type</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromptErrorCode>))]
public enum PromptErrorCode
{
    /// <summary>No error: the answer was accepted.</summary>
    None,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The call's <see cref="DeadlineAttribute"/> ran out.</summary>
    DeadlineExceeded,

    /// <summary>The model's attempt time-out ran out.</summary>
    AttemptTimeout,

    /// <summary>No first token came in time.</summary>
    FirstTokenTimeout,

    /// <summary>A stream sent nothing for too long.</summary>
    StreamIdleTimeout,

    /// <summary>HTTP 429: too many requests or tokens for now.</summary>
    RateLimited,

    /// <summary>The account's quota or spend limit is used up; waiting does not help.</summary>
    QuotaExhausted,

    /// <summary>HTTP 503 or 529: the provider is overloaded.</summary>
    Overloaded,

    /// <summary>Another HTTP 5xx, 408 or 409.</summary>
    ServerError,

    /// <summary>The connection could not be made or was lost.</summary>
    Transport,

    /// <summary>The provider's response does not follow its protocol.</summary>
    ProtocolError,

    /// <summary>HTTP 401 or 403.</summary>
    Auth,

    /// <summary>HTTP 404: the provider does not know the model.</summary>
    NotFound,

    /// <summary>Another HTTP 4xx: the provider rejected the request.</summary>
    BadRequest,

    /// <summary>The prompt does not fit into the model's context window.</summary>
    ContextLength,

    /// <summary>The provider's content filter stopped the prompt or the answer.</summary>
    ContentFiltered,

    /// <summary>The model refused to answer.</summary>
    Refused,

    /// <summary>The answer stopped at the output limit or was cut off.</summary>
    Truncated,

    /// <summary>The answer holds no text.</summary>
    EmptyOutput,

    /// <summary>The answer is not JSON.</summary>
    InvalidJson,

    /// <summary>The answer is JSON that breaks the contract.</summary>
    SchemaMismatch,

    /// <summary>The answer is valid but an acceptance check rejected it.</summary>
    NotAccepted,

    /// <summary>The answer is larger than the limit.</summary>
    OutputTooLarge,

    /// <summary>The model's circuit breaker is open.</summary>
    CircuitOpen,

    /// <summary>The next attempt could exceed the call's <see cref="BudgetAttribute"/> or a budget over many calls, or the store of such a budget gives no answer.</summary>
    BudgetExceeded,

    /// <summary>An ensemble did not agree.</summary>
    NoQuorum,

    /// <summary>Every step of the route was tried and none gave an accepted answer.</summary>
    RouteExhausted,

    /// <summary>The program is set up wrongly: a provider is not registered, an argument cannot be sent, a check of the output type threw.</summary>
    Configuration,

    /// <summary>
    /// An earlier run of the pipeline sent the request and did not learn its outcome, and <see cref="PipelineOptions.Unknown"/> does not let it be sent again.
    /// </summary>
    OutcomeUnknown,
}
