using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.AI.Evaluation;
using PromptGen.Evaluation;
using PromptGen.Hosting;

namespace PromptGen.Cli.Assemblies;

/// <summary>A built assembly: the manifest and the catalog that it was compiled with.</summary>
internal sealed class PromptAssembly
{
    private const string ManifestType = "PromptGen.Generated.Manifest";

    private readonly Assembly _assembly;

    private PromptAssembly(Assembly assembly) => _assembly = assembly;

    /// <summary>The name of the assembly.</summary>
    public string Name => _assembly.GetName().Name ?? "";

    /// <summary>The types of the assembly, as far as its references can be found.</summary>
    public IEnumerable<Type> Types
    {
        get
        {
            try
            {
                return _assembly.GetTypes();
            }
            catch (ReflectionTypeLoadException exception)
            {
                return exception.Types.OfType<Type>();
            }
        }
    }

    /// <summary>The catalogs of other assemblies that it uses.</summary>
    public IEnumerable<Type> UsedCatalogs => _assembly.GetCustomAttributes<UseCatalogAttribute>().Select(static used => used.Catalog);

    /// <summary>Loads an assembly. Its static fields are initialised; none of its methods is called.</summary>
    /// <exception cref="ToolException">It cannot be loaded.</exception>
    public static PromptAssembly Load(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new ToolException($"{file.FullName} does not exist. Build the project first.");
        }

        try
        {
            return new PromptAssembly(new Context(file.FullName).LoadFromAssemblyPath(file.FullName));
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException)
        {
            throw new ToolException($"{file.FullName} is no .NET assembly that this tool can load: {exception.Message}", inner: exception);
        }
    }

    /// <summary>The static methods of a name as <c>TYPE.METHOD</c>, whose type may have its namespace or not.</summary>
    public IReadOnlyList<MethodInfo> StaticMethods(string name)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var end = name.LastIndexOf('.');
        var type = end < 0 ? null : Types.FirstOrDefault(type => type.FullName == name[..end] || type.Name == name[..end]);
        return [.. (type?.GetMethods(Static) ?? []).Where(method => method.Name == name[(end + 1)..])];
    }

    /// <summary>The prompts of the assembly, by name.</summary>
    /// <exception cref="ToolException">It has none.</exception>
    public IReadOnlyList<PromptEntry> Prompts()
    {
        try
        {
            var manifest = _assembly.GetType(ManifestType)?.GetField("Instance")?.GetValue(null) as PromptManifest
                ?? throw new ToolException($"{Name} has no prompts: no class with a [RoutedPrompt] method that can be registered was compiled into it.");
            var methods = PromptEntry.MethodsOf(this);
            return [.. manifest.Prompts.OrderBy(static prompt => prompt.Name, StringComparer.Ordinal).Select(prompt => new PromptEntry(prompt, methods.GetValueOrDefault(prompt.Name)))];
        }
        catch (Exception exception) when (exception is TypeInitializationException or MissingMemberException or TypeLoadException or FileNotFoundException or TargetInvocationException)
        {
            throw new ToolException(
                $"The prompts of {Name} cannot be read by PromptGen {typeof(PromptManifest).Assembly.GetName().Version?.ToString(3)}: {exception.GetBaseException().Message} Use the tool of the version that the assembly was built with.",
                inner: exception);
        }
    }

    /// <summary>
    /// Types of PromptGen and of what it shares with programs are those of the tool, so that a manifest can be read; everything else comes from the folder of the assembly.
    /// </summary>
    private sealed class Context(string path) : AssemblyLoadContext(isCollectible: false)
    {
        private static readonly HashSet<string> s_shared = Shared();

        private readonly AssemblyDependencyResolver? _resolver = Resolver(path);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name is not { } name)
            {
                return null;
            }

            if (s_shared.Contains(name))
            {
                return Default.LoadFromAssemblyName(new AssemblyName(name));
            }

            var file = _resolver?.ResolveAssemblyToPath(assemblyName) ?? Path.Combine(Path.GetDirectoryName(path)!, name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }

        private static HashSet<string> Shared()
        {
            var core = typeof(PromptManifest).Assembly;
            return
            [
                core.GetName().Name!, typeof(QualityMetric).Assembly.GetName().Name!, typeof(IEvaluator).Assembly.GetName().Name!,
                .. core.GetReferencedAssemblies().Select(static name => name.Name!),
            ];
        }

        private static AssemblyDependencyResolver? Resolver(string path)
        {
            try
            {
                return new AssemblyDependencyResolver(path);
            }
            catch (InvalidOperationException)
            {
                // Without a .deps.json the folder is all that is known.
                return null;
            }
        }
    }
}
