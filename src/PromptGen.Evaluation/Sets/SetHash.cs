using System.Security.Cryptography;
using System.Text;

namespace PromptGen.Evaluation;

/// <summary>Short hashes of data.</summary>
internal static class SetHash
{
    /// <summary>The first eight bytes of SHA-256 over the texts, each behind its length; in hexadecimal digits.</summary>
    public static string Of(IReadOnlyList<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 8)).ToLowerInvariant();
    }
}
