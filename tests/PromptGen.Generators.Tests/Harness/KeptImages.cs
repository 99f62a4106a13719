#if MUTATION
using System.Security.Cryptography;
using System.Text;
using PromptGen.Generators.Emission;
#endif

namespace PromptGen.Generators.Tests.Harness;

/// <summary>
/// Compiled contracts, which the configuration Mutation keeps beside the test program: a mutant of the runtime costs its tests then, not the generator and the
/// compiler, whose work no such mutant changes. In every other configuration nothing is kept.
/// </summary>
internal static class KeptImages
{
#if MUTATION
    private static readonly string s_folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "contracts")).FullName;

    /// <summary>The image of these inputs and this generator; compiled where there is none.</summary>
    public static byte[] Get(IEnumerable<string> inputs, Func<byte[]> compile)
    {
        var key = string.Join('\0', inputs.Prepend(typeof(ContractEmitter).Module.ModuleVersionId.ToString()));
        var path = Path.Combine(s_folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + ".dll");
        if (!File.Exists(path))
        {
            // Another process may write the same image.
            var written = path + Guid.NewGuid().ToString("N");
            File.WriteAllBytes(written, compile());
            File.Move(written, path, overwrite: true);
        }

        return File.ReadAllBytes(path);
    }
#else
    /// <summary>The image that is compiled from these inputs.</summary>
    public static byte[] Get(IEnumerable<string> inputs, Func<byte[]> compile) => compile();
#endif
}
