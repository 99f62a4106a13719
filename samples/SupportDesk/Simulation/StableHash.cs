namespace Acme.Support.Simulation;

/// <summary>The same number for the same text in every run and on every machine, which <see cref="string.GetHashCode()"/> is not.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a over the text, from 0 to <paramref name="below"/> − 1.</summary>
    public static int Of(string text, int below)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return (int)((hash ^ (hash >> 32)) % (ulong)below);
    }
}
