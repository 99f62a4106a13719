namespace PromptGen;

/// <summary>
/// What a model's client does where its provider answers with an HTTP redirect. Followed, a 307 or 308 sends the prompt to another host. A client
/// answers <c>GetService(typeof(RedirectHandling))</c> with its own, or <c>GetService(typeof(HttpClient))</c> with what it sends through. The runtime logs a
/// warning for every other client than one that follows none.
/// </summary>
public enum RedirectHandling
{
    /// <summary>It is not known.</summary>
    Unknown,

    /// <summary>The client follows redirects.</summary>
    Followed,

    /// <summary>The client follows no redirect, or does not use HTTP.</summary>
    NotFollowed,
}
