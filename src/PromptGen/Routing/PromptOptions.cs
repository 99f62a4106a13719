namespace PromptGen;

/// <summary>
/// What one call asks for beside the arguments of its prompt. A parameter of this type is no part of the prompt: templates can't name it. It may be anywhere among
/// the parameters, usually as <c>PromptOptions? options = null</c> before the cancellation token.
/// </summary>
public sealed record PromptOptions
{
    /// <summary>The most tags of a call.</summary>
    public const int MaxTags = 16;

    /// <summary>The most characters of a tag's name.</summary>
    public const int MaxTagNameLength = 64;

    /// <summary>The most characters of a tag's value. Longer values are cut.</summary>
    public const int MaxTagValueLength = 256;

    /// <summary>
    /// The model at which the call enters its route, by its id in the catalog; what the clauses of the route say of the entry is then not used, their ceilings hold. A
    /// rejected answer leads to the next stronger step of the route. A model that the call must not ask ends it with <see cref="PromptErrorCode.Configuration"/>: one that
    /// the catalog does not have or that can't do what the prompt needs, one above the ceiling of the call, or a hosted one where only self-hosted models may be asked.
    /// Default: null, the route decides.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>How the call uses the cache of a <see cref="CachedAttribute"/> prompt. Default: <see cref="CacheMode.Both"/>.</summary>
    public CacheMode Cache { get; init; }

    /// <summary>The greatest age of a kept answer that the call takes; null = the time of <see cref="CachedAttribute"/>. Default: null.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>
    /// Tags of the call, which its span has as <c>promptgen.tag.{name}</c>. They leave the process with telemetry, so that they must hold no secrets and no personal data.
    /// At most <see cref="MaxTags"/>; names have 1 to <see cref="MaxTagNameLength"/> characters; values are cut to <see cref="MaxTagValueLength"/>. Default: null, none.
    /// </summary>
    /// <exception cref="ArgumentException">There are too many tags, or a name is empty or too long.</exception>
    public IReadOnlyDictionary<string, string>? Tags
    {
        get;
        init => field = value is null ? null : Bounded(value);
    }

    /// <summary>Gets the id of the call before its first answer: for streams, which give no result, and for calls that fail. Default: null.</summary>
    public CallReference? Call { get; init; }

    private static Dictionary<string, string> Bounded(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > MaxTags)
        {
            throw new ArgumentException($"A call has at most {MaxTags} tags.", nameof(tags));
        }

        var bounded = new Dictionary<string, string>(tags.Count, StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (name.Length is 0 or > MaxTagNameLength)
            {
                throw new ArgumentException($"The name of a tag has 1 to {MaxTagNameLength} characters.", nameof(tags));
            }

            bounded[name] = value.Length > MaxTagValueLength ? value[..MaxTagValueLength] : value;
        }

        return bounded;
    }
}
