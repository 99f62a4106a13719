using System.Text.Json.Serialization;

namespace PromptGen;

/// <summary>Why an attempt was made.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromptAttemptReason>))]
public enum PromptAttemptReason
{
    /// <summary>The first attempt of the call.</summary>
    Initial,

    /// <summary>The same model again after a transient fault.</summary>
    Retry,

    /// <summary>The same model again, with the violations of its answer.</summary>
    Repair,

    /// <summary>Another model, because the one before was unavailable.</summary>
    Fallback,

    /// <summary>The next step of the route, because the answer before was rejected.</summary>
    Escalation,

    /// <summary>The first attempt of a prompt that decides where this call enters its route.</summary>
    Route,

    /// <summary>The first attempt of a prompt that judges an answer of this call.</summary>
    Judge,

    /// <summary>The first attempt of a member of an ensemble.</summary>
    Vote,

    /// <summary>The first attempt of a model that is asked because the one before had not answered in time, which is still being asked.</summary>
    Hedge,

    /// <summary>The first attempt of another model that continues a stream which broke off after its first item (<see cref="RoutedPromptAttribute.Resume"/>).</summary>
    Resume,
}
