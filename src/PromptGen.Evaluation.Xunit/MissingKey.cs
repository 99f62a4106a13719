namespace PromptGen.Evaluation;

/// <summary>A provider cannot be reached, since it has no key: the test is skipped.</summary>
internal static class MissingKey
{
    /// <summary>A message that begins with this skips a test of xunit v3 that runs.</summary>
    private const string SkipToken = "$XunitDynamicSkip$";

    /// <summary>Whether a registration reports that: the packages of PromptGen throw it where there is neither a key nor a client, or where the key is empty.</summary>
    public static bool Is(Exception exception) => exception is PromptException { Code: PromptErrorCode.Configuration } or ArgumentException { ParamName: "apiKey" };

    public static Exception Skip(Exception exception) =>
        new MissingKeyException($"{SkipToken}No model is asked: {(exception is ArgumentException ? "a provider has no key." : exception.Message)}", exception);

    private sealed class MissingKeyException(string message, Exception inner) : Exception(message, inner);
}
