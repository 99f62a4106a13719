using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Contracts;
using PromptGen.Generators.Declarations.Types;
using PromptGen.Generators.Emission;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>The contract of a type that exists only as source text: read, emitted, compiled and run.</summary>
internal sealed class TestContract
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        IncludeFields = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    private readonly object _instance;
    private readonly MethodInfo _read;
    private readonly LoadedAssembly _assembly;

    private TestContract(ContractModel model, string source, LoadedAssembly assembly)
    {
        Model = model;
        Source = source;
        _assembly = assembly;
        var type = assembly.Type(model.ContractTypeName["global::".Length..]);
        _instance = type.GetField("Instance")!.GetValue(null)!;
        _read = type.GetMethod(nameof(PromptContract<>.Read), [typeof(string), typeof(Tolerance)])!;
    }

    public ContractModel Model { get; }

    public string Source { get; }

    public LoadedAssembly Assembly => _assembly;

    public Type ValueType => _read.ReturnType.GetGenericArguments()[0];

    /// <summary>The model of a return type, whatever problems it has.</summary>
    public static ContractModel ModelOf(string type, string declarations = "") => ModelOf(Compilation([type], declarations), 0);

    /// <summary>The model where the compiler treats documentation comments in this way.</summary>
    public static ContractModel ModelOf(string type, string declarations, DocumentationMode mode)
    {
        var compilation = Compilation([type], declarations);
        var trees = compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), ((CSharpParseOptions)tree.Options).WithDocumentationMode(mode)));
        return ModelOf(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees), 0);
    }

    /// <summary>The contract of a return type; generated code must compile without a warning, its blanket pragma taken out.</summary>
    public static TestContract Of(string type, string declarations = "") => Of([type], declarations)[type];

    public static Dictionary<string, TestContract> Of(IReadOnlyList<string> types, string declarations) => Of(types, "", declarations);

    /// <summary>The contract of a type that another assembly declares.</summary>
    public static TestContract Of(string type, CSharpCompilation library)
    {
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        return Of([type], Compilation([type], "").AddReferences(MetadataReference.CreateFromImage(image.ToArray())), image.ToArray())[type];
    }

    public static Dictionary<string, TestContract> Of(IReadOnlyList<string> types, string usings, string declarations) =>
        Of(types, Compilation(types, declarations, usings));

    private static Dictionary<string, TestContract> Of(IReadOnlyList<string> types, CSharpCompilation compilation, params byte[][] libraries)
    {
        Assert.Empty(compilation.Complaints());
        var models = types.Select((_, index) => ModelOf(compilation, index)).ToList();
        var sources = models.ConvertAll(model =>
        {
            Assert.Empty(model.Problems.Select(static problem => string.Join(": ", problem.Arguments)));
            return ContractEmitter.Emit(model);
        });
        foreach (var (model, source) in models.Zip(sources))
        {
            compilation = compilation.With(model.HintName, source.Replace("#pragma warning disable\n", "", StringComparison.Ordinal));
        }

        Assert.True(compilation.Complaints() is [], string.Join('\n', compilation.Complaints().Take(10)));
        var assembly = LoadedAssembly.Load(compilation, libraries);
        return types.Select((type, index) => (type, new TestContract(models[index], sources[index], assembly))).ToDictionary();
    }

    public Reading Read(string answer, Tolerance tolerance = Tolerance.Lenient)
    {
        dynamic reading = _read.Invoke(_instance, [answer, tolerance])!;
        return new Reading((PromptErrorCode)reading.Code, (object?)reading.Value, (IReadOnlyList<SchemaViolation>)reading.Violations, (IReadOnlyList<string>)reading.Rungs);
    }

    /// <summary>A value as System.Text.Json writes it.</summary>
    public string Write(object? value) => JsonSerializer.Serialize(value, ValueType, s_json);

    private static CSharpCompilation Compilation(IEnumerable<string> types, string declarations, string usings = "") =>
        Compile.Sources(usings, $$"""
            namespace Acme;

            {{declarations}}

            public static class Probe
            {
                {{string.Join('\n', types.Select((type, index) => $"public static {type} Result{index}() => default!;"))}}
            }
            """);

    private static ContractModel ModelOf(Compilation compilation, int index)
    {
        var probe = compilation.GetTypeByMetadataName("Acme.Probe")!;
        var method = (IMethodSymbol)probe.GetMembers($"Result{index}")[0];
        return OutputTypeReader.Read(method.ReturnType, method.ReturnNullableAnnotation, method.ContainingAssembly);
    }
}

internal sealed record Reading(PromptErrorCode Code, object? Value, IReadOnlyList<SchemaViolation> Violations, IReadOnlyList<string> Rungs)
{
    /// <summary>Each violation as <c>pointer: expected ← actual</c>.</summary>
    public IEnumerable<string> Breaches => Violations.Select(violation => $"{violation.Pointer}: {violation.Expected} ← {violation.Actual}");
}
