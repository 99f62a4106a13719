namespace PromptGen;

/// <summary>How a call of a <see cref="CachedAttribute"/> prompt uses the cache.</summary>
public enum CacheMode
{
    /// <summary>A kept answer is used, and a new one is kept.</summary>
    Both,

    /// <summary>A kept answer is used; a new one is not kept.</summary>
    Read,

    /// <summary>The models are asked, and their answer replaces the kept one.</summary>
    Write,

    /// <summary>The cache is not used.</summary>
    Off,
}
