namespace PromptGen.Generators.Model;

/// <summary>How a prompt method hands over its result.</summary>
internal enum ReturnKind
{
    /// <summary>In a way that is not supported.</summary>
    Unsupported,

    /// <summary><c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c>.</summary>
    Value,

    /// <summary><c>Task&lt;PromptResult&lt;T&gt;&gt;</c> or <c>ValueTask&lt;PromptResult&lt;T&gt;&gt;</c>.</summary>
    Result,

    /// <summary><c>IAsyncEnumerable&lt;string&gt;</c>: the text as it comes.</summary>
    TextStream,

    /// <summary><c>IAsyncEnumerable&lt;T&gt;</c>: the elements of a list as they come.</summary>
    ElementStream,

    /// <summary><c>IAsyncEnumerable&lt;PromptSnapshot&lt;T&gt;&gt;</c>: an object while it grows.</summary>
    SnapshotStream,

    /// <summary><c>IChatClient</c>: the route itself, for callers that bring their own messages.</summary>
    ChatClient,
}

/// <summary>What follows from the way a result is handed over.</summary>
internal static class ReturnKindExtensions
{
    /// <summary>Whether the result comes in parts: what came is gone before the whole is known.</summary>
    public static bool IsStream(this ReturnKind kind) => kind is ReturnKind.TextStream or ReturnKind.ElementStream or ReturnKind.SnapshotStream;

    /// <summary>
    /// Whether the answer is handed over before anything could reject it: text has no contract that it could break, and that of an object
    /// is known to hold only at its end.
    /// </summary>
    public static bool IsHandedOverUnjudged(this ReturnKind kind) => kind is ReturnKind.TextStream or ReturnKind.SnapshotStream;
}
