using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>A compilation that was emitted and loaded, to be run. Unloads with its last reference.</summary>
internal sealed class LoadedAssembly
{
    private readonly Assembly _assembly;

    private LoadedAssembly(Assembly assembly) => _assembly = assembly;

    public static LoadedAssembly Load(Compilation compilation, params byte[][] libraries)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        foreach (var library in libraries)
        {
            context.LoadFromStream(new MemoryStream(library));
        }

        return new LoadedAssembly(context.LoadFromStream(image));
    }

    /// <summary>A type by its metadata name.</summary>
    public Type Type(string name) => _assembly.GetType(name, throwOnError: true)!;

    /// <summary>Calls a static method.</summary>
    public object? Call(string type, string method, params object?[] arguments) =>
        Type(type).GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(null, arguments);
}
