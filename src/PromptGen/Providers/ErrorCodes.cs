namespace PromptGen.Providers;

/// <summary>Codes that clients put into the <c>ErrorContent</c> of an answer. For packages that connect a provider.</summary>
public static class ErrorCodes
{
    /// <summary>The model declines to answer; what it says about that is the content's message.</summary>
    public const string Refusal = "Refusal";
}
