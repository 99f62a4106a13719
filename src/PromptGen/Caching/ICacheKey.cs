using System.ComponentModel;

namespace PromptGen.Caching;

/// <summary>The arguments of one call, of which its answer can be kept. Implemented by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICacheKey
{
    /// <summary>Writes all arguments, each with its name.</summary>
    /// <param name="key">Receives them.</param>
    void WriteKey(CacheKeyWriter key);
}
