namespace PromptGen.Execution;

/// <summary>
/// How many calls are one inside the other: the substitute of a prompt may be another prompt, which has a substitute in turn. Two that name each other
/// would otherwise call each other until the stack overflows.
/// </summary>
internal static class CallDepth
{
    /// <summary>The most calls inside one another.</summary>
    public const int Most = 16;

    private static readonly AsyncLocal<int> s_current = new();

    /// <summary>The depth of what is called from here.</summary>
    public static int Next => s_current.Value + 1;

    /// <summary>Enters a depth. An asynchronous method that calls this leaves the depth with its end.</summary>
    public static void Enter(int depth) => s_current.Value = depth;
}
