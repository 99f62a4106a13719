using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>A compilation that was emitted and loaded, to be run. Unloads with its last reference.</summary>
internal sealed class LoadedAssembly
{
    private readonly Assembly _assembly;

    private LoadedAssembly(byte[] image, params byte[][] libraries)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        foreach (var library in libraries)
        {
            context.LoadFromStream(new MemoryStream(library));
        }

        _assembly = context.LoadFromStream(new MemoryStream(image));
    }

    public static LoadedAssembly Load(Compilation compilation, params byte[][] libraries) => new(Emit(compilation), libraries);

    /// <summary>Loads what was compiled; from <see cref="KeptImages"/> where the same inputs were compiled before and images are kept.</summary>
    public static LoadedAssembly Load(IEnumerable<string> inputs, Func<Compilation> compile) => new(KeptImages.Get(inputs, () => Emit(compile())));

    /// <summary>A type by its metadata name.</summary>
    public Type Type(string name) => _assembly.GetType(name, throwOnError: true)!;

    /// <summary>What the assembly says of itself under a key.</summary>
    public string Metadata(string key) => _assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>Calls a static method.</summary>
    public object? Call(string type, string method, params object?[] arguments) =>
        Type(type).GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(null, arguments);

    private static byte[] Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return image.ToArray();
    }
}
