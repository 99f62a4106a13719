namespace PromptGen.Chat;

/// <summary>For a route that is itself a leaf of another one: what its limits ended is, seen from outside, a model that is unavailable.</summary>
internal sealed class ChatRouteFailureClassifier : IFailureClassifier
{
    public static ChatRouteFailureClassifier Instance { get; } = new();

    public PromptFailure? Classify(Exception exception) => exception is not PromptException { Code: var code } ? null
        : new PromptFailure(code switch
        {
            PromptErrorCode.DeadlineExceeded => PromptErrorCode.AttemptTimeout,
            PromptErrorCode.BudgetExceeded => PromptErrorCode.RouteExhausted,
            _ => code,
        });
}
